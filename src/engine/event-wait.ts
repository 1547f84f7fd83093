import type { AwaitedWrite } from '../../db/store.ts'
import { PersonNeeded } from '../domain/errors.ts'
import type { TeamId } from '../domain/ids.ts'
import type { Awaited } from '../domain/inbox-item.ts'
import type { Run, Step } from '../domain/run.ts'
import type { EventWait } from '../domain/wait.ts'
import type { EventRule } from '../rules/rules.ts'
import type { SubjectKeys } from '../secrets/subject-keys.ts'

const LONGEST_KEY = 300

/** How a step waits for an event from `now` on; throws PersonNeeded when its key is empty or too long. */
export function eventWait(of: { event: string; key: unknown; rule: EventRule; within: number | null }, now: number) {
  const { event, rule } = of
  const key = typeof of.key === 'string' || typeof of.key === 'number' ? String(of.key).trim() : ''
  if (key === '' || key.length > LONGEST_KEY) {
    throw new PersonNeeded({
      code: 'no-event-key',
      message: `Purser cannot tell which ${event} to wait for: its key is ${key === '' ? 'empty' : 'too long'}.`,
      hint: 'What was entered, or a result before, does not fit. Mark the step done by hand, or cancel the run and start it anew.',
    })
  }
  const deadline = rule.deadline ?? (of.within === null ? null : { afterMs: of.within, outcome: 'fail' as const })
  return {
    kind: 'event',
    since: now,
    event,
    key,
    expectedBy: rule.expectedAfterMs === null ? null : now + rule.expectedAfterMs,
    overdue: false,
    deadline: deadline && { at: now + Math.max(0, deadline.afterMs), outcome: deadline.outcome },
  } satisfies EventWait
}

/** What an event is matched by, from its name and key: a fingerprint, so that the key stands nowhere in the open. */
type MatchOf = (event: string, key: string) => string

/** Keys are the same whatever their case, and with spaces around them. */
export const plainKey = (key: string): string => key.trim().toLowerCase()

export const matcher =
  (keys: Pick<SubjectKeys, 'fingerprint'>, team: TeamId): MatchOf =>
  (event, key) => {
    const match = keys.fingerprint(team, `${event}\n${plainKey(key)}`)
    if (match === null) throw new Error(`the key of ${team} is gone`)
    return match
  }

/** Which events the steps of a run begin and cease to wait for, from one state to the next; null when none. */
export function awaitedChange(before: Run | null, after: Run, matchOf: MatchOf): AwaitedWrite | null {
  const [earlier, now] = [before ? awaitedIn(before) : [], awaitedIn(after)]
  if (earlier.length + now.length === 0) return null
  const isSame = (one: Waiting, other: Waiting): boolean =>
    one.step.key === other.step.key && same(one.wait, other.wait)
  const begun = now.filter((each) => !earlier.some((one) => isSame(one, each)))
  const over = earlier.filter((each) => !now.some((one) => isSame(one, each)))
  if (begun.length + over.length === 0) return null
  const row = ({ step, wait }: Waiting): Awaited => ({
    team: after.team,
    match: matchOf(wait.event, wait.key),
    run: after.id,
    step: step.key,
    event: wait.event,
    since: wait.since,
    expectedBy: wait.expectedBy,
  })
  return { begun: begun.map(row), over: over.map(row) }
}

/** The waits of several runs that change together. */
export function allAwaited(changes: readonly (AwaitedWrite | null)[]): { awaited?: AwaitedWrite } {
  const some = changes.filter((each) => each !== null)
  if (some.length === 0) return {}
  return { awaited: { begun: some.flatMap(({ begun }) => begun), over: some.flatMap(({ over }) => over) } }
}

interface Waiting {
  step: Step
  wait: EventWait
}

const awaitedIn = ({ steps }: Run): Waiting[] =>
  steps.flatMap((step) => (step.status === 'waiting' && step.wait?.kind === 'event' ? [{ step, wait: step.wait }] : []))

const same = (one: EventWait, other: EventWait): boolean =>
  one.event === other.event && one.key === other.key && one.since === other.since
