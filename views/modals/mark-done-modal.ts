import type { ModalView } from '@slack/types'
import type { z } from 'zod'
import { callbackIds } from '../action-ids.ts'
import { encodeStepRef } from '../references.ts'
import { paragraph } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { modal } from './modal.ts'
import { readInputs } from './read-inputs.ts'
import { readReason, reasonInput } from './reason-input.ts'
import { schemaInputs } from './schema-inputs.ts'
import { aboutStep, type StepInModal } from './step-in-modal.ts'

/** Block ids of the result's fields begin with it. */
export const OUTPUT_PREFIX = 'output.'

/** Asks what somebody found, and for the result that later steps take; `output` is the step's schema, if it has one. */
export function markDoneModal(about: StepInModal, output: z.ZodType | null): ModalView {
  const { run, step } = about
  const fields = output === null ? [] : schemaInputs(output, { prefix: OUTPUT_PREFIX, requiredOnly: true })
  const { title, asIfSucceeded, takesResult, whatFound, example, submit } = texts.stepWindows.markDone
  return modal({
    title,
    callback: callbackIds.markDone,
    metadata: encodeStepRef({ run: run.id, step: step.key, version: step.version }),
    blocks: [
      ...aboutStep(about),
      paragraph(fields.length === 0 ? asIfSucceeded : takesResult(fields.length)),
      reasonInput({ label: whatFound, placeholder: example }),
      ...fields,
    ],
    submit,
  })
}

export type MarkDoneRead =
  | { ok: true; reason: string; output: Record<string, unknown> }
  | { ok: false; errors: Record<string, string> }

/** What was found, and the result as entered, from `view.state.values`. */
export function readMarkDone(values: unknown): MarkDoneRead {
  const read = readReason(values)
  return read.ok ? { ...read, output: readInputs(values, OUTPUT_PREFIX) } : read
}
