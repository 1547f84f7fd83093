import type { ModalHandler } from '../../src/slack/handler.ts'
import { callbackIds } from '../../views/action-ids.ts'
import { readHandOver } from '../../views/modals/person-input.ts'
import { decodeStepRef } from '../../views/references.ts'
import { askedAtHand } from '../asked-at-hand.ts'
import { decide } from '../decide.ts'
import { receiver } from './hand-over.ts'
import { closedOr, notDone } from './submitted.ts'

/** Gives a task to somebody else. */
export const reassignSubmitted: ModalHandler = {
  callback: callbackIds.reassign,
  async handle(submission, ports) {
    const read = readHandOver(submission.values)
    if (!read.ok) return { kind: 'errors', errors: read.errors }
    const ref = decodeStepRef(submission.metadata)
    const at = await askedAtHand(ports, submission, { ref, orMay: 'escalate' })
    if (!at.ok) return notDone(at.answer.drawing)
    const { run, step, person, entitled } = at.found
    const found = await receiver(ports, submission, read.user)
    if (!found.ok) return { kind: 'errors', errors: { person: found.error } }
    const decision = {
      kind: 'reassign',
      step: step.key,
      stepVersion: step.version,
      as: { email: person.email, groups: person.groups },
      to: found.to,
      reason: read.note,
      entitled,
    } as const
    return closedOr(await decide(ports, submission, { run: run.id, decision }))
  },
}
