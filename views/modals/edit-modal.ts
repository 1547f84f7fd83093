import type { KnownBlock, ModalView } from '@slack/types'
import type { z } from 'zod'
import type { Run } from '../../src/domain/run.ts'
import { callbackIds } from '../action-ids.ts'
import { encodeStepRef } from '../references.ts'
import { labelled, outside, paragraph, type Words } from '../rich-text.ts'
import { inGraphOrder, stepTitle } from '../step-title.ts'
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
  return modal({
    title: 'Edit and retry',
    callback: callbackIds.edit,
    metadata: encodeStepRef({ run: run.id, step: step.key, version: step.version }),
    blocks: [
      ...aboutStep(about),
      staysDone(about, schema),
      ...leftOut(about),
      paragraph(
        'This step is tried again with the new values, and all that comes later goes by them. What was changed is kept, old and new.',
      ),
      ...schemaInputs(schema, { prefix: INPUT_PREFIX, initial: asRecord(run.input), keepsFiles: true }),
      noteInput('She is an engineer, as the hiring manager says', 'Why is it changed?'),
    ],
    submit: 'Change and retry',
  })
}

/** What was done with the values as they are, and with which of them. */
function staysDone({ run, outline }: StepInModal, schema: z.ZodType): KnownBlock {
  const labels = new Map(schemaFields(schema).map(({ name, label }) => [name, label]))
  const done = inGraphOrder(run, outline).filter((step) => step.status === 'succeeded')
  if (done.length === 0) return paragraph('No step is done yet: nothing was made with the old values.')
  const named = done.slice(0, MOST_NAMED).map((step): Words => {
    const used = step.status === 'succeeded' ? step.used : undefined
    const fields = (used ?? []).flatMap((name) => labels.get(name) ?? [])
    const how = used === undefined ? '' : fields.length > 0 ? `: used ${listed(fields, 5)}` : ': used none of them'
    return ['✅ ', outside(stepTitle(outline, step.key), 100), ...(how === '' ? [] : [outside(how, 200)])]
  })
  const more: Words[] = done.length > MOST_NAMED ? [[`and ${done.length - MOST_NAMED} more`]] : []
  return labelled('Already done with the old values, and stays as it is', { points: [...named, ...more] })
}

/** Steps that the rules left out by the old values; they are not looked at again. */
function leftOut({ run, outline }: StepInModal): KnownBlock[] {
  const out = run.steps.filter((step) => step.status === 'not-needed' && step.because === 'rule')
  if (out.length === 0) return []
  const named = out.map((step): Words => ['➖ ', outside(stepTitle(outline, step.key), 100)])
  const label = 'Left out by the old values, and stays left out: restart the whole run if it is needed now'
  return [labelled(label, { points: named.slice(0, MOST_NAMED) })]
}

export const asRecord = (input: Run['input']): Record<string, unknown> =>
  typeof input === 'object' && input !== null ? (input as Record<string, unknown>) : {}
