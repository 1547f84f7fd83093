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
import { count } from '../wording.ts'
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
    title: 'Retry in bulk',
    callback: callbackIds.bulkRetry,
    metadata: encodeBulkRef(preview.id),
    blocks: [
      paragraph(bold(count(preview.members.length, 'step')), ' will be retried, oldest run first.'),
      context(`Filter: ${preview.filter || 'everything that fails'}`),
      labelled('Safe to retry', { points: named(preview.members, preview.members.length) }),
      ...rest(preview),
      nameInput(),
      rateInput(),
    ],
    submit: 'Retry them',
  })

/** `Create the account for Jane Doe (run 1a2b3c4d): vendor answered 503.` */
function retryWords({ run, outline, step }: RetryInPreview): Words {
  const failed = 'failing' in step && step.failing ? step.failing.failure.message : ''
  return [
    outside(stepTitle(outline, step.key), 80),
    ' for ',
    outside(run.subject.label, 80),
    ` (run ${shortId(run.id)})`,
    ...(failed ? [': ', outside(failed, 120)] : []),
  ]
}

function named(all: readonly RetryInPreview[], total: number): Words[] {
  const shown = all.slice(0, MOST_NAMED).map(retryWords)
  return total > shown.length ? [...shown, [`and ${total - shown.length} more`]] : shown
}

/** What is left out, and why. */
export function rest({
  asking,
  askingCount,
  more,
  held,
  notAllowed,
}: Omit<BulkPreview, 'id' | 'filter'>): KnownBlock[] {
  const left =
    asking.length === 0
      ? []
      : [labelled('❓ Left out: it is not known whether they were done', { points: named(asking, askingCount) })]
  const says = [
    ...(asking.length === 0 ? [] : ['Decide those on their cards, one by one.']),
    ...(more === 0 ? [] : [`${more} more fit: ask once more when these are through.`]),
    ...(held === 0 ? [] : [heldInWords(held)]),
    ...(notAllowed === 0 ? [] : [`${count(notAllowed, 'run')} not looked through: you may not retry there.`]),
  ]
  return says.length === 0 ? left : [...left, context(says.join(' '))]
}

/** `2 steps are held by a pause, an incident or the brake, and go on when that ends.` */
export const heldInWords = (held: number): string =>
  `⏸️ ${count(held, 'step')} ${held === 1 ? 'is' : 'are'} held by a pause, an incident or the brake, and ${held === 1 ? 'goes' : 'go'} on when that ends.`

const nameInput = (): KnownBlock => ({
  type: 'input',
  block_id: 'name',
  label: plain('What is it called?', limits.inputLabel),
  hint: plain('Stands on its card, so that others know what it is about.', limits.inputLabel),
  element: {
    type: 'plain_text_input',
    action_id: 'value',
    min_length: 3,
    max_length: 60,
    focus_on_load: true,
    placeholder: plain('GitHub outage', limits.placeholder),
  },
})

const rateInput = (): KnownBlock => ({
  type: 'input',
  block_id: 'rate',
  label: plain('How many a minute?', limits.inputLabel),
  hint: plain('A service that was down takes them better one after another.', limits.inputLabel),
  element: {
    type: 'number_input',
    action_id: 'value',
    is_decimal_allowed: false,
    initial_value: String(PER_MINUTE),
    min_value: '1',
    max_value: String(MOST_PER_MINUTE),
  },
})
