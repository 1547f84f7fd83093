import type { KnownBlock, ModalView } from '@slack/types'
import { shortId } from '../../src/domain/ids.ts'
import type { WorkflowOutline } from '../../src/domain/outline.ts'
import { type Run, settled } from '../../src/domain/run.ts'
import { callbackIds } from '../action-ids.ts'
import { context } from '../blocks.ts'
import { encodeRunRef } from '../references.ts'
import { bold, labelled, outside, paragraph, type Words } from '../rich-text.ts'
import { inGraphOrder, stepTitle } from '../step-title.ts'
import { count } from '../wording.ts'
import { modal } from './modal.ts'
import { reasonInput } from './reason-input.ts'

const MOST_NAMED = 15

/** Asks why a run is cancelled, and names what is done and stays done. */
export function cancelModal(run: Run, outline: WorkflowOutline): ModalView {
  const open = run.steps.filter((step) => !settled(step)).length
  return modal({
    title: 'Cancel this run',
    callback: callbackIds.cancelRun,
    metadata: encodeRunRef(run.id),
    blocks: [
      paragraph(bold(outline.title, 100), ': ', outside(run.subject.label, 150)),
      context(`run ${shortId(run.id)}`),
      staysDone(run, outline),
      paragraph(`${count(open, 'step')} will not be carried out any more. This cannot be taken back.`),
      reasonInput({ label: 'Why is it cancelled?', placeholder: 'The offer was withdrawn' }),
    ],
    submit: 'Cancel the run',
    close: 'Let it go on',
  })
}

function staysDone(run: Run, outline: WorkflowOutline): KnownBlock {
  const done = inGraphOrder(run, outline).filter((step) => step.status === 'succeeded')
  if (done.length === 0) return paragraph('No step is done yet, so nothing is left behind.')
  const named = done.slice(0, MOST_NAMED).map((step): Words => ['✅ ', outside(stepTitle(outline, step.key), 100)])
  const more: Words[] = done.length > MOST_NAMED ? [[`and ${done.length - MOST_NAMED} more`]] : []
  return labelled('Done, and stays done: cancelling undoes nothing', { points: [...named, ...more] })
}
