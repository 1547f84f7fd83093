import type { InputBlock, KnownBlock, ModalView } from '@slack/types'
import { shortId } from '../../src/domain/ids.ts'
import { outlineOf, type WorkflowOutline } from '../../src/domain/outline.ts'
import { type Run, settled } from '../../src/domain/run.ts'
import { type UndoPlan, undoPlan } from '../../src/domain/undo-plan.ts'
import { callbackIds } from '../action-ids.ts'
import { context, plain } from '../blocks.ts'
import { limits } from '../limits.ts'
import { encodeRunRef } from '../references.ts'
import { bold, labelled, outside, paragraph, type Words } from '../rich-text.ts'
import { stepTitle } from '../step-title.ts'
import { count } from '../wording.ts'
import { modal } from './modal.ts'
import { readInputs } from './read-inputs.ts'
import { readReason, reasonInput } from './reason-input.ts'

const MOST_NAMED = 15
const UNDO = 'undo'

interface Place {
  run: Run
  outline: WorkflowOutline
}

/** Asks why a run is cancelled, and shows before what would be undone, in which order, and what is left to people. */
export function cancelModal(run: Run, outline: WorkflowOutline): ModalView {
  const place = { run, outline }
  const open = run.steps.filter((step) => !settled(step)).length
  const plan = undoPlan(outline, run)
  return modal({
    title: run.cancelled ? 'Stop undoing' : 'Cancel this run',
    callback: callbackIds.cancelRun,
    metadata: encodeRunRef(run.id),
    blocks: [
      paragraph(bold(outline.title, 100), ': ', outside(run.subject.label, 150)),
      context(`run ${shortId(run.id)}`),
      ...(run.cancelled ? [stopsUndoing(open)] : planBlocks(plan, place, open)),
      reasonInput({
        label: run.cancelled ? 'Why is undoing stopped?' : 'Why is it cancelled?',
        placeholder: run.cancelled ? 'Undone by hand already' : 'The offer was withdrawn',
      }),
    ],
    submit: run.cancelled ? 'Stop undoing' : 'Cancel the run',
    close: 'Let it go on',
  })
}

const stopsUndoing = (open: number): KnownBlock =>
  paragraph(`The run ends at once. ${count(open, 'step')} of the undoing will not be carried out: do it by hand.`)

function planBlocks(plan: UndoPlan, place: Place, open: number): KnownBlock[] {
  const undone = plan.undone.map((each) => undoLine(each, place))
  const stays = plan.stays.map((each) => stayLine(each, place))
  const nothing = undone.length + stays.length === 0
  return [
    ...(nothing ? [paragraph('No step has done anything outside yet, so nothing is left behind.')] : []),
    ...(undone.length > 0 ? [labelled('Can be undone, in this order', { points: few(undone), isOrdered: true })] : []),
    ...(stays.length > 0 ? [labelled('Stays, and is for you to clean up by hand', { points: few(stays) })] : []),
    ...(undone.length > 0 ? [choice()] : []),
    paragraph(`${count(open, 'step')} will not be carried out any more. A cancelled run cannot be taken up again.`),
  ]
}

function few(lines: readonly Words[]): Words[] {
  const more = lines.length - MOST_NAMED
  return more > 0 ? [...lines.slice(0, MOST_NAMED), [`and ${more} more`]] : [...lines]
}

const STATES: Readonly<Record<UndoPlan['undone'][number]['state'], string>> = {
  done: '',
  partly: ' (it did not finish, and may have done a part)',
  running: ' (under way now: it is stopped first, and what it still does is undone)',
}

function undoLine({ step, state }: UndoPlan['undone'][number], { run, outline }: Place): Words {
  const undo = outlineOf(outline, step.key)?.undo ?? ''
  return [bold(stepTitle(outline, step.key, run), 80), ': ', outside(undo, 100), STATES[state]]
}

const WHY: Readonly<Record<UndoPlan['stays'][number]['why'], string>> = {
  'no-undo': 'Purser cannot undo it',
  'there-before': 'it was there before this run, and is left alone',
  'added-to': 'it was there before this run, and is left alone; what this run added to it stays',
  'by-hand': 'it was done by hand',
  'run-ended': 'that run has ended, and what it did stands',
}

function stayLine({ step, why }: UndoPlan['stays'][number], { run, outline }: Place): Words {
  const leaves = why === 'there-before' ? undefined : outlineOf(outline, step.key)?.leaves
  return [bold(stepTitle(outline, step.key, run), 80), `: ${WHY[why]}`, ...(leaves ? ['. ', outside(leaves, 200)] : [])]
}

function choice(): InputBlock {
  const option = (value: string, text: string) => ({ value, text: plain(text, limits.optionText) })
  const [undo, leave] = [option('yes', 'Undo it, step by step'), option('no', 'Leave it as it is')]
  return {
    type: 'input',
    block_id: UNDO,
    label: plain('What becomes of what is done?', limits.inputLabel),
    element: { type: 'radio_buttons', action_id: 'value', options: [undo, leave], initial_option: undo },
  }
}

/** The reason, and whether what was done is to be undone, from a submitted form. */
export function readCancel(values: unknown) {
  const read = readReason(values)
  return read.ok ? { ...read, undo: readInputs(values)[UNDO] === 'yes' } : read
}
