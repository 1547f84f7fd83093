import type { KnownBlock, ModalView } from '@slack/types'
import type { z } from 'zod'
import { shortId } from '../../src/domain/ids.ts'
import type { WorkflowOutline } from '../../src/domain/outline.ts'
import { type Run, type Step, settled } from '../../src/domain/run.ts'
import { callbackIds } from '../action-ids.ts'
import { context } from '../blocks.ts'
import { encodeRestartRef } from '../references.ts'
import { bold, labelled, outside, paragraph, type Words } from '../rich-text.ts'
import { inGraphOrder, stepTitle } from '../step-title.ts'
import { count } from '../wording.ts'
import { asRecord } from './edit-modal.ts'
import { INPUT_PREFIX } from './edited-input.ts'
import { modal } from './modal.ts'
import { reasonInput } from './reason-input.ts'
import { schemaInputs } from './schema-inputs.ts'

const MOST_NAMED = 12

export interface RestartForm {
  run: Run
  outline: WorkflowOutline
  /** The workflow's input as of today. */
  schema: z.ZodType
  /** What the new run will go by. */
  version: number
  rules: number
}

/** Gives a run up and begins it anew; it says first what was done already, and what becomes of that. */
export function restartModal({ run, outline, schema, version, rules }: RestartForm): ModalView {
  const open = run.steps.filter((step) => !settled(step)).length
  return modal({
    title: 'Restart the whole run',
    callback: callbackIds.restartRun,
    metadata: encodeRestartRef(run.id, version),
    blocks: [
      paragraph(bold(outline.title, 100), ': ', outside(run.subject.label, 150)),
      context(`run ${shortId(run.id)}, by version ${run.definition} of the process and ${run.rules} of the rules`),
      paragraph(
        `This run ends here (${count(open, 'step')} not carried out any more), and a new one begins at its first step: by version ${version} of the process and version ${rules} of the rules.`,
      ),
      ...doneAgain(run, outline),
      ...schemaInputs(schema, { prefix: INPUT_PREFIX, initial: asRecord(run.input), keepsFiles: true }),
      reasonInput({ label: 'Why is it restarted?', placeholder: 'It was started with the wrong role' }),
    ],
    submit: 'Restart',
    close: 'Let it go on',
  })
}

/** What the old run did, and what the new one makes of it. */
function doneAgain(run: Run, outline: WorkflowOutline): KnownBlock[] {
  const done = inGraphOrder(run, outline).filter((step) => step.status === 'succeeded')
  if (done.length === 0) return [paragraph('No step is done yet, so nothing is done a second time.')]
  const named = done.slice(0, MOST_NAMED).map((step): Words => {
    const { sign, says } = verdict(step)
    return [`${sign} `, outside(stepTitle(outline, step.key), 100), `: ${says}`]
  })
  const more: Words[] = done.length > MOST_NAMED ? [[`and ${done.length - MOST_NAMED} more`]] : []
  return [labelled('Done already, and carried out once more', { points: [...named, ...more] })]
}

function verdict(step: Step): { sign: string; says: string } {
  const writes = step.calls.filter((call) => call.class !== 'R')
  if (step.wait) return { sign: '🟡', says: 'is asked or waited for again' }
  if (step.status === 'succeeded' && step.markedBy)
    return { sign: '🟠', says: 'was done by hand; it may be made a second time' }
  if (writes.length === 0) return { sign: '🔁', says: 'changes nothing' }
  // A key of the new run is not known to the vendor.
  if (writes.some((call) => call.class === 'K'))
    return { sign: '🟠', says: 'may be made a second time: look there first' }
  return { sign: '🔁', says: 'what is there is found, and not made twice' }
}
