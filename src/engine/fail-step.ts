import type { StepKey } from '../domain/ids.ts'
import type { StepFailure } from '../domain/run.ts'
import { carried, type Draft, ENGINE, failureFacts } from './draft-change.ts'

/** Fails a step that has no attempt: what decides about it, or what it waits for, did not work out. */
export function failStep(draft: Draft, key: StepKey, failure: StepFailure): void {
  const { now } = draft.context
  const base = { ...carried(draft.step(key)), calls: [], failing: { since: now, failure } }
  draft.put({ ...base, alerted: true, status: 'failed', at: now })
  draft.tell({ kind: 'step-failed', step: key, by: ENGINE, text: failure.message })
  draft.entry({ kind: 'step.failed', step: key, ...failureFacts(failure) })
  draft.markFailure(key)
}
