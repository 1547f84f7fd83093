import type { ModalView } from '@slack/types'
import { callbackIds } from '../action-ids.ts'
import { encodeStepRef } from '../references.ts'
import { labelled } from '../rich-text.ts'
import { modal } from './modal.ts'
import { reasonInput } from './reason-input.ts'
import { aboutStep, type StepInModal } from './step-in-modal.ts'

/** Asks why a step is handed to somebody else, and says what the ticket will hold. */
export function escalateModal(about: StepInModal): ModalView {
  const { run, step } = about
  return modal({
    title: 'Escalate',
    callback: callbackIds.escalate,
    metadata: encodeStepRef({ run: run.id, step: step.key, version: step.version }),
    blocks: [
      ...aboutStep(about),
      labelled('The ticket will hold', {
        points: [
          ['who and what the run is about, and where it stands'],
          ['what happened, why, and what mends it'],
          ['every call of this step: what is done, and what a retry would repeat'],
          ['your reason and your name'],
        ],
      }),
      reasonInput({
        label: 'What should they know?',
        placeholder: 'The token was refused; we need an owner of the organisation',
        hint: 'The step waits meanwhile. Retry and Skip stay on its card.',
      }),
    ],
    submit: 'Open a ticket',
  })
}
