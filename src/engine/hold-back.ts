import type { Actor } from '../domain/actor.ts'
import { lastOfRun } from '../domain/earlier.ts'
import type { HeldBack } from '../domain/held-back.ts'
import { ended } from '../domain/run.ts'
import { advance } from './advance.ts'
import { attemptLost, lateAnswer } from './apply-attempt.ts'
import { ticketLost } from './apply-ticket.ts'
import type { DecisionRequest } from './decisions.ts'
import { GONE_SHAPE } from './define-workflow.ts'
import { type Draft, ENGINE } from './draft-change.ts'
import type { EventOf, RunEvent, Transition } from './events.ts'
import { fitRun, isFitted } from './fit-run.ts'
import { brakeOn } from './hold-steps.ts'
import { enterDecision, refused } from './record-decision.ts'
import { takeTodaysRules } from './take-todays-rules.ts'

/** Another definition runs than the run went by: it goes on by that one, or is held back and says why. False: nothing to do. */
export function deployed(draft: Draft): boolean {
  const { run, context } = draft
  const { definition } = context
  if (ended(run) || isFitted(run, definition)) return false
  // Its rules come first: without them nothing can be decided about it.
  if (run.heldBack?.code === 'rules-gone') return false
  const fit = fitRun(run, definition)
  if (fit.kind === 'misfit') {
    holdBack(draft, definition.shape === GONE_SHAPE ? 'workflow-gone' : 'definition-changed', fit.message)
    return true
  }
  adopt(draft, fit, ENGINE)
  return true
}

/** The rules that it goes by cannot be read any more. */
export function rulesGone(draft: Draft, { message }: EventOf<'rules-gone'>): boolean {
  if (ended(draft.run) || draft.run.heldBack?.code === 'rules-gone') return false
  holdBack(draft, 'rules-gone', message)
  return true
}

function holdBack(draft: Draft, code: HeldBack['code'], message: string): void {
  const { run, context } = draft
  const { version, shape } = context.definition
  run.heldBack = { since: run.heldBack?.since ?? context.now, code, message, version, shape }
  run.status = 'held'
  draft.entry({ kind: 'run.held', facts: { code, definition: run.definition, found: version }, body: { message } })
  draft.tell({ kind: 'held-back', step: null, by: ENGINE, text: message })
  draft.markHeld()
}

function adopt(draft: Draft, fit: Extract<ReturnType<typeof fitRun>, { kind: 'fits' }>, by: Actor): void {
  const { run, context } = draft
  const { version, shape } = context.definition
  const isNews = run.shape !== undefined || run.definition !== version || fit.added.length + fit.dropped.length > 0
  const from = run.definition
  // What is held and has not begun is planned anew, behind the same brake.
  const brake = brakeOn(draft)
  if (brake) draft.context = { ...context, brake }
  Object.assign(run, { steps: fit.steps, input: fit.input, definition: version, shape })
  if (isNews) {
    run.revised = true
    const facts = { from, to: version, added: fit.added.length, dropped: fit.dropped.length }
    draft.entry({ kind: 'run.adopted', facts, body: { added: fit.added, dropped: fit.dropped } })
    draft.tell({ kind: 'adopted', step: null, by: ENGINE, text: `${from} → ${version}` })
  }
  // Behind the new steps: what is taken up has another attempt than the fit knew of.
  release(draft, by)
  advance(draft)
}

/** Lets a run go on that was held back: what was cut off is taken up. */
function release(draft: Draft, by: Actor): void {
  const { run } = draft
  if (!run.heldBack) return
  run.heldBack = null
  draft.entry({ kind: 'run.released', by })
  draft.tell({ kind: 'released', step: null, by, text: null })
  draft.markHeld()
  for (const step of run.steps) {
    if (step.status === 'running') attemptLost(draft, step)
    if (step.escalation?.status === 'opening') {
      ticketLost(draft, { kind: 'attempt-lost', step: step.key, attempt: step.escalation.attempt })
    }
  }
}

/** Somebody has a run go on by today's rules whose own cannot be read any more. */
export function goOnByTodaysRules(draft: Draft, actor: Actor): Transition | null {
  const { run, context } = draft
  if (run.heldBack?.code !== 'rules-gone')
    return { kind: 'too-late', by: lastOfRun(run, 'use-rules'), status: run.status }
  const from = run.rules
  if (!takeTodaysRules(draft)) {
    return refused('rules-gone', run.heldBack.message, 'Put right the rules file first, then press this again.')
  }
  enterDecision(draft, actor, { kind: 'use-rules', reason: null, facts: { from, to: run.rules } })
  draft.tell({ kind: 'use-rules', step: null, by: actor, text: `${from} → ${run.rules}` })
  const fit = fitRun(run, context.definition)
  if (fit.kind === 'misfit') holdBack(draft, 'definition-changed', fit.message)
  else adopt(draft, fit, actor)
  return null
}

/** What comes of an event while the run is held back; null for what counts all the same. The rest waits until it goes on. */
export function whileHeldBack(draft: Draft, { message }: HeldBack, event: RunEvent): Transition | null {
  switch (event.kind) {
    case 'begun':
    case 'deployed':
    case 'rules-gone':
      return null
    case 'decided':
      return DECIDED_ALL_THE_SAME.has(event.decision.kind) ? null : heldBackInWords(message)
    case 'attempt-succeeded':
    case 'attempt-failed':
    case 'ticket-opened':
    case 'ticket-failed':
      return lateAnswer(draft, event)
    default:
      return { kind: 'nothing' }
  }
}

const DECIDED_ALL_THE_SAME = new Set<DecisionRequest['kind']>([
  'cancel',
  'restart',
  'use-rules',
  'confirm',
  'withdraw',
  'close-debt',
  'hand-over-debt',
])

/** What people are told who decide about anything else. */
const heldBackInWords = (message: string): Transition =>
  refused(
    'held-back',
    `This run is held back: ${message}`,
    'Its card in the alerts channel says what lets it go on; it can also be cancelled or restarted there.',
  )
