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
import { texts } from '../texts/index.ts'
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
  const { title, why, example, submit } = run.cancelled ? texts.runWindows.stopUndoing : texts.runWindows.cancel
  return modal({
    title,
    callback: callbackIds.cancelRun,
    metadata: encodeRunRef(run.id),
    blocks: [
      paragraph(bold(outline.title, 100), ': ', outside(run.subject.label, 150)),
      context(texts.words.run(shortId(run.id))),
      ...(run.cancelled ? [stopsUndoing(open)] : planBlocks(plan, place, open)),
      reasonInput({ label: why, placeholder: example }),
    ],
    submit,
    close: texts.runWindows.letItGoOn,
  })
}

const stopsUndoing = (open: number): KnownBlock => paragraph(texts.runWindows.stopUndoing.endsNow(open))

function planBlocks(plan: UndoPlan, place: Place, open: number): KnownBlock[] {
  const undone = plan.undone.map((each) => undoLine(each, place))
  const stays = plan.stays.map((each) => stayLine(each, place))
  const nothing = undone.length + stays.length === 0
  const { nothingLeft, canBeUndone, leftByHand, isFinal } = texts.runWindows.cancel
  return [
    ...(nothing ? [paragraph(nothingLeft)] : []),
    ...(undone.length > 0 ? [labelled(canBeUndone, { points: few(undone), isOrdered: true })] : []),
    ...(stays.length > 0 ? [labelled(leftByHand, { points: few(stays) })] : []),
    ...(undone.length > 0 ? [choice()] : []),
    paragraph(isFinal(open)),
  ]
}

function few(lines: readonly Words[]): Words[] {
  const more = lines.length - MOST_NAMED
  return more > 0 ? [...lines.slice(0, MOST_NAMED), [texts.words.andMore(more)]] : [...lines]
}

function undoLine({ step, state }: UndoPlan['undone'][number], { run, outline }: Place): Words {
  const undo = outlineOf(outline, step.key)?.undo ?? ''
  return texts.runWindows.cancel.undoes[state](bold(stepTitle(outline, step.key, run), 80), outside(undo, 100))
}

function stayLine({ step, why }: UndoPlan['stays'][number], { run, outline }: Place): Words {
  const leaves = why === 'there-before' ? undefined : outlineOf(outline, step.key)?.leaves
  const says = texts.runWindows.cancel.stays[why](bold(stepTitle(outline, step.key, run), 80))
  return leaves ? [...says, '. ', outside(leaves, 200)] : says
}

function choice(): InputBlock {
  const option = (value: string, text: string) => ({ value, text: plain(text, limits.optionText) })
  const { undo: undoIt, leave: leaveIt, whatOfDone } = texts.runWindows.cancel
  const [undo, leave] = [option('yes', undoIt), option('no', leaveIt)]
  return {
    type: 'input',
    block_id: UNDO,
    label: plain(whatOfDone, limits.inputLabel),
    element: { type: 'radio_buttons', action_id: 'value', options: [undo, leave], initial_option: undo },
  }
}

/** The reason, and whether what was done is to be undone, from a submitted form. */
export function readCancel(values: unknown) {
  const read = readReason(values)
  return read.ok ? { ...read, undo: readInputs(values)[UNDO] === 'yes' } : read
}
