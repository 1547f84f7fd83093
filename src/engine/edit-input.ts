import type { Actor } from '../domain/actor.ts'
import type { Run, Step } from '../domain/run.ts'
import { approvalGiven } from '../domain/standing.ts'
import { advance, begin } from './advance.ts'
import type { RequestOf } from './decisions.ts'
import { carried, type Draft } from './draft-change.ts'
import type { Transition } from './events.ts'
import { changedFields } from './input-changes.ts'
import { recordDecision, refused } from './record-decision.ts'
import { errorsByField } from './start-run.ts'
import { waitAnew } from './wait-anew.ts'

type Edit = RequestOf<'edit'>

/**
 * Gives the run other values and tries the step again with them. What is done stays done with the old ones. Whether a
 * call may be sent with other bytes is for the egress to say, which knows what was sent before.
 */
export function editInput(draft: Draft, step: Step, decision: Edit, actor: Actor): Transition | null {
  const { run, context } = draft
  const parsed = context.definition.input.safeParse(decision.input)
  if (!parsed.success) return { kind: 'invalid', errors: errorsByField(parsed.error) }
  const subject = context.definition.subject(parsed.data)
  if (subject.key.trim().toLowerCase() !== run.subject.key) return anotherSubject(run)
  const approved = approvalIn(draft)
  if (approved) {
    return refused(
      'approved-already',
      `${approved} was given for the values as they are.`,
      'Restart the whole run with the right values, so that they are approved.',
    )
  }
  const changes = changedFields(context.definition.input, run.input, parsed.data)
  if (changes.length === 0) {
    return refused('nothing-changed', 'Nothing was changed.', 'Press Retry to try again with the same values.')
  }
  const decided = recordDecision(draft, step, actor, {
    kind: 'edit',
    reason: decision.reason,
    changes: changes.map(({ shown }) => shown),
    facts: { fields: changes.map(({ field }) => field).join(' ') },
    body: {
      old: Object.fromEntries(changes.map(({ field, old }) => [field, old ?? null])),
      new: Object.fromEntries(changes.map(({ field, now }) => [field, now ?? null])),
    },
  })
  const before = { ...run }
  run.input = parsed.data
  run.subject = { ...run.subject, label: subject.label.trim() }
  run.revised = true
  // Whoever says what is asked for does not approve it.
  run.alsoBy = [...(run.alsoBy ?? []), actor]
  waitAnew(draft, before)
  if (step.item) {
    // It waits for its turn among the others.
    draft.put({ ...carried(decided), attemptsInRow: 0, status: 'pending' })
  } else {
    draft.put({ ...decided, attemptsInRow: 0 })
    begin(draft, step.key, { earlierCalls: true })
  }
  draft.tell({ kind: 'edit', step: step.key, by: actor, text: decision.reason })
  advance(draft)
  return null
}

export const anotherSubject = (run: Run): Transition =>
  refused(
    'another-subject',
    `This run is about ${run.subject.label} (${run.subject.key}): with that change it would be about somebody else.`,
    'Cancel this run and start one for them. Nothing was changed.',
  )

function approvalIn({ run, context }: Draft): string | null {
  const given = approvalGiven(run)
  return given ? (context.definition.outline.steps.find(({ key }) => key === given.key)?.title ?? given.key) : null
}
