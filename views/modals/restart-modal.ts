import type { KnownBlock, ModalView } from '@slack/types'
import type { z } from 'zod'
import { shortId } from '../../src/domain/ids.ts'
import type { WorkflowOutline } from '../../src/domain/outline.ts'
import { type Run, type Step, settled } from '../../src/domain/run.ts'
import { callbackIds } from '../action-ids.ts'
import { context } from '../blocks.ts'
import { encodeRestartRef } from '../references.ts'
import { bold, labelled, outside, type Piece, paragraph, type Words } from '../rich-text.ts'
import { inGraphOrder, stepTitle } from '../step-title.ts'
import { texts } from '../texts/index.ts'
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
  const { title, goesBy, beginsAnew, why, example, submit } = texts.runWindows.restart
  return modal({
    title,
    callback: callbackIds.restartRun,
    metadata: encodeRestartRef(run.id, version),
    blocks: [
      paragraph(bold(outline.title, 100), ': ', outside(run.subject.label, 150)),
      context(goesBy({ run: shortId(run.id), process: run.definition, rules: run.rules })),
      paragraph(beginsAnew({ open, process: version, rules })),
      ...doneAgain(run, outline),
      ...schemaInputs(schema, { prefix: INPUT_PREFIX, initial: asRecord(run.input), keepsFiles: true }),
      reasonInput({ label: why, placeholder: example }),
    ],
    submit,
    close: texts.runWindows.letItGoOn,
  })
}

/** What the old run did, and what the new one makes of it. */
function doneAgain(run: Run, outline: WorkflowOutline): KnownBlock[] {
  const done = inGraphOrder(run, outline).filter((step) => step.status === 'succeeded')
  if (done.length === 0) return [paragraph(texts.runWindows.restart.nothingDone)]
  const named = done.slice(0, MOST_NAMED).map((step) => doneOnceMore(step, outside(stepTitle(outline, step.key), 100)))
  const more: Words[] = done.length > MOST_NAMED ? [[texts.words.andMore(done.length - MOST_NAMED)]] : []
  return [labelled(texts.runWindows.restart.doneAgain, { points: [...named, ...more] })]
}

function doneOnceMore(step: Step, title: Piece): Words {
  const { asksAgain, doneByHand, changesNothing, secondTime, isFound } = texts.runWindows.restart
  const writes = step.calls.filter((call) => call.class !== 'R')
  if (step.wait) return asksAgain(title)
  if (step.status === 'succeeded' && step.markedBy) return doneByHand(title)
  if (writes.length === 0) return changesNothing(title)
  // A key of the new run is not known to the vendor.
  return writes.some((call) => call.class === 'K') ? secondTime(title) : isFound(title)
}
