import type { Actor } from '../domain/actor.ts'
import { gaveUp } from '../domain/earlier.ts'
import { ended } from '../domain/run.ts'
import { endRun } from './advance.ts'
import { stopSteps } from './apply-cancel.ts'
import type { RequestOf } from './decisions.ts'
import type { Draft } from './draft-change.ts'
import { anotherSubject } from './edit-input.ts'
import type { FreshRun, Transition } from './events.ts'
import { enterDecision, refused } from './record-decision.ts'

type Restart = RequestOf<'restart'>

/** Gives a run up and begins it anew, in one commit: the two know of each other. What the old one did stays done. */
export function restartRun(
  draft: Draft,
  { decision, next }: { decision: Restart; next?: FreshRun | undefined },
  actor: Actor,
): Transition | null {
  const { run, context } = draft
  if (ended(run) || run.cancelled) return { kind: 'too-late', by: gaveUp(run), status: run.status }
  if (run.parent) {
    return refused(
      'part-of-another',
      `This run was begun by a step of ${run.parent.title}: it is begun anew from there.`,
      'Cancel this run; then retry the step that began it.',
    )
  }
  if (!next) return refused('not-prepared', 'The new run could not be prepared.', 'Try again in a minute.')
  if (next.run.subject.key !== run.subject.key) return anotherSubject(run)
  const { reason } = decision
  const made = enterDecision(draft, actor, {
    kind: 'restart',
    reason,
    facts: { as: next.run.id, definition: next.run.definition, rules: next.run.rules },
    body: { input: next.run.input },
  })
  stopSteps(draft, made, false)
  run.cancelled = { by: actor, at: context.now, reason, undo: false }
  run.status = 'cancelled'
  run.restartedAs = next.run.id
  draft.tell({ kind: 'restart', step: null, by: actor, text: reason })
  endRun(draft)
  draft.markRun(true)
  draft.begins = next
  return null
}
