import type { ModalView } from '@slack/types'
import type { z } from 'zod'
import { callbackIds } from '../action-ids.ts'
import { encodeStepRef } from '../references.ts'
import { paragraph, passage } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { modal } from './modal.ts'
import { schemaInputs } from './schema-inputs.ts'
import { aboutStep, type StepInModal } from './step-in-modal.ts'

/** Asks for the evidence of a task that somebody has done; the form is drawn from what the workflow wants to know. */
export function completeModal(about: StepInModal, evidence: z.ZodType): ModalView {
  const { run, step } = about
  const instructions = step.wait?.kind === 'task' ? step.wait.instructions : ''
  return modal({
    title: texts.stepWindows.complete.title,
    callback: callbackIds.complete,
    metadata: encodeStepRef({ run: run.id, step: step.key, version: step.version }),
    blocks: [...aboutStep(about), paragraph(passage(instructions, 1_500)), ...schemaInputs(evidence, {})],
    submit: texts.stepWindows.complete.submit,
  })
}
