import type { StepKey } from '../domain/ids.ts'
import { openDebts, type Step, settled } from '../domain/run.ts'
import { undoes } from '../domain/step-key.ts'
import { definitionOf } from './definition-of.ts'
import { carried, type Draft, ENGINE } from './draft-change.ts'
import { nextItems, openEach, settleEach } from './each-items.ts'
import { failStep } from './fail-step.ts'
import { holdOn, holdStep } from './hold-steps.ts'
import { openEndRun, openSubflow } from './open-subflow.ts'
import { openWait } from './open-wait.ts'
import { plan, runStatus } from './plan.ts'
import { planUndo } from './plan-undo.ts'

/** Starts what can start, settles what is not needed, and ends the run when nothing is left. */
export function advance(draft: Draft): void {
  const { run } = draft
  if (run.endedAt !== null) return
  if (run.inLine !== undefined && !run.cancelled) {
    run.status = runStatus(run)
    draft.markRun(false)
    return
  }
  // A wait for what is past already is over at once, and lets others begin.
  const goOn = run.cancelled ? advanceUndo : advanceSteps
  while (goOn(draft));
  run.status = runStatus(run)
  if (run.steps.every(settled)) endRun(draft)
  draft.markRun(run.endedAt !== null || run.status === 'blocked')
}

/** True when that settled something on which others may wait. */
function advanceSteps(draft: Draft): boolean {
  const { run, context } = draft
  let settledSome = false
  for (const planned of plan(context.definition, run, context.rules)) {
    if (planned.kind === 'start') {
      begin(draft, planned.step, { earlierCalls: false })
      settledSome ||= settled(draft.step(planned.step))
    } else if (planned.kind === 'undecided') failStep(draft, planned.step, planned.failure)
    else settleUnneeded(draft, planned.step, planned.because)
  }
  for (const step of run.steps) {
    if (step.status === 'waiting' && step.wait?.kind === 'items') settledSome = advanceEach(draft, step) || settledSome
  }
  return settledSome
}

function advanceEach(draft: Draft, step: Extract<Step, { status: 'waiting' }>): boolean {
  const { context, run } = draft
  const definition = definitionOf(context.definition, step.key)
  if (definition?.kind !== 'each') return false
  for (const item of nextItems(definition, run, context.now)) {
    beginItem(draft, definition, item)
    if (item.alerted) draft.markFailure(item.key)
  }
  return settleEach(draft, step)
}

function beginItem(
  draft: Draft,
  definition: NonNullable<ReturnType<typeof definitionOf>>,
  { key, attempts }: Step,
): void {
  const held = holdOn(draft, definition)
  if (held) holdStep(draft, key, held)
  else startAttempt(draft, key, { earlierCalls: attempts > 0 })
}

function advanceUndo(draft: Draft): boolean {
  const { begin: ready, unneeded } = planUndo(draft.context.definition, draft.run)
  for (const key of unneeded) settleUnneeded(draft, key, undoes(key) ?? 'rule')
  for (const key of ready) begin(draft, key, { earlierCalls: false })
  return unneeded.length > 0
}

function settleUnneeded(draft: Draft, key: StepKey, because: StepKey | 'rule'): void {
  draft.put({ ...carried(draft.step(key)), status: 'not-needed', at: draft.context.now, because })
  draft.entry({ kind: 'step.not-needed', step: key, facts: { because } })
}

export function endRun(draft: Draft): void {
  const { run, context } = draft
  run.endedAt = context.now
  run.paused = null
  delete run.inLine
  draft.entry({
    kind: 'run.ended',
    facts: { status: run.status, duration: context.now - run.startedAt, debts: openDebts(run).length },
  })
  draft.tell({ kind: 'ended', step: null, by: ENGINE, text: null })
  if (run.parent) draft.hand({ kind: 'kin', parent: run.parent.run, child: run.id })
}

/** Begins a step, unless something holds it: hands out a new attempt of it, or begins to wait. */
export function begin(draft: Draft, key: StepKey, how: { earlierCalls: boolean }): void {
  const definition = definitionOf(draft.context.definition, key)
  const held = definition && holdOn(draft, definition)
  if (held) {
    holdStep(draft, key, held)
    return
  }
  switch (definition?.kind) {
    case 'approval':
    case 'task':
    case 'event':
    case 'time':
      openWait(draft, definition)
      break
    case 'each':
      openEach(draft, definition)
      break
    case 'subflow':
      openSubflow(draft, definition)
      break
    case 'end-run':
      openEndRun(draft, key)
      break
    default:
      startAttempt(draft, key, how)
  }
}

/** Hands out a new attempt of a step. */
function startAttempt(draft: Draft, key: StepKey, how: { earlierCalls: boolean }): void {
  const step = draft.step(key)
  const attempt = draft.context.ids.attempt()
  const startedAt = draft.context.now
  draft.put({
    ...carried(step),
    attempts: step.attempts + 1,
    attemptsInRow: step.attemptsInRow + 1,
    status: 'running',
    attempt,
    startedAt,
    failing: 'failing' in step ? step.failing : null,
  })
  draft.hand({ kind: 'attempt', step: key, attempt, startedAt, earlierCalls: how.earlierCalls })
}
