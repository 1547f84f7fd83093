import type { KnownBlock, ModalView } from '@slack/types'
import type { z } from 'zod'
import type { Run } from '../../src/domain/run.ts'
import { callbackIds } from '../action-ids.ts'
import { encodeStepRef } from '../references.ts'
import { labelled, outside, paragraph, type Words } from '../rich-text.ts'
import { inGraphOrder, stepTitle } from '../step-title.ts'
import { texts } from '../texts/index.ts'
import { listed } from '../wording.ts'
import { INPUT_PREFIX } from './edited-input.ts'
import { modal } from './modal.ts'
import { noteInput } from './person-input.ts'
import { schemaFields } from './schema-field.ts'
import { schemaInputs } from './schema-inputs.ts'
import { aboutStep, type StepInModal } from './step-in-modal.ts'

const MOST_NAMED = 12

/** All that was entered when the run was started, to be put right; it says first what stays as it is. */
export function editModal(about: StepInModal, schema: z.ZodType): ModalView {
  const { run, step } = about
  const { title, means, why, example, submit } = texts.stepWindows.edit
  return modal({
    title,
    callback: callbackIds.edit,
    metadata: encodeStepRef({ run: run.id, step: step.key, version: step.version }),
    blocks: [
      ...aboutStep(about),
      staysDone(about, schema),
      ...leftOut(about),
      paragraph(means),
      ...schemaInputs(schema, { prefix: INPUT_PREFIX, initial: asRecord(run.input), keepsFiles: true }),
      noteInput(example, why),
    ],
    submit,
  })
}

/** What was done with the values as they are, and with which of them. */
function staysDone({ run, outline }: StepInModal, schema: z.ZodType): KnownBlock {
  const { nothingDone, staysDone: label, used: usedSome, usedNone } = texts.stepWindows.edit
  const labels = new Map(schemaFields(schema).map(({ name, label }) => [name, label]))
  const done = inGraphOrder(run, outline).filter((step) => step.status === 'succeeded')
  if (done.length === 0) return paragraph(nothingDone)
  const named = done.slice(0, MOST_NAMED).map((step): Words => {
    const used = step.status === 'succeeded' ? step.used : undefined
    const fields = (used ?? []).flatMap((name) => labels.get(name) ?? [])
    const title = outside(stepTitle(outline, step.key), 100)
    if (used === undefined) return ['✅ ', title]
    return fields.length > 0 ? usedSome(title, outside(listed(fields, 5), 200)) : usedNone(title)
  })
  const more: Words[] = done.length > MOST_NAMED ? [[texts.words.andMore(done.length - MOST_NAMED)]] : []
  return labelled(label, { points: [...named, ...more] })
}

/** Steps that the rules left out by the old values; they are not looked at again. */
function leftOut({ run, outline }: StepInModal): KnownBlock[] {
  const out = run.steps.filter((step) => step.status === 'not-needed' && step.because === 'rule')
  if (out.length === 0) return []
  const named = out.map((step): Words => ['➖ ', outside(stepTitle(outline, step.key), 100)])
  return [labelled(texts.stepWindows.edit.leftOut, { points: named.slice(0, MOST_NAMED) })]
}

export const asRecord = (input: Run['input']): Record<string, unknown> =>
  typeof input === 'object' && input !== null ? (input as Record<string, unknown>) : {}
