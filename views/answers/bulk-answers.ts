import type { Bulk } from '../../src/domain/bulk.ts'
import { context } from '../blocks.ts'
import { bulkProgress, stopButton } from '../cards/bulk-card.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { type BulkPreview, heldInWords, rest } from '../modals/bulk-retry-modal.ts'
import { bold, day, lines, outside, paragraph, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'

/** Nothing fits that could safely be retried; what asks for a person is named. */
export function nothingToRetry(preview: Omit<BulkPreview, 'id' | 'filter'>, examples: readonly string[]): Drawing {
  const { nothingFits, leftOut } = texts.bulkAnswers
  const head: Words = [nothingFits]
  const try_ = texts.words.forExample(bold(`/purser retry ${examples.join(' ')}`, 300))
  const asking: Words[] = preview.askingCount > 0 ? [[leftOut(preview.askingCount)]] : []
  const held: Words[] = preview.held > 0 ? [[heldInWords(preview.held)]] : []
  return {
    blocks: [paragraph(...head), ...rest(preview), paragraph(...try_)],
    text: fallbackText([head, ...asking, ...held, try_]),
  }
}

/** Answers `/purser bulk`: those that were asked for lately, with how far they are. */
export function bulkList(bulks: readonly Bulk[], ctx: DrawContext): Drawing {
  const { none, some } = texts.bulkAnswers
  const head = bulks.length === 0 ? none() : some(bulks.length)
  return {
    blocks: [paragraph(...head), ...bulks.flatMap((bulk) => [lines([bulkWords(bulk, ctx)]), ...stopButton(bulk)])],
    text: fallbackText([head, ...bulks.map((bulk) => bulkWords(bulk, ctx))]),
  }
}

const bulkWords = (bulk: Bulk, ctx: DrawContext): Words =>
  texts.bulkAnswers.bulk({
    name: bold(texts.words.quoted(bulk.name), 80),
    progress: bulkProgress(bulk),
    by: outside(ctx.name(bulk.by), 60),
    since: day(bulk.since),
    isOver: bulk.status === 'ended',
  })

/** Nothing is left to stop. */
export function bulkOver(bulk: Bulk): Drawing {
  const says = texts.bulkAnswers.over(outside(bulkProgress(bulk), 200))
  return { blocks: [paragraph(...says)], text: fallbackText([says]) }
}

/** A window that stood for too long, or of which Purser knows nothing any more. */
export function draftGone(): Drawing {
  const says = texts.bulkAnswers.tooOld()
  return {
    blocks: [paragraph(...says), context(texts.bulkAnswers.exactlyThese)],
    text: fallbackText([says]),
  }
}
