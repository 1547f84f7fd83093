import type { InboxWrite } from '../../db/store.ts'
import { type Actor, actorText } from '../domain/actor.ts'
import { askCardId, failureCardId, heldCardId, noteCardId, nudgeCardId, runCardId } from '../domain/card.ts'
import { gaveUp, lastOn, rememberAnswer } from '../domain/earlier.ts'
import type { EntryDraft } from '../domain/entry.ts'
import type { HistoryLine } from '../domain/history-line.ts'
import type { EntryId, StepKey } from '../domain/ids.ts'
import { asksPeople, ended, type Run, type Step, type StepFailure, stepOf } from '../domain/run.ts'
import type { ChildStart, FreshRun, RunChange, TransitionContext, Work } from './events.ts'

export const ENGINE: Actor = { kind: 'machine', part: 'engine' }

/** Lines of the story that the card itself already tells. */
const NOT_IN_THREAD = new Set<HistoryLine['kind']>(['started', 'ended', 'asked'])
/** Lines that mention those who are asked, in the thread of what they are asked. */
const NUDGES = new Set<HistoryLine['kind']>(['reminded', 'overdue', 'widened', 'delegate', 'reassign', 'rerouted'])

/** A change while it is being made: a copy of the run, and what goes with it. */
export interface Draft {
  run: Run
  /** As it was. */
  readonly before: Run
  /** Its rules are those of today once a decision has said so. */
  context: TransitionContext
  /** Who confirms what somebody else has proposed. */
  confirmedBy: Actor | null
  /** A run that begins in the same moment. */
  begins: FreshRun | null
  step(key: StepKey): Step
  /** Puts a step's new state; `version` rises unless the state only tells more of the same. */
  put(step: Step): void
  entry(parts: Pick<EntryDraft, 'kind'> & Partial<EntryDraft> & { by?: Actor }): EntryId
  tell(line: Omit<HistoryLine, 'at'>): void
  markRun(urgent: boolean): void
  markFailure(step: StepKey): void
  /** The card on which people are asked, and that of a failure where there is one. */
  markStep(step: StepKey): void
  /** The card in the channel of alerts that says that the run is held back, or no longer is. */
  markHeld(): void
  hand(work: Work): void
  /** Has a run of another workflow begin in the same change. */
  begin(child: ChildStart): void
  /** Something of the inbox was given to this run. */
  deliver(inbox: InboxWrite): void
  finish(): RunChange
}

export function draftChange(before: Run, context: TransitionContext): Draft {
  const { definition, now, ids } = context
  const run: Run = { ...before, version: before.version + 1, steps: [...before.steps] }
  const entries: EntryDraft[] = []
  const cards = new Map<string, RunChange['cards'][number]>()
  const work: Work[] = []
  const children: ChildStart[] = []
  const inbox: InboxWrite[] = []
  const card = { team: run.team, run: run.id }
  const markFailure = (step: StepKey): void => {
    const id = failureCardId(run.id, step)
    const channel = draft.context.rules.channel('alerts', definition.name)
    cards.set(id, { ...card, id, kind: 'failure', step, line: null, channel, urgent: true })
  }
  const step = (key: StepKey): Step => {
    const found = stepOf(run, key)
    if (!found) throw new Error(`run ${run.id} has no step ${key}`)
    return found
  }

  const draft: Draft = {
    run,
    before,
    context,
    confirmedBy: null,
    begins: null,
    step,
    put(changed) {
      run.steps = run.steps.map((old) => (old.key === changed.key ? changed : old))
    },
    entry({ by = ENGINE, ...parts }) {
      const id = ids.entry()
      entries.push({
        id,
        team: run.team,
        at: now,
        actor: actorText(by),
        subjects: [run.subject.id],
        run: run.id,
        ...parts,
      })
      return id
    },
    tell(line) {
      run.history = [...run.history, { at: now, ...line }]
      if (NOT_IN_THREAD.has(line.kind)) return
      const index = run.history.length - 1
      if (NUDGES.has(line.kind)) {
        const id = nudgeCardId(run.id, index)
        const channel = draft.context.rules.channel('approvals', definition.name)
        cards.set(id, { ...card, id, kind: 'nudge', step: line.step, line: index, channel, urgent: true })
        return
      }
      const channel = draft.context.rules.channel('runs', definition.name)
      const id = noteCardId(run.id, index)
      cards.set(id, { ...card, id, kind: 'note', step: null, line: index, channel, urgent: false })
    },
    markRun(urgent) {
      const id = runCardId(run.id)
      const wasUrgent = cards.get(id)?.urgent ?? false
      const channel = draft.context.rules.channel('runs', definition.name)
      cards.set(id, { ...card, id, kind: 'run', step: null, line: null, channel, urgent: urgent || wasUrgent })
    },
    markFailure,
    markStep(key) {
      const marked = step(key)
      const asks = asksPeople(marked)
      if (!asks || marked.alerted) markFailure(key)
      if (!asks) return
      const id = askCardId(run.id, key)
      const channel = draft.context.rules.channel('approvals', definition.name)
      cards.set(id, { ...card, id, kind: 'ask', step: key, line: null, channel, urgent: true })
    },
    markHeld() {
      const id = heldCardId(run.id)
      const channel = draft.context.rules.channel('alerts', definition.name)
      cards.set(id, { ...card, id, kind: 'held', step: null, line: null, channel, urgent: true })
      draft.markRun(true)
    },
    hand: (item) => work.push(item),
    begin: (child) => children.push(child),
    deliver: (item) => inbox.push(item),
    finish() {
      dropVoidProposals(run)
      const begins = draft.begins ? { begins: draft.begins } : {}
      return { run, entries, cards: [...cards.values()], work, children, inbox, ...begins }
    },
  }
  return draft
}

/** A proposal was about the step as it stood: once that has moved on, or the run has ended, there is nothing to confirm. */
function dropVoidProposals(run: Run): void {
  if (!run.proposals || run.proposals.length === 0) return
  run.proposals = run.proposals.filter((proposal) => {
    const { decision, at } = proposal
    const step = 'step' in decision ? stepOf(run, decision.step) : undefined
    if (!ended(run) && (!('step' in decision) || step?.version === decision.stepVersion)) return true
    const first = gaveUp(run) ?? (step && lastOn(step))
    if (first && first.at >= at) rememberAnswer(run, proposal, first)
    return false
  })
}

/** The fields that every state of a step carries on, with its version raised. */
export function carried(step: Step) {
  const { key, version, generations, attempts, attemptsInRow, calls, decisions, escalation, alerted, wait, owner } =
    step
  const kept = { key, generations, attempts, attemptsInRow, calls, decisions, escalation, alerted, wait }
  const { item, late } = step
  const more = { ...(item ? { item } : {}), ...(late ? { late } : {}), ...(owner ? { owner } : {}) }
  return { ...kept, ...more, version: version + 1 }
}

/** What an entry may say of a failure in the open; its words stand in the sealed body. */
export function failureFacts(failure: StepFailure): Partial<EntryDraft> {
  return {
    ...(failure.service ? { service: failure.service } : {}),
    ...(failure.operation ? { operation: failure.operation } : {}),
    ...(failure.status === null ? {} : { status: failure.status }),
    facts: { code: failure.code, consequence: failure.consequence },
    body: { message: failure.message, hint: failure.hint },
  }
}
