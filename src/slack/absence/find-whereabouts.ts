import type { Absence, AbsenceWhy, SaidAbsence, Whereabouts } from '../../domain/absence.ts'
import type { Person } from '../../domain/actor.ts'
import { momentIn } from '../../domain/calendar.ts'
import type { UserId } from '../../domain/ids.ts'
import type { AbsenceRules, Rules } from '../../rules/rules.ts'

const DAY_MS = 86_400_000

/** What is known of the people who matter. */
export interface Known {
  people: ReadonlyMap<UserId, Pick<Person, 'timeZone' | 'isDeactivated' | 'status'>>
  /** By address, in lower case. */
  users: ReadonlyMap<string, UserId>
  /** By the group's key. */
  groups: ReadonlyMap<string, readonly UserId[]>
  said: readonly SaidAbsence[]
}

interface Stretch {
  why: AbsenceWhy
  from: number
  until: number | null
  to: UserId | null
}

/** Who is away now, by all that says so; `nextAt`: when that is next different, as far as it is known. */
export function findWhereabouts(
  known: Known,
  { absences, calendar }: Pick<Rules, 'absences' | 'calendar'>,
  now: number,
): { where: Whereabouts; nextAt: number | null } {
  const away = new Map<UserId, Absence>()
  const times: number[] = []
  const asked = new Set([...known.people.keys(), ...known.said.map(({ user }) => user)])
  for (const user of asked) {
    const stretches = stretchesOf(user, { known, absences, zone: calendar.timeZone })
    const here = known.said.find((each) => each.user === user && each.here && isNow(each, now))
    for (const { from, until } of [...stretches, ...(here ? [here] : [])]) times.push(from, ...(until ? [until] : []))
    const standing = stretches.filter((each) => isNow(each, now))
    const first = standing.find(({ why }) => !here || why === 'deactivated')
    if (!first) continue
    const to = standing.find((each) => each.to !== null)?.to ?? null
    away.set(user, { user, why: first.why, until: first.until, to })
  }
  const next = times.filter((at) => at > now)
  const standIns = absences.standIns.flatMap(({ person, delegate }): [UserId, UserId][] => {
    const [one, other] = [known.users.get(person), known.users.get(delegate)]
    return one && other ? [[one, other]] : []
  })
  const { users, groups } = known
  const where = { away, users, groups, standIns: new Map(standIns), fallback: absences.fallback }
  return { where, nextAt: next.length > 0 ? Math.min(...next) : null }
}

const isNow = ({ from, until }: { from: number; until: number | null }, now: number): boolean =>
  from <= now && (until === null || until > now)

interface Sources {
  known: Known
  absences: AbsenceRules
  /** Of the calendar, where somebody's own is not known. */
  zone: string
}

/** All that says that somebody is away: what they said themselves stands before the rules, and these before their status. */
function stretchesOf(user: UserId, { known, absences, zone }: Sources): Stretch[] {
  const person = known.people.get(user)
  const gone: Stretch[] = person?.isDeactivated ? [{ why: 'deactivated', from: 0, until: null, to: null }] : []
  const said = known.said
    .filter((each) => each.user === user && !each.here)
    .map(({ from, until, to }): Stretch => ({ why: 'said', from, until, to }))
  const own = person?.timeZone ?? zone
  const byRules = absences.away
    .filter((each) => known.users.get(each.person) === user)
    .map(({ from, to, delegate }): Stretch => {
      const until = momentIn(own, dayAfter(to), '00:00')
      return {
        why: 'rules',
        from: momentIn(own, from, '00:00'),
        until,
        to: (delegate && known.users.get(delegate)) || null,
      }
    })
  const { emoji = '', until = null } = person?.status ?? {}
  const status: Stretch[] = absences.statuses.includes(emoji) ? [{ why: 'status', from: 0, until, to: null }] : []
  return [...gone, ...said, ...byRules, ...status]
}

const dayAfter = (date: string): string => new Date(Date.parse(`${date}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10)
