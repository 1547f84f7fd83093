import type { KnownBlock, ModalView } from '@slack/types'
import { type BulkId, shortId } from '../../src/domain/ids.ts'
import type { WorkflowOutline } from '../../src/domain/outline.ts'
import type { Run, Step } from '../../src/domain/run.ts'
import { callbackIds } from '../action-ids.ts'
import { context, plain } from '../blocks.ts'
import { limits } from '../limits.ts'
import { encodeBulkRef } from '../references.ts'
import { bold, labelled, outside, paragraph, type Words } from '../rich-text.ts'
import { stepTitle } from '../step-title.ts'
import { texts } from '../texts/index.ts'
import { modal } from './modal.ts'

export interface RetryInPreview {
  run: Run
  outline: WorkflowOutline
  step: Step
}

/** What would be retried, before anybody asks for it. */
export interface BulkPreview {
  id: BulkId
  /** As typed. */
  filter: string
  /** Safely retried. */
  members: readonly RetryInPreview[]
  /** That fit too, beyond those that one bulk retry takes. */
  more: number
  /** It is not known whether they were done: somebody has to look. The oldest of them. */
  asking: readonly RetryInPreview[]
  askingCount: number
  /** That fit too, and go on by themselves when a pause, an incident or the brake ends. */
  held: number
  /** Runs that were not looked through: the asker may not retry there. */
  notAllowed: number
}

const MOST_NAMED = 12
/** Retries that begin within a minute, where nothing else is asked for. */
const PER_MINUTE = 20
export const MOST_PER_MINUTE = 120

/** Shows what a bulk retry would retry and what it leaves out, and asks for its name and rate. */
export const bulkRetryModal = (preview: BulkPreview): ModalView =>
  modal({
    title: texts.bulkWindow.title,
    callback: callbackIds.bulkRetry,
    metadata: encodeBulkRef(preview.id),
    blocks: [
      paragraph(...texts.bulkWindow.willBeRetried(bold(texts.bulkWindow.steps(preview.members.length)))),
      context(preview.filter ? texts.bulkWindow.filter(preview.filter) : texts.bulkWindow.allThatFails),
      labelled(texts.bulkWindow.safe, { points: named(preview.members, preview.members.length) }),
      ...rest(preview),
      nameInput(),
      rateInput(),
    ],
    submit: texts.bulkWindow.submit,
  })

/** `Create the account for Jane Doe (run 1a2b3c4d): vendor answered 503.` */
function retryWords({ run, outline, step }: RetryInPreview): Words {
  const failed = 'failing' in step && step.failing ? step.failing.failure.message : ''
  const member = {
    step: outside(stepTitle(outline, step.key), 80),
    subject: outside(run.subject.label, 80),
    run: shortId(run.id),
  }
  return failed
    ? texts.bulkWindow.failedMember({ ...member, why: outside(failed, 120) })
    : texts.bulkWindow.member(member)
}

function named(all: readonly RetryInPreview[], total: number): Words[] {
  const shown = all.slice(0, MOST_NAMED).map(retryWords)
  return total > shown.length ? [...shown, [texts.words.andMore(total - shown.length)]] : shown
}

/** What is left out, and why. */
export function rest({
  asking,
  askingCount,
  more,
  held,
  notAllowed,
}: Omit<BulkPreview, 'id' | 'filter'>): KnownBlock[] {
  const { notKnown, oneByOne, moreFit, notAllowed: notLooked, held: areHeld } = texts.bulkWindow
  const left = asking.length === 0 ? [] : [labelled(notKnown, { points: named(asking, askingCount) })]
  const says = [
    ...(asking.length === 0 ? [] : [oneByOne]),
    ...(more === 0 ? [] : [moreFit(more)]),
    ...(held === 0 ? [] : [areHeld(held)]),
    ...(notAllowed === 0 ? [] : [notLooked(notAllowed)]),
  ]
  return says.length === 0 ? left : [...left, context(says.join(' '))]
}

/** `2 steps are held by a pause, an incident or the brake, and go on when that ends.` */
export const heldInWords = (held: number): string => texts.bulkWindow.held(held)

const nameInput = (): KnownBlock => ({
  type: 'input',
  block_id: 'name',
  label: plain(texts.bulkWindow.name, limits.inputLabel),
  hint: plain(texts.bulkWindow.nameMeans, limits.inputLabel),
  element: {
    type: 'plain_text_input',
    action_id: 'value',
    min_length: 3,
    max_length: 60,
    focus_on_load: true,
    placeholder: plain(texts.bulkWindow.nameExample, limits.placeholder),
  },
})

const rateInput = (): KnownBlock => ({
  type: 'input',
  block_id: 'rate',
  label: plain(texts.bulkWindow.rate, limits.inputLabel),
  hint: plain(texts.bulkWindow.rateMeans, limits.inputLabel),
  element: {
    type: 'number_input',
    action_id: 'value',
    is_decimal_allowed: false,
    initial_value: String(PER_MINUTE),
    min_value: '1',
    max_value: String(MOST_PER_MINUTE),
  },
})
