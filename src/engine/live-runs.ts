import type { Change, Store } from '../../db/store.ts'
import type { RunId, TeamId } from '../domain/ids.ts'
import { asksPeople, type Run, type Step } from '../domain/run.ts'
import { applyEvents } from './apply-events.ts'
import type { BegunRun } from './begin-runs.ts'
import { type Alongside, type CommitPorts, commitRun, rowOf } from './commit-run.ts'
import type { StartAnswer } from './decisions.ts'
import type { EventAnswer, FreshRun, RunChange, RunEvent, Work } from './events.ts'
import { type Alive, loadRun } from './load-run.ts'
import { createMailboxes, type Letter } from './mailboxes.ts'
import { decodeRun, placeInLine } from './run-codec.ts'
import { wakeAt } from './transition.ts'

export type PostAnswer = EventAnswer | { kind: 'no-such-run' }

export interface LiveRuns {
  /**
   * Applies an event to a run, behind all earlier ones; resolves when the change is on disk. `part` is committed with
   * what the event brings about, or neither is.
   */
  post(team: TeamId, run: RunId, event: RunEvent, part?: Alongside): Promise<PostAnswer>
  begin(fresh: FreshRun): Promise<StartAnswer>
  /** The present state, behind all earlier events. */
  read(team: TeamId, run: RunId): Promise<Run | null>
  /** Resolves when no mailbox holds anything. */
  idle(): Promise<void>
}

interface Options extends CommitPorts {
  store: Store
  alarm: { set(at: number): void }
  hand(alive: Alive, work: Work): void
  /** Where runs wait that begin while too much is to be done. */
  line: { mustWait(): boolean; joined(): void }
  /** Told after each commit of a run in which people are asked, owe or own something, or did until then. */
  onPeople?(run: Run): void
  /** Told of what happened to a run, once it is on disk. */
  onChanged(before: Run, events: readonly RunEvent[]): void
}

