import type { Bulk } from '../../src/domain/bulk.ts'
import { context } from '../blocks.ts'
import { bulkProgress, stopButton } from '../cards/bulk-card.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { type BulkPreview, heldInWords, rest } from '../modals/bulk-retry-modal.ts'
import { bold, day, lines, outside, paragraph, type Words } from '../rich-text.ts'
import { count } from '../wording.ts'

/** Nothing fits that could safely be retried; what asks for a person is named. */
export function nothingToRetry(preview: Omit<BulkPreview, 'id' | 'filter'>, examples: readonly string[]): Drawing {
  const head: Words = ['Nothing fits that can be retried in bulk.']
  const try_: Words = ['For example: ', bold(`/purser retry ${examples.join(' ')}`, 300)]
  const asking: Words[] =
    preview.askingCount > 0 ? [[`${count(preview.askingCount, 'step')} left out: somebody has to look.`]] : []
  const held: Words[] = preview.held > 0 ? [[heldInWords(preview.held)]] : []
  return {
    blocks: [paragraph(...head), ...rest(preview), paragraph(...try_)],
    text: fallbackText([head, ...asking, ...held, try_]),
  }
}

/** Answers `/purser bulk`: those that were asked for lately, with how far they are. */
export function bulkList(bulks: readonly Bulk[], ctx: DrawContext): Drawing {
  const head: Words = [
    bulks.length === 0
      ? 'Nothing was retried in bulk yet. '
      : `🔁 ${count(bulks.length, 'bulk retry', 'bulk retries')}, newest first. `,
    bold('/purser retry service:github since:2h'),
    ' begins one.',
  ]
  return {
    blocks: [paragraph(...head), ...bulks.flatMap((bulk) => [lines([bulkWords(bulk, ctx)]), ...stopButton(bulk)])],
    text: fallbackText([head, ...bulks.map((bulk) => bulkWords(bulk, ctx))]),
  }
}

const bulkWords = (bulk: Bulk, ctx: DrawContext): Words => [
  bold(`“${bulk.name}”`, 80),
  `: ${bulkProgress(bulk)}. By `,
  outside(ctx.name(bulk.by), 60),
  ', ',
  day(bulk.since),
  bulk.status === 'ended' ? ', ended.' : ', under way.',
]

/** Nothing is left to stop. */
export function bulkOver(bulk: Bulk): Drawing {
  const says: Words = ['⏱️ All of them had their turn already: ', outside(bulkProgress(bulk), 200), '.']
  return { blocks: [paragraph(...says)], text: fallbackText([says]) }
}

/** A window that stood for too long, or of which Purser knows nothing any more. */
export function draftGone(): Drawing {
  const says: Words = ['⏱️ This list is too old, and nothing was retried. Ask again with ', bold('/purser retry'), '.']
  return {
    blocks: [paragraph(...says), context('What is shown there is exactly what is retried.')],
    text: fallbackText([says]),
  }
}
