import type { KnownBlock, ModalView } from '@slack/types'
import type { z } from 'zod'
import { actionIds, callbackIds, startRunAction } from '../action-ids.ts'
import { actions, button, section } from '../blocks.ts'
import { encodeStartRef, encodeWorkflowRef } from '../references.ts'
import { date, paragraph } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { stampOf } from '../window-stamp.ts'
import { modal } from './modal.ts'
import { readInputs } from './read-inputs.ts'
import { schemaFields } from './schema-field.ts'
import { schemaInputs } from './schema-inputs.ts'

export interface StartRunForm {
  workflow: { name: string; version: number; title: string }
  /** The workflow's input. */
  schema: z.ZodType
  /** What is known already, by field. */
  initial?: Readonly<Record<string, unknown>>
  /** What happens when it is submitted, in a sentence. */
  intro?: string
  /** What holds what is started. */
  held?: KnownBlock[]
  /** Where it was asked for. */
  channel: string | null
  /** When what stands in it was written, in a form that was closed; null or absent where that is not so. */
  writtenAt?: number | null
  /** What is to be read beside one of its fields. */
  note?: { field: string; blocks: KnownBlock[] } | null
}

/** The form that starts a run, drawn from the workflow's input schema. */
export function startRunModal({
  workflow,
  schema,
  initial = {},
  intro,
  held = [],
  channel,
  writtenAt = null,
  note,
}: StartRunForm): ModalView {
  const tells = schemaFields(schema).flatMap(({ name, kind }) => (kind === 'email' ? [name] : []))
  const inputs = schemaInputs(schema, { initial, tells }).flatMap((input): KnownBlock[] =>
    note && input.block_id === note.field ? [input, ...note.blocks] : [input],
  )
  const nothingToAsk = section(texts.startWindows.nothingToFillIn)
  return modal({
    title: workflow.title,
    callback: callbackIds.startRun,
    metadata: encodeStartRef({ workflow: workflow.name, version: workflow.version, channel }),
    blocks: [
      ...(intro ? [section(intro)] : []),
      ...(writtenAt === null ? [] : writtenBefore(workflow.name, schema, writtenAt)),
      ...held,
      ...(inputs.length > 0 ? inputs : [nothingToAsk]),
    ],
    submit: texts.startWindows.submit,
    tellsClosing: true,
  })
}

/** The values of a submitted form, by field, from `view.state.values`. */
export const readStartValues = (values: unknown): Record<string, unknown> => readInputs(values)

/** After a start that could not be carried out: what was entered is in the button. */
export const backToForm = (
  workflow: string,
  entered: Readonly<Record<string, unknown>>,
  erasures: number,
): KnownBlock[] => [
  actions([
    button({
      text: texts.startWindows.backToForm,
      action: startRunAction(0),
      value: encodeWorkflowRef(workflow, entered, stampOf(erasures)),
    }),
  ]),
]

/** Above what was written in a form that was closed: that it is filled in, and the way to an empty form. */
function writtenBefore(workflow: string, schema: z.ZodType, at: number): KnownBlock[] {
  const { writtenBefore: says, writtenBeforeWithFiles, startAfresh } = texts.startWindows
  const hasFiles = schemaFields(schema).some(({ kind }) => kind === 'files')
  return [
    paragraph(...(hasFiles ? writtenBeforeWithFiles : says)(date(at))),
    actions([button({ text: startAfresh, action: actionIds.startAfresh, value: encodeWorkflowRef(workflow) })]),
  ]
}

/** What somebody entered, beyond what an empty form says: the draft of it. Files cannot be put back, and are left out. */
export function writtenIn(schema: z.ZodType, values: unknown): Record<string, unknown> {
  const fields = new Map(schemaFields(schema).map((field) => [field.name, field]))
  const isWritten = ([name, value]: [string, unknown]): boolean => {
    const field = fields.get(name)
    if (field?.kind === 'files' || (Array.isArray(value) && value.length === 0)) return false
    if (value === false && field?.initial === undefined) return false
    return JSON.stringify(value) !== JSON.stringify(field?.initial)
  }
  return Object.fromEntries(Object.entries(readStartValues(values)).filter(isWritten))
}
