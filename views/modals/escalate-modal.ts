import type { ModalView } from '@slack/types'
import { callbackIds } from '../action-ids.ts'
import { encodeStepRef } from '../references.ts'
import { labelled } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { modal } from './modal.ts'
import { reasonInput } from './reason-input.ts'
import { aboutStep, type StepInModal } from './step-in-modal.ts'

/** Asks why a step is handed to somebody else, and says what the ticket will hold. */
export function escalateModal(about: StepInModal): ModalView {
  const { run, step } = about
  const { title, ticketHolds, inTicket, whatToKnow, example, waits, submit } = texts.stepWindows.escalate
  return modal({
    title,
    callback: callbackIds.escalate,
    metadata: encodeStepRef({ run: run.id, step: step.key, version: step.version }),
    blocks: [
      ...aboutStep(about),
      labelled(ticketHolds, { points: inTicket.map((part) => [part]) }),
      reasonInput({ label: whatToKnow, placeholder: example, hint: waits }),
    ],
    submit,
  })
}
