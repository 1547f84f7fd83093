import { z } from 'zod'
import { TeamId, UserId } from './ids.ts'

/** Who caused something: a person in Slack, or a part of Purser. */
export const Actor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), team: TeamId, user: UserId }),
  z.object({
    kind: z.literal('machine'),
    part: z.enum([
      'engine',
      'painter',
      'directory',
      'recovery',
      'start',
      'ledger',
      'operator',
      'hook',
      'api',
      'schedule',
      'watch',
      'probe',
      'alerts',
      'watchdog',
    ]),
    /** Which hook, client or schedule. */
    name: z.string().optional(),
  }),
])
export type Actor = z.infer<typeof Actor>

/** An actor as the ledger keeps it: `slack:T…/U…`, `purser:engine` or `purser:hook/contracts`; nobody's name in it. */
export function actorText(actor: Actor): string {
  if (actor.kind === 'person') return `slack:${actor.team}/${actor.user}`
  return actor.name === undefined ? `purser:${actor.part}` : `purser:${actor.part}/${actor.name}`
}

/** Whoever looks whether services answer. */
export const PROBE: Actor = { kind: 'machine', part: 'probe' }

/** Whoever shows cards, answers and windows in Slack. */
export const PAINTER: Actor = { kind: 'machine', part: 'painter' }

/** Somebody in the workspace, as the synced directory knows them. */
export interface Person {
  team: TeamId
  user: UserId
  name: string
  email: string | null
  /** IANA name of their time zone, as Slack knows it. */
  timeZone: string
  /** Keys of the groups in the rules file that they belong to. */
  groups: readonly string[]
  isGuest: boolean
  isDeactivated: boolean
  /** The emoji of their status in Slack, without colons, and when it ends, in milliseconds since 1970; null: nobody knows. */
  status?: { emoji: string; until: number | null }
}

export const person = (team: TeamId, user: UserId): Extract<Actor, { kind: 'person' }> => ({
  kind: 'person',
  team,
  user,
})
