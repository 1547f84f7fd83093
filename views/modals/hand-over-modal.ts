import type { ModalView } from '@slack/types'
import { callbackIds } from '../action-ids.ts'
import { encodeStepRef } from '../references.ts'
import { paragraph } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { modal } from './modal.ts'
import { noteInput, personInput } from './person-input.ts'
import { aboutStep, type StepInModal } from './step-in-modal.ts'

/** Asks who is to decide in the place of whoever was asked. */
export const delegateModal = (about: StepInModal): ModalView =>
  handOver(about, callbackIds.delegate, texts.stepWindows.delegate)

/** Asks who is to do a task. */
export const reassignModal = (about: StepInModal): ModalView =>
  handOver(about, callbackIds.reassign, texts.stepWindows.reassign)

function handOver(
  about: StepInModal,
  callback: string,
  { says, who, example }: { says: string; who: string; example: string },
): ModalView {
  const { run, step } = about
  const { title, submit } = texts.stepWindows.handOver
  return modal({
    title,
    callback,
    metadata: encodeStepRef({ run: run.id, step: step.key, version: step.version }),
    blocks: [...aboutStep(about), paragraph(says), personInput(who), noteInput(example)],
    submit,
  })
}
