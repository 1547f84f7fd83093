import type { StepKey } from '../domain/ids.ts'
import { settled } from '../domain/run.ts'
import { definitionOf } from './definition-of.ts'
import { carried, type Draft, ENGINE } from './draft-change.ts'
import { failStep } from './fail-step.ts'
import { openWait } from './open-wait.ts'
import { plan, runStatus } from './plan.ts'

/** Starts what can start, settles what is not needed, and ends the run when nothing is left. */
export function advance(draft: Draft): void {
  const { run, context } = draft
  // A wait for what is past already is over at once, and lets others begin.
  for (let settledSome = true; settledSome; ) {
    settledSome = false
    for (const planned of plan(context.definition, run, context.rules)) {
      if (planned.kind === 'start') {
        begin(draft, planned.step, { earlierCalls: false })
        settledSome ||= settled(draft.step(planned.step))
      } else if (planned.kind === 'undecided') failStep(draft, planned.step, planned.failure)
      else settleUnneeded(draft, planned.step, planned.because)
    }
  }
  run.status = runStatus(run.steps, run.debts.length)
  if (run.steps.every(settled)) endRun(draft)
  draft.markRun(run.endedAt !== null || run.status === 'blocked')
}

function settleUnneeded(draft: Draft, key: StepKey, because: StepKey | 'rule'): void {
  draft.put({ ...carried(draft.step(key)), status: 'not-needed', at: draft.context.now, because })
  draft.entry({ kind: 'step.not-needed', step: key, facts: { because } })
}

export function endRun(draft: Draft): void {
  const { run, context } = draft
  run.endedAt = context.now
  draft.entry({
    kind: 'run.ended',
    facts: { status: run.status, duration: context.now - run.startedAt, debts: run.debts.length },
  })
  draft.tell({ kind: 'ended', step: null, by: ENGINE, text: null })
}

/** Begins a step: hands out a new attempt of it, or begins to wait. */
export function begin(draft: Draft, key: StepKey, how: { earlierCalls: boolean }): void {
  const definition = definitionOf(draft.context.definition, key)
  if (definition && definition.kind !== 'step') openWait(draft, definition)
  else startAttempt(draft, key, how)
}

/** Hands out a new attempt of a step. */
export function startAttempt(draft: Draft, key: StepKey, how: { earlierCalls: boolean }): void {
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
