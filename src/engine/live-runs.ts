import type { Store, Subject } from '../../db/store.ts'
import type { Clock } from '../clock.ts'
import type { CardMark } from '../domain/card.ts'
import type { Ids, RunId, TeamId } from '../domain/ids.ts'
import type { Decision, Run } from '../domain/run.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Rules, RulesBook } from '../rules/rules.ts'
import type { SubjectKeys } from '../secrets/subject-keys.ts'
import type { StartAnswer } from './decisions.ts'
import type { WorkflowDefinition } from './define-workflow.ts'
import type { RunChange, RunEvent, Work } from './events.ts'
import { decodeRun, encodeRun } from './run-codec.ts'
import { transition, wakeAt } from './transition.ts'

export type PostAnswer =
  | { kind: 'changed'; run: Run }
  | { kind: 'nothing'; run: Run }
  | { kind: 'too-late'; run: Run; by: Decision | null; status: string }
  | { kind: 'refused'; run: Run; code: string; message: string; hint: string }
  | { kind: 'no-such-run' }

/** A run in memory, with what decides about it. */
export interface Alive {
  run: Run
  definition: WorkflowDefinition
  rules: Rules
}

export interface LiveRuns {
  /** Applies an event to a run, behind all earlier ones; resolves when the change is on disk. */
  post(team: TeamId, run: RunId, event: RunEvent): Promise<PostAnswer>
  begin(fresh: Alive & { subject: Subject; startKey: string }): Promise<StartAnswer>
  /** The present state, behind all earlier events. */
  read(team: TeamId, run: RunId): Promise<Run | null>
  /** Resolves when no mailbox holds anything. */
  idle(): Promise<void>
}

interface Options {
  store: Store
  ledger: Ledger
  keys: SubjectKeys
  rules: RulesBook
  workflows: readonly WorkflowDefinition[]
  clock: Clock
  ids: Ids
  alarm: { set(at: number): void }
  hand(alive: Alive, work: Work): void
  onStale(marks: readonly CardMark[]): void
}

/** Keeps the runs that are being worked on in memory, each behind a mailbox of its own. */
export function createLiveRuns(options: Options): LiveRuns {
  const alive = new Map<RunId, Alive>()
  const mailboxes = new Map<RunId, Promise<unknown>>()

  /** Runs `work` behind everything that is in the run's mailbox. */
  const inTurn = <T>(id: RunId, work: () => Promise<T>): Promise<T> => {
    const mine = (mailboxes.get(id) ?? Promise.resolve()).then(work, work)
    mailboxes.set(id, mine)
    const leave = (): void => {
      if (mailboxes.get(id) !== mine) return
      mailboxes.delete(id)
      const run = alive.get(id)?.run
      if (run && !isBusy(run)) alive.delete(id)
    }
    mine.then(leave, leave)
    return mine
  }

  const load = async (team: TeamId, id: RunId): Promise<Alive | null> => {
    const known = alive.get(id)
    if (known) return known.run.team === team ? known : null
    const row = await options.store.run(team, id)
    const run = row && decodeRun(row, options.keys)
    const definition = run && options.workflows.find((each) => each.name === run.workflow)
    return definition ? { run, definition, rules: await options.rules.at(run.rules) } : null
  }

  const after = (before: Alive, change: RunChange): Alive => {
    const now = { ...before, run: change.run }
    alive.set(change.run.id, now)
    for (const work of change.work) options.hand(now, work)
    if (change.cards.length > 0) options.onStale(change.cards)
    const next = wakeAt(change.run, now)
    if (next !== null && change.run.endedAt === null) options.alarm.set(next)
    return now
  }

  /** Null when the run on disk is another than the one at hand. */
  const apply = async (at: Alive, event: RunEvent): Promise<PostAnswer | null> => {
    const { run, definition, rules } = at
    const now = options.clock.now()
    const decided = transition(run, event, { definition, rules, now, ids: options.ids })
    if (decided.kind === 'nothing') return { kind: 'nothing', run }
    if (decided.kind !== 'change') return { ...decided, run }
    const { change } = decided
    const outcome = await options.store.commit({
      at: now,
      ...(change.run === run ? {} : { run: { kind: 'update', run: encode(at, change.run), expected: run.version } }),
      entries: change.entries.map((draft) => options.ledger.entry(draft)),
      cards: change.cards,
    })
    if (outcome.kind === 'committed') return { kind: 'changed', run: after(at, change).run }
    alive.delete(run.id)
    return null
  }

  /** What happened is applied to the run as it is on disk; nothing that was told is dropped over a stale copy. */
  const applyToPresent = async (team: TeamId, id: RunId, event: RunEvent): Promise<PostAnswer> => {
    for (let left = 3; left > 0; left--) {
      const at = await load(team, id)
      if (!at) return { kind: 'no-such-run' }
      const answer = await apply(at, event)
      if (answer) return answer
    }
    throw new Error(`run ${id} is being changed by somebody else; its event ${event.kind} was not applied`)
  }

  const encode = (at: Alive, run: Run) => encodeRun(run, options.keys, wakeAt(run, at))

  return {
    post: (team, id, event) => inTurn(id, () => applyToPresent(team, id, event)),
    read: (team, id) => inTurn(id, async () => (await load(team, id))?.run ?? null),
    begin: ({ startKey, subject, ...fresh }) =>
      inTurn(fresh.run.id, async () => {
        const { definition, rules, run } = fresh
        const now = options.clock.now()
        const begun = transition(run, { kind: 'begun' }, { definition, rules, now, ids: options.ids })
        if (begun.kind !== 'change') throw new Error(`run ${run.id} could not begin`)
        const { change } = begun
        const outcome = await options.store.commit({
          at: now,
          run: { kind: 'insert', run: encode(fresh, change.run), startKey },
          subject,
          entries: change.entries.map((draft) => options.ledger.entry(draft)),
          cards: change.cards,
        })
        if (outcome.kind === 'committed') return { kind: 'started', run: after(fresh, change).run }
        if (outcome.kind !== 'already-started' && outcome.kind !== 'subject-busy') {
          throw new Error(`run ${run.id} could not begin: ${outcome.kind}`)
        }
        const row = await options.store.run(run.team, outcome.run)
        const other = row && decodeRun(row, options.keys)
        if (!other) throw new Error(`run ${outcome.run} cannot be read`)
        return { kind: outcome.kind, run: other }
      }),
    async idle() {
      while (mailboxes.size > 0) await Promise.allSettled(mailboxes.values())
    },
  }
}

/** A run whose attempts are out stays in memory; one that waits is read again when its time comes. */
const isBusy = (run: Run): boolean =>
  run.steps.some((step) => step.status === 'running' || step.escalation?.status === 'opening')
