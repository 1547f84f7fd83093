import type { ModalHandler } from '../../src/slack/handler.ts'
import { callbackIds } from '../../views/action-ids.ts'
import { submitStepDecision } from './step-decision.ts'

/** Hands a step to somebody else, with a ticket. */
export const escalateSubmitted: ModalHandler = {
  callback: callbackIds.escalate,
  handle: (submission, ports) => submitStepDecision(ports, submission, 'escalate'),
}
