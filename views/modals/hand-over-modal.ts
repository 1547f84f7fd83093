import type { ModalView } from '@slack/types'
import { callbackIds } from '../action-ids.ts'
import { encodeStepRef } from '../references.ts'
import { paragraph } from '../rich-text.ts'
import { modal } from './modal.ts'
import { noteInput, personInput } from './person-input.ts'
import { aboutStep, type StepInModal } from './step-in-modal.ts'

/** Asks who is to decide in the place of whoever was asked. */
export const delegateModal = (about: StepInModal): ModalView =>
  handOver(about, {
    callback: callbackIds.delegate,
    says: 'They decide in your place; you cannot any more, unless they hand it back. It is kept who handed it to whom.',
    label: 'Who decides instead?',
    placeholder: 'I am away until Monday',
  })

/** Asks who is to do a task. */
export const reassignModal = (about: StepInModal): ModalView =>
  handOver(about, {
    callback: callbackIds.reassign,
    says: 'It is theirs alone then, whoever has it now. It is kept who handed it to whom.',
    label: 'Who does it?',
    placeholder: 'The order number is in our mailbox',
  })

function handOver(
  about: StepInModal,
  { callback, says, label, placeholder }: { callback: string; says: string; label: string; placeholder: string },
): ModalView {
  const { run, step } = about
  return modal({
    title: 'Hand over',
    callback,
    metadata: encodeStepRef({ run: run.id, step: step.key, version: step.version }),
    blocks: [...aboutStep(about), paragraph(says), personInput(label), noteInput(placeholder)],
    submit: 'Hand over',
  })
}
