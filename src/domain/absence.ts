import { z } from 'zod'
import type { TeamId } from './ids.ts'
import { UserId } from './ids.ts'
import { Time } from './time.ts'
import type { Asked } from './wait.ts'

/** How Purser knows that somebody is away; what stands first counts where several say so. */
export const AbsenceWhy = z.enum(['deactivated', 'said', 'rules', 'status'])
export type AbsenceWhy = z.infer<typeof AbsenceWhy>

/** What somebody said of themselves, until they are back. */
export interface SaidAbsence {
  team: TeamId
  user: UserId
  /** Milliseconds since 1970. */
  from: number
  /** Null: until they say that they are back. */
  until: number | null
  to: UserId | null
  /** The other way round: they are here until then, whatever the rules or their status say. */
  here: boolean
}

/** Somebody who is away now. */
export interface Absence {
  user: UserId
  why: AbsenceWhy
  /** When they are back, in milliseconds since 1970; null when nobody knows, or never. */
  until: number | null
  /** Whom they named. */
  to: UserId | null
}

/** Who is asked in the place of somebody who is away. */
export const StandIn = z.object({
  for: UserId,
  /** The address by which they are asked, where they are asked by one. */
  email: z.string().nullable(),
  asked: z.object({
    groups: z.array(z.object({ key: z.string(), title: z.string() })),
    people: z.array(z.string()),
    users: z.array(UserId),
  }),
  why: AbsenceWhy,
  since: Time,
  until: Time.nullable(),
  /** They are back: both are asked from then on. */
  over: z.boolean(),
})
export type StandIn = z.infer<typeof StandIn>

/** Who is where at this moment, as far as a run has to know. */
export interface Whereabouts {
  away: ReadonlyMap<UserId, Absence>
  /** People by their address, in lower case. */
  users: ReadonlyMap<string, UserId>
  /** Who is in a group of the rules file; one that is not here has anybody in it. */
  groups: ReadonlyMap<string, readonly UserId[]>
  /** Who stands in for whom when nothing else is said. */
  standIns: ReadonlyMap<UserId, UserId>
  /** Who takes over when nobody else does. */
  fallback: Asked | null
}

/** Who takes over from somebody who is away; `mayNot`: whom it cannot be. Null when there is nobody. */
export function standInFor(user: UserId, where: Whereabouts, mayNot: (user: UserId) => boolean): Asked | null {
  const named = (of: UserId): UserId | null => where.away.get(of)?.to ?? where.standIns.get(of) ?? null
  const seen = new Set([user])
  // A chain goes on as long as those in it are away too; one that comes round ends.
  for (let next = named(user); next !== null && !seen.has(next); next = named(next)) {
    seen.add(next)
    if (!where.away.has(next) && !mayNot(next)) return { groups: [], people: [], users: [next] }
  }
  return where.fallback && present(where.fallback, where, (each) => seen.has(each) || mayNot(each))
}

/** Those of them who are there; null when nobody is. */
export function present(asked: Asked, where: Whereabouts, mayNot: (user: UserId) => boolean): Asked | null {
  const isThere = (user: UserId): boolean => !where.away.has(user) && !mayNot(user)
  const left = {
    groups: asked.groups.filter(({ key }) => where.groups.get(key)?.some(isThere) ?? true),
    people: asked.people.filter((email) => isThereBy(email, where, isThere)),
    users: asked.users.filter(isThere),
  }
  return left.groups.length + left.people.length + left.users.length > 0 ? left : null
}

const isThereBy = (email: string, { users }: Whereabouts, isThere: (user: UserId) => boolean): boolean => {
  const user = users.get(email)
  return user === undefined || isThere(user)
}
