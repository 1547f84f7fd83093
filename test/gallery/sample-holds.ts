import { Bulk, type BulkOutcome } from '../../src/domain/bulk.ts'
import type { Hold, HoldOf } from '../../src/domain/hold.ts'
import { HoldId } from '../../src/domain/ids.ts'
import { closed, newBrake, newIncident, newPause, probed, releasing } from '../../src/engine/decide-hold.ts'
import { entryId, failure, minutes, olga, runId, sampleRun, T0, tim } from '../views/sample-run.ts'

export const holdId = HoldId.parse(entryId(900))
const { team } = sampleRun([])
const base = { id: holdId, team, now: minutes(1) }

export const pause = newPause(
  { ...base, scope: { of: 'service', service: 'github' } },
  { by: olga, reason: 'GitHub moves our organisation', until: minutes(120) },
)
export const incident = newIncident(
  { ...base, scope: { of: 'service', service: 'github' } },
  { cause: 'failing', failure },
)
const brake = newBrake(
  { ...base, scope: { of: 'workflow', workflow: 'employee-onboarding' } },
  { starts: 30, withinMs: 600_000 },
)

const ticket = { key: 'OPS-12', url: 'https://acme.example/browse/OPS-12' }
const told = (hold: HoldOf<'incident'>): HoldOf<'incident'> => ({
  ...probed(hold, { answered: false, said: null, retryAfterMs: 0, now: minutes(4) }),
  reopened: 1,
  escalation: { status: 'open', by: tim, at: minutes(5), reason: 'They do not know yet.', ticket },
  decisions: [{ kind: 'probe', by: tim, at: minutes(3), reason: null, entry: entryId(901) }],
})
const letGo = (hold: Hold): Hold => releasing(hold, { by: olga, runs: 9, now: minutes(5) }).hold

/** Pauses, incidents and brakes, with how many runs wait for them. */
const all: Record<string, { hold: Hold; waiting: number }> = {
  'pause, open': { hold: pause, waiting: 7 },
  'pause, going on': { hold: letGo(pause), waiting: 4 },
  'pause, over': { hold: closed(letGo(pause), minutes(9)).hold, waiting: 0 },
  'incident, new': { hold: incident, waiting: 0 },
  'incident, looked at': { hold: told(incident), waiting: 12 },
  'incident, going on': { hold: letGo(told(incident)), waiting: 4 },
  'incident, over': { hold: closed(letGo(told(incident)), minutes(9)).hold, waiting: 0 },
  'brake, open': { hold: brake, waiting: 7 },
  'brake, going on': { hold: letGo(brake), waiting: 4 },
  'brake, over': { hold: closed(letGo(brake), minutes(9)).hold, waiting: 0 },
}

export const holds = Object.fromEntries(Object.entries(all).map(([name, each]) => [name, { ...each, may: true }]))

const many = (amount: number, outcome: BulkOutcome): BulkOutcome[] => Array<BulkOutcome>(amount).fill(outcome)
const bulk = (outcomes: readonly BulkOutcome[], parts: Partial<Bulk> = {}): Bulk =>
  Bulk.parse({
    ...{ id: holdId, team, version: 3, status: 'running', name: 'GitHub outage', filter: 'service:github since:2h' },
    ...{ by: tim, perMinute: 20, since: T0, nextAt: T0, leftOut: 2, stopped: null, endedAt: null },
    members: outcomes.map((outcome) => ({
      ...{ run: runId, workflow: 'employee-onboarding', step: 'github-org', version: 1, outcome },
    })),
    ...parts,
  })
const apart = [...many(2, 'failed-again'), ...many(3, 'decided'), ...many(1, 'second-person')]

export const bulks: Record<string, Bulk> = {
  running: bulk([...many(32, 'succeeded'), ...many(2, 'retried'), ...apart, ...many(40, 'waiting')]),
  stopped: bulk([...many(5, 'succeeded'), ...many(9, 'stopped')], {
    ...{ status: 'ended', stopped: { by: olga, at: minutes(9) }, endedAt: minutes(9), leftOut: 0 },
  }),
  ended: bulk([...many(74, 'succeeded'), ...apart, ...many(1, 'refused'), ...many(1, 'not-allowed')], {
    ...{ status: 'ended', endedAt: minutes(5), leftOut: 0 },
  }),
}
