import { context, markup } from '../blocks.ts'
import type { Drawing } from '../drawing.ts'
import { cut, limits } from '../limits.ts'
import { bold, outside, paragraph, type Words, wordsAsText } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { duration } from '../times.ts'
import { fullStop } from '../wording.ts'

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
  const told = lines.map(wordsAsText)
  const room = limits.fallbackText - told.join('\n').length - 1
  return {
    // Plain text alone where Slack refused the blocks.
    blocks: [...drawing.blocks, context(...told.map((text) => markup(text)))],
    text: [cut(drawing.text, room), ...told].join('\n'),
  }
}

function lateWords({ ms, why }: { ms: number; why: string | null }): Words {
  const by = duration(ms)
  return why === null ? texts.delivery.late(by) : texts.delivery.lateBecause(by, [outside(why, 200), fullStop(why)])
}

const detourWords = ({ home, why }: { home: string; why: string }): Words =>
  texts.delivery.elsewhere(bold(home, 80), [outside(why, 300), fullStop(why)])

/** What is left where a card stood, once it stands elsewhere. */
export function movedAway(to: string): Drawing {
  const words = texts.delivery.moved(bold(to, 80))
  return { blocks: [paragraph(...words)], text: wordsAsText(words) }
}
