import type { Store } from '../../../db/store.ts'
import type { Clock } from '../../clock.ts'
import { dayIn, momentIn, workingDayFrom } from '../../domain/calendar.ts'
import { type CardMark, digestCardId } from '../../domain/card.ts'
import type { TeamId } from '../../domain/ids.ts'
import type { WorkflowDefinition } from '../../engine/define-workflow.ts'
import type { Rules, RulesBook } from '../../rules/rules.ts'

/** A digest that was missed is of use for a while. */
const LATE_MS = 3 * 3_600_000
/** The time is looked at so often at least: clocks are put on and back, and machines sleep. */
const LOOK_MS = 15 * 60_000

interface Options {
  store: Pick<Store, 'commit' | 'card'>
  rules: Pick<RulesBook, 'current'>
  workflows: readonly WorkflowDefinition[]
  team: TeamId
  clock: Clock
  /** Told that some cards are stale. */
  onStale(): void
  onError(error: unknown): void
}

export interface Digester {
  start(): void
  stop(): void
}

/** Has each alerts channel get its digest on working days, once a day, at the hour of the rules; what it says is drawn then. */
export function createDigester(options: Options): Digester {
  const { clock } = options
  let cancel = (): void => undefined
  const look = async (): Promise<void> => {
    const rules = options.rules.current()
    const day = dayIn(rules.calendar.timeZone, clock.now())
    const due = dueAt(rules, day)
    if (due !== null && clock.now() >= due && clock.now() < due + LATE_MS) await markAll(options, rules, day)
  }
  const wait = (ms: number): void => {
    cancel = clock.after(ms, () => {
      look()
        .catch(options.onError)
        .finally(() => wait(untilNext(options.rules.current(), clock.now())))
    })
  }
  return { start: () => wait(0), stop: () => cancel() }
}

/** When the digest of a day is due, in milliseconds since 1970; null on a day on which nobody works, or where there is none. */
function dueAt({ digest, calendar }: Rules, day: string): number | null {
  if (digest === null || workingDayFrom(day, calendar) !== day) return null
  return momentIn(calendar.timeZone, day, digest.at)
}

function untilNext(rules: Rules, now: number): number {
  const due = dueAt(rules, dayIn(rules.calendar.timeZone, now))
  return due !== null && due > now ? Math.min(due - now, LOOK_MS) : LOOK_MS
}

async function markAll({ store, workflows, team, clock, onStale }: Options, rules: Rules, day: string): Promise<void> {
  const channels = new Set(workflows.map(({ name }) => rules.channel('alerts', name)))
  const marks: CardMark[] = []
  for (const channel of channels) {
    const id = digestCardId(channel, day)
    if (await store.card(team, id)) continue
    const about = { run: null, step: null, line: null }
    marks.push({ id, team, kind: 'digest', about: day, channel, urgent: false, ...about })
  }
  if (marks.length === 0) return
  await store.commit({ at: clock.now(), entries: [], cards: marks })
  onStale()
}
