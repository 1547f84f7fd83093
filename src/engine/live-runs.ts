import type { AwaitedWrite, Change, ChildInsert, Store } from '../../db/store.ts'
import type { CardMark } from '../domain/card.ts'
import { holdsMoved } from '../domain/holds-in.ts'
import type { HoldId, RunId, TeamId } from '../domain/ids.ts'
import type { Awaited } from '../domain/inbox-item.ts'
import { asksPeople, type Run, type Step, type StepFailure } from '../domain/run.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { SubjectKeys } from '../secrets/subject-keys.ts'
import { applyEvents } from './apply-events.ts'
import { type BegunChild, type ChildPorts, decideWithChildren, isChildRefused } from './begin-children.ts'
import { type BegunNext, beginNext } from './begin-next.ts'
import type { StartAnswer } from './decisions.ts'
import { allAwaited, awaitedChange, matcher } from './event-wait.ts'
import type { EventAnswer, FreshRun, RefusedStarts, RunChange, RunEvent, Work } from './events.ts'
import { type Alive, loadRun } from './load-run.ts'
import { createMailboxes, type Letter } from './mailboxes.ts'
import { decodeRun, encodeRun, placeInLine } from './run-codec.ts'
import { wakeAt } from './transition.ts'

export type PostAnswer = EventAnswer | { kind: 'no-such-run' }

/** A change of something else: of a hold, or of a bulk retry. */
type Alongside = Pick<Change, 'hold' | 'bulk' | 'entries' | 'cards'>

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

interface Options extends ChildPorts {
  store: Store
  keys: SubjectKeys
  ledger: Ledger
  alarm: { set(at: number): void }
  hand(alive: Alive, work: Work): void
  /** Where runs wait that begin while too much is to be done. */
  line: { mustWait(): boolean; joined(): void }
  onStale(marks: readonly CardMark[]): void
  /** Told after each commit which steps have begun to wait for events. */
  onAwaiting?(awaited: readonly Awaited[]): void
  /** Told after each commit of a run in which people are asked, owe or own something, or did until then. */
  onPeople?(run: Run): void
  /** The cards of holds, which say how many runs wait. */
  holdCards(ids: readonly HoldId[]): CardMark[]
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
      changed === run ? {} : { run: { kind: 'update', run: encode(at, changed), expected: run.version } }
    const urgent = events.some(({ kind }) => kind === 'decided')
    const told = await commit(
      (refusedStarts) => applyEvents(run, events, { ...context(), definition, rules, today, now, refusedStarts }),
      (changed) => ({ ...write(changed), urgent }),
      run,
      part,
    )
    if (told.outcome === null) return told.decided.answers
    if (told.outcome.kind === 'committed') {
      committed(at, told)
      options.onChanged(run, events)
      return told.decided.answers
    }
    alive.delete(boxOf(run.team, run.id))
    return null
  }

  /** Decides and commits, with the runs that begin in the same moment; those that the store does not take are decided anew. */
  const commit = async <D extends { change: RunChange | null }>(
    decide: (refusedStarts: RefusedStarts) => D,
    write: (run: Run) => Omit<Change, 'at' | 'entries'>,
    before: Run | null,
    part?: Alongside,
  ) => {
    const refused = new Map<string, StepFailure>()
    for (;;) {
      const { decided, children } = await decideWithChildren(options, { decide, refused })
      const { change } = decided
      if (change === null) return { decided, children, next: null, outcome: null }
      const next = change.begins ? await beginNext(options, change.begins, refused) : null
      const begun = [...children, ...(next?.children ?? [])]
      const all = [change, ...(next ? [next.change] : []), ...begun.map((child) => child.change)]
      const matchOf = matcher(options.keys, change.run.team)
      const awaited = all.map((each, index) => awaitedChange(index === 0 ? before : null, each.run, matchOf))
      const moved = all.flatMap((each, index) => holdsMoved(index === 0 ? before : null, each.run))
      const holdCards = options.holdCards([...new Set(moved)])
      const outcome = await options.store.commit({
        at: options.clock.now(),
        ...write(change.run),
        ...allAwaited(awaited),
        inbox: all.flatMap(({ inbox }) => inbox),
        ...(begun.length === 0 ? {} : { children: begun.map(insertOf) }),
        ...(next ? nextInsert(next) : {}),
        ...(part?.hold ? { hold: part.hold } : {}),
        ...(part?.bulk ? { bulk: part.bulk } : {}),
        entries: [
          ...all.flatMap(({ entries }) => entries.map((draft) => options.ledger.entry(draft))),
          ...(part?.entries ?? []),
        ],
        cards: [...all.flatMap(({ cards }) => cards), ...holdCards, ...(part?.cards ?? [])],
      })
      if (!isChildRefused(outcome, begun, refused)) {
        if (outcome.kind === 'committed') {
          tellAwaiting(awaited)
          if (holdCards.length > 0) options.onStale(holdCards)
        }
        return { decided: { ...decided, change }, children: begun, next, outcome }
      }
    }
  }

  const tellAwaiting = (awaited: readonly (AwaitedWrite | null)[]): void => {
    const begun = awaited.flatMap((each) => each?.begun ?? [])
    if (begun.length > 0) options.onAwaiting?.(begun)
  }

  const insertOf = ({ change, insert, ...at }: BegunChild): ChildInsert => ({
    ...insert,
    run: encode({ ...at, run: change.run }, change.run),
  })

  const nextInsert = ({ fresh, change }: BegunNext): Pick<Change, 'begins' | 'subject'> => ({
    begins: [{ kind: 'insert', run: encode(fresh, change.run), startKey: fresh.startKey }],
    subject: fresh.subject,
  })

  const committed = (
    at: Omit<Alive, 'first'>,
    {
      decided,
      children,
      next,
    }: { decided: { change: RunChange | null }; children: BegunChild[]; next: BegunNext | null },
  ): Run => {
    const run = decided.change ? after(at, decided.change).run : at.run
    if (next) after(next.fresh, next.change)
    for (const child of children) after({ ...child, run: child.change.run }, child.change)
    return run
  }

  /** What happened is applied to the run as it is on disk; nothing that was told is dropped over a stale copy. */
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
    const begun = await commit(
      (refusedStarts) => applyEvents(run, [event], { ...context(), definition, rules, now, refusedStarts }),
      (changed) => ({ run: { kind: 'insert', run: encode(fresh, changed), startKey }, subject, urgent: true }),
      null,
    )
    const { outcome } = begun
    if (outcome === null) throw new Error(`run ${run.id} could not begin`)
    if (outcome.kind === 'committed') {
      return { kind: 'started', run: committed(fresh, begun) }
    }
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

  const encode = (at: Omit<Alive, 'first'>, run: Run) =>
    encodeRun(run, options.keys, {
      wakeAt: wakeAt(run, at),
      manager: at.definition.manager?.(run.input) ?? null,
    })

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
