import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { paragraph, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { type HeldBack, pausedAnswer } from './paused-answer.ts'
import { runList } from './run-list.ts'
import { allOf, type SomeOf } from './some-of.ts'
import type { RunInAnswer } from './status-answer.ts'

/** Answers "what is stuck?": runs that need somebody, then what a pause, an incident or the brake keeps from going on. */
export function stuckList(found: SomeOf<RunInAnswer>, holds: readonly HeldBack[], ctx: DrawContext): Drawing {
  const stuck = runList('stuck', found, ctx)
  if (holds.length === 0) return stuck
  const held = pausedAnswer({ holds, runs: allOf([]) }, ctx)
  const onlyHeld: Words = [texts.lists.onlyHeld]
  const first = found.count > 0 ? stuck : { blocks: [paragraph(...onlyHeld)], text: fallbackText([onlyHeld]) }
  return { blocks: [...first.blocks, ...held.blocks], text: `${first.text}\n${held.text}` }
}