/** Keeps the runs that are being worked on in memory, each behind a mailbox of its own. */
export function createLiveRuns(options: Options): LiveRuns {
  const alive = new Map<string, Alive>()
  const mailboxes = createMailboxes<Posted, PostAnswer>({
    open: (box, letters) => deliver(box, letters),
    onEmpty(box) {
      const run = alive.get(box)?.run
      if (run && !isBusy(run)) alive.delete(box)
    },
  })

  const load = async (team: TeamId, id: RunId): Promise<Alive | null> =>
    alive.get(boxOf(team, id)) ?? (await loadRun(options, team, id))

  const after = (before: Omit<Alive, 'first'>, change: RunChange): Alive => {
    const today = options.rules.current()
    const rules = change.run.rules === today.version ? today : before.rules
    const now: Alive = { ...before, run: change.run, rules, first: null }
    alive.set(boxOf(change.run.team, change.run.id), now)
    for (const work of change.work) options.hand(now, work)
    if (change.cards.length > 0) options.onStale(change.cards)
    if (options.onPeople && isWithPeople(change.run, before.run)) options.onPeople(change.run)
    const next = wakeAt(change.run, now)
    if (next !== null) options.alarm.set(next)
    // Also one that was held back and is not any more.
    if (placeInLine(change.run) !== null && placeInLine(before.run) === null) options.line.joined()
    return now
  }

  /** Null when the run on disk is another than the one at hand. */
  const apply = async (at: Alive, events: readonly RunEvent[], part?: Alongside): Promise<EventAnswer[] | null> => {
    const { run, definition, rules } = at
    const now = options.clock.now()
    const today = options.rules.current()
    const write = (changed: Run): Pick<Change, 'run'> =>
      changed === run ? {} : { run: { kind: 'update', run: rowOf(options.keys, at, changed), expected: run.version } }
    const urgent = events.some(({ kind }) => kind === 'decided')
    const { decided, begun, outcome } = await commitRun(options, {
      decide: (refusedStarts) =>
        applyEvents(run, events, { ...context(), definition, rules, today, now, refusedStarts }),
      write: (changed) => ({ ...write(changed), urgent }),
      before: run,
      part,
    })
    if (outcome === null) return decided.answers
    if (outcome.kind === 'committed') {
      committed(at, decided.change, begun)
      options.onChanged(run, events)
      return decided.answers
    }
    alive.delete(boxOf(run.team, run.id))
    return null
  }

  const committed = (at: Omit<Alive, 'first'>, change: RunChange, begun: readonly BegunRun[]): Run => {
    const { run } = after(at, change)
    for (const { change, definition, rules } of begun) after({ run: change.run, definition, rules }, change)
    return run
  }

  /** Applies events to a run; where the copy in memory turns out to be stale, to the run as it is on disk. */
  const applyToPresent = async ({ team, run, part }: Posted, events: readonly RunEvent[]): Promise<PostAnswer[]> => {
    for (let left = 3; left > 0; left--) {
      const at = await load(team, run)
      if (!at) return events.map(() => ({ kind: 'no-such-run' }))
      // Another definition than it went by, or rules that are gone: that comes first.
      const first = at.first ? [at.first] : []
      const answers = await apply(at, [...first, ...events], part)
      if (answers) return answers.slice(first.length)
    }
    const kinds = events.map(({ kind }) => kind).join(', ')
    throw new Error(`run ${run} is being changed by somebody else; ${kinds} was not applied`)
  }

  const deliver = async (box: string, letters: readonly Letter<Posted, PostAnswer>[]): Promise<void> => {
    const [first] = letters
    if (!first) return
    // What is committed with one event is not committed with others.
    if (letters.length > 1 && letters.some(({ content }) => content.part)) {
      for (const letter of letters) await deliver(box, [letter])
      return
    }
    try {
      const answers = await applyToPresent(
        first.content,
        letters.map(({ content }) => content.event),
      )
      for (const [index, letter] of letters.entries()) letter.answer(answers[index] ?? { kind: 'no-such-run' })
    } catch (error) {
      // One that cannot be applied or written must not take the others with it: each again, alone.
      if (letters.length > 1) for (const letter of letters) await deliver(box, [letter])
      else first.fail(error)
    }
  }

  const context = () => ({ holds: options.holds(), ids: options.ids })

  const begin = async (starting: FreshRun, left: number): Promise<StartAnswer> => {
    const { startKey, subject, brake, ...fresh } = starting
    const { definition, rules, run } = fresh
    const now = options.clock.now()
    const held = options.holds().some(({ id }) => id === brake) ? { brake } : {}
    const inLine = !held.brake && options.line.mustWait()
    const event: RunEvent = { kind: 'begun', inLine, ...(held.brake ? { brake: held.brake } : {}) }
    const { decided, begun, outcome } = await commitRun(options, {
      decide: (refusedStarts) => applyEvents(run, [event], { ...context(), definition, rules, now, refusedStarts }),
      write: (changed) => ({
        run: { kind: 'insert', run: rowOf(options.keys, fresh, changed), startKey },
        subject,
        urgent: true,
      }),
      before: null,
    })
    if (outcome === null) throw new Error(`run ${run.id} could not begin`)
    if (outcome.kind === 'committed') return { kind: 'started', run: committed(fresh, decided.change, begun) }
    // What held it has ended meanwhile.
    if (outcome.kind === 'hold-gone' && left > 0) return await begin(starting, left - 1)
    if (outcome.kind !== 'already-started' && outcome.kind !== 'subject-busy') {
      throw new Error(`run ${run.id} could not begin: ${outcome.kind}`)
    }
    const row = await options.store.run(run.team, outcome.run)
    const other = row && decodeRun(row, options.keys)
    if (!other) throw new Error(`run ${outcome.run} cannot be read`)
    return { kind: outcome.kind, run: other }
  }

  return {
    post: (team, run, event, part) => mailboxes.put(boxOf(team, run), { team, run, event, part }),
    read: (team, id) => mailboxes.inTurn(boxOf(team, id), async () => (await load(team, id))?.run ?? null),
    begin: (fresh) => mailboxes.inTurn(boxOf(fresh.run.team, fresh.run.id), () => begin(fresh, 3)),
    idle: () => mailboxes.idle(),
  }
}

/** What a step asks, and who owns it, decides whom an absence concerns; in what only machines do nothing of that moves. */
const isWithPeople = (now: Run, before: Run): boolean =>
  now.debts.length > 0 || now.steps.some(concernsPeople) || before.steps.some(concernsPeople)

const concernsPeople = (step: Step): boolean => Boolean(step.owner) || (step.status === 'waiting' && asksPeople(step))

interface Posted {
  team: TeamId
  run: RunId
  event: RunEvent
  part: Alongside | undefined
}

const boxOf = (team: TeamId, run: RunId): string => `${team}/${run}`

/** A run whose attempts are out stays in memory; one that waits is read again when its time comes. */
const isBusy = (run: Run): boolean =>
  run.steps.some((step) => step.status === 'running' || step.escalation?.status === 'opening')
