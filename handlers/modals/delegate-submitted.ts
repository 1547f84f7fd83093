import type { Standing } from '../../src/domain/standing.ts'
import { standingIn } from '../../src/slack/ask/list-asks.ts'
import type { ModalHandler } from '../../src/slack/handler.ts'
import { callbackIds } from '../../views/action-ids.ts'
import { readHandOver } from '../../views/modals/person-input.ts'
import { decodeStepRef } from '../../views/references.ts'
import { texts } from '../../views/texts/index.ts'
import { askedAtHand } from '../asked-at-hand.ts'
import { decide } from '../decide.ts'
import { receiver } from './hand-over.ts'
import { closedOr, notDone } from './submitted.ts'

function whyNot(standing: Standing): string | null {
  const { isAsked, isInvolved, hasApproved } = texts.windows
  if (standing === 'may') return isAsked
  if (standing === 'own-run') return isInvolved
  return standing === 'approved-already' ? hasApproved : null
}

/** Hands the decision on an approval over to somebody else. */
export const delegateSubmitted: ModalHandler = {
  callback: callbackIds.delegate,
  async handle(submission, ports) {
    const read = readHandOver(submission.values)
    if (!read.ok) return { kind: 'errors', errors: read.errors }
    const at = await askedAtHand(ports, submission, {
      ref: decodeStepRef(submission.metadata),
      orMay: 'escalate',
    })
    if (!at.ok) return notDone(at.answer.drawing)
    const { run, step, person, entitled } = at.found
    const found = await receiver(ports, submission, read.user)
    if (!found.ok) return { kind: 'errors', errors: { person: found.error } }
    const cannot = whyNot(standingIn(run, step, found.to) ?? 'not-asked')
    if (cannot) return { kind: 'errors', errors: { person: cannot } }
    const decision = {
      kind: 'delegate',
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
