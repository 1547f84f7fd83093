import { context, markup } from '../blocks.ts'
import type { Drawing } from '../drawing.ts'
import { cut, limits } from '../limits.ts'
import { bold, outside, paragraph, type Words, wordsAsText } from '../rich-text.ts'
import { duration } from '../times.ts'

export interface Standing {
  /** How long after the failure it came, where that is too long. */
  late: { ms: number; why: string | null } | null
  /** The channel that it belongs to, and why that takes nothing, while it stands elsewhere. */
  detour: { home: string; why: string } | null
}

/** A card with what has to be said of its own delivery. */
export function whereItStands(drawing: Drawing, standing: Standing): Drawing {
  const lines = [
    ...(standing.late ? [lateWords(standing.late)] : []),
    ...(standing.detour ? [detourWords(standing.detour)] : []),
  ]
  if (lines.length === 0) return drawing
  const texts = lines.map(wordsAsText)
  const room = limits.fallbackText - texts.join('\n').length - 1
  return {
    // Plain text alone where Slack refused the blocks.
    blocks: [...drawing.blocks, context(...texts.map((text) => markup(text)))],
    text: [cut(drawing.text, room), ...texts].join('\n'),
  }
}

const lateWords = ({ ms, why }: { ms: number; why: string | null }): Words => [
  `⏱️ This alert came late: ${duration(ms)} after the failure`,
  ...(why === null ? ['.'] : [', because Slack did not take it before: ', outside(why, 200)]),
]

const detourWords = ({ home, why }: { home: string; why: string }): Words => [
  '📍 Shown here because it cannot be shown in ',
  bold(home, 80),
  ': ',
  outside(why, 300),
]

/** What is left where a card stood, once it stands elsewhere. */
export function movedAway(to: string): Drawing {
  const words: Words = ['📍 This card has moved to ', bold(to, 80), '. Its buttons are there.']
  return { blocks: [paragraph(...words)], text: wordsAsText(words) }
}
