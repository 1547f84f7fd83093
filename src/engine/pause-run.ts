import type { Actor } from '../domain/actor.ts'
import { gaveUp, lastOfRun } from '../domain/earlier.ts'
import { ended, type Step, settled } from '../domain/run.ts'
import { advance, begin } from './advance.ts'
import type { RequestOf } from './decisions.ts'
import { carried, type Draft } from './draft-change.ts'
import type { Transition } from './events.ts'
import { backOffAgain, holdBackingOff } from './hold-steps.ts'
import { refused } from './record-decision.ts'

/** Pauses a run: what is on the wire finishes, people may still answer, and nothing is started. */
export function pauseRun(draft: Draft, { reason, until }: RequestOf<'pause'>, actor: Actor): Transition | null {
  const { run, context } = draft
  if (ended(run)) return { kind: 'too-late', by: gaveUp(run), status: run.status }
  if (run.paused)
    return { kind: 'too-late', by: { kind: 'pause', by: run.paused.by, at: run.paused.at }, status: run.status }
  if (until !== null && until <= context.now) {
    return refused('end-is-past', 'The pause would end in the past.', 'Give it a later end, or none.')
  }
  const facts = until === null ? {} : { until }
  const entry = draft.entry({ kind: 'decision.pause', by: actor, facts, body: { reason } })
  run.paused = { by: actor, at: context.now, reason, until, entry }
  draft.tell({ kind: 'pause', step: null, by: actor, text: reason })
  holdBackingOff(draft)
  advance(draft)
  markAlerts(draft)
  draft.markRun(true)
  return null
}

/** Cards of failures say whether what is decided on them has to wait. */
function markAlerts(draft: Draft): void {
  for (const step of draft.run.steps) if (step.alerted && !settled(step)) draft.markFailure(step.key)
}

/** A step that was held goes on: it begins, backs off again, or waits for its turn among the items. */
export function goOnWith(draft: Draft, step: Step): void {
  const { key, attempts } = step
  if (backOffAgain(draft, key)) return
  if (step.item) draft.put({ ...carried(draft.step(key)), status: 'pending' })
  else begin(draft, key, { earlierCalls: attempts > 0 })
}

/** Lets a paused run go on, by a person or because its end has come; what another hold keeps back stays. */
export function resumeRun(draft: Draft, { by, reason }: { by: Actor; reason: string | null }): Transition | null {
  const { run } = draft
  if (!run.paused) return { kind: 'too-late', by: lastOfRun(run, 'resume'), status: run.status }
  run.paused = null
  draft.entry({ kind: 'decision.resume', by, ...(reason === null ? {} : { body: { reason } }) })
  draft.tell({ kind: 'resume', step: null, by, text: reason })
  for (const step of run.steps) {
    if (step.status !== 'held' || step.hold !== null) continue
    goOnWith(draft, step)
  }
  advance(draft)
  markAlerts(draft)
  draft.markRun(true)
  return null
}
