import type { Whereabouts } from '../../domain/absence.ts'
import type { UserId } from '../../domain/ids.ts'
import type { Matters } from './who-matters.ts'

/** Whether something has changed for those who matter somewhere. Of who stands in for others, anybody may be concerned. */
export function whatMoved(before: Whereabouts | null, now: Whereabouts): (matters: Matters) => boolean {
  if (before === null) return () => true
  const moved = new Set([...differing(before.away, now.away), ...membersOf(differing(before.groups, now.groups), now)])
  const others = new Set([...now.standIns.values(), ...[...now.away.values()].flatMap(({ to }) => to ?? [])])
  const isForAll =
    [...moved].some((user) => others.has(user)) ||
    differing(before.standIns, now.standIns).length > 0 ||
    JSON.stringify(before.fallback) !== JSON.stringify(now.fallback)
  if (isForAll) return () => true
  if (moved.size === 0) return () => false
  return ({ users, emails, groups }) =>
    [...users].some((user) => moved.has(user)) ||
    [...emails].some((email) => hasMoved(now.users.get(email))) ||
    [...groups].some((key) => now.groups.get(key)?.some(hasMoved))

  function hasMoved(user: UserId | undefined): boolean {
    return user !== undefined && moved.has(user)
  }
}

/** Keys under which the two hold something else; what has only come to be known has not moved. */
function differing<K>(before: ReadonlyMap<K, unknown>, now: ReadonlyMap<K, unknown>): K[] {
  const isSame = (key: K): boolean => JSON.stringify(before.get(key)) === JSON.stringify(now.get(key))
  return [...new Set([...before.keys(), ...now.keys()])].filter((key) => !isSame(key))
}

const membersOf = (keys: readonly string[], { groups }: Whereabouts): UserId[] =>
  keys.flatMap((key) => groups.get(key) ?? [])
