import type { ModalHandler } from '../../src/slack/handler.ts'
import { callbackIds } from '../../views/action-ids.ts'
import { submitStepDecision } from './step-decision.ts'

/** Skips a step, with the reason. */
export const skipSubmitted: ModalHandler = {
  callback: callbackIds.skip,
  handle: (submission, ports) => submitStepDecision(ports, submission, 'skip'),
}
