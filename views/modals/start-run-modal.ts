import type { ModalView } from '@slack/types'
import type { z } from 'zod'
import { callbackIds } from '../action-ids.ts'
import { section } from '../blocks.ts'
import { encodeStartRef } from '../references.ts'
import { modal } from './modal.ts'
import { readInputs } from './read-inputs.ts'
import { schemaInputs } from './schema-inputs.ts'

export interface StartRunForm {
  workflow: { name: string; version: number; title: string }
  /** The workflow's input. */
  schema: z.ZodType
  /** What is known already, by field. */
  initial?: Readonly<Record<string, unknown>>
  /** What happens when it is submitted, in a sentence. */
  intro?: string
}

/** The form that starts a run, drawn from the workflow's input schema. */
export function startRunModal({ workflow, schema, initial = {}, intro }: StartRunForm): ModalView {
  const inputs = schemaInputs(schema, { initial })
  const nothingToAsk = section('Nothing needs to be filled in.')
  return modal({
    title: workflow.title,
    callback: callbackIds.startRun,
    metadata: encodeStartRef({ workflow: workflow.name, version: workflow.version }),
    blocks: [...(intro ? [section(intro)] : []), ...(inputs.length > 0 ? inputs : [nothingToAsk])],
    submit: 'Start',
  })
}

/** The values of a submitted form, by field, from `view.state.values`. */
export const readStartValues = (values: unknown): Record<string, unknown> => readInputs(values)
