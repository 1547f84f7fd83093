import type { ModalView } from '@slack/types'
import type { z } from 'zod'
import { callbackIds } from '../action-ids.ts'
import { encodeStepRef } from '../references.ts'
import { paragraph } from '../rich-text.ts'
import { count } from '../wording.ts'
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
  const asks =
    fields.length === 0
      ? 'Nothing more will be sent for this step: the run goes on as if it had succeeded.'
      : `Nothing more will be sent for this step. Later steps take its result: ${count(fields.length, 'field')} below.`
  return modal({
    title: 'Mark as done',
    callback: callbackIds.markDone,
    metadata: encodeStepRef({ run: run.id, step: step.key, version: step.version }),
    blocks: [
      ...aboutStep(about),
      paragraph(asks),
      reasonInput({ label: 'What did you find?', placeholder: 'The record is there, created at 9:02 today' }),
      ...fields,
    ],
    submit: 'Mark done',
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
