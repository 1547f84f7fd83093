import type { StepKey } from '../domain/ids.ts'
import { type StepFailure, settled } from '../domain/run.ts'
import { carried, type Draft, ENGINE, failureFacts } from './draft-change.ts'
import { plan, runStatus } from './plan.ts'

/** Starts what can start, settles what is not needed, and ends the run when nothing is left. */
export function advance(draft: Draft): void {
  const { run, context } = draft
  for (const planned of plan(context.definition, run, context.rules)) {
    if (planned.kind === 'start') startAttempt(draft, planned.step, { earlierCalls: false })
    else if (planned.kind === 'undecided') failUndecided(draft, planned.step, planned.failure)
    else settleUnneeded(draft, planned.step, planned.because)
  }
  run.status = runStatus(run.steps, run.debts.length)
  if (run.steps.every(settled)) endRun(draft)
  draft.markRun(run.endedAt !== null || run.status === 'blocked')
}

function settleUnneeded(draft: Draft, key: StepKey, because: StepKey | 'rule'): void {
  draft.put({ ...carried(draft.step(key)), status: 'not-needed', at: draft.context.now, because })
  draft.entry({ kind: 'step.not-needed', step: key, facts: { because } })
}

/** A condition that throws must not hold up the whole run in silence. */
function failUndecided(draft: Draft, key: StepKey, failure: StepFailure): void {
  const { now } = draft.context
  const base = { ...carried(draft.step(key)), calls: [], failing: { since: now, failure } }
  draft.put({ ...base, alerted: true, status: 'failed', at: now })
  draft.tell({ kind: 'step-failed', step: key, by: ENGINE, text: failure.message })
  draft.entry({ kind: 'step.failed', step: key, ...failureFacts(failure) })
  draft.markFailure(key)
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
