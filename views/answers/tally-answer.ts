import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { day, outside, paragraph, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { duration } from '../times.ts'
import { listed } from '../wording.ts'

/** What started and ended in a time. */
export interface Tally {
  since: number
  until: number
  started: number
  ended: number
  succeeded: number
  refused: number
  medianMs: number | null
  /** Whom those were about that ended, newest first. */
  names: readonly string[]
  /** Of which workflow; null for all. */
  title: string | null
}

/** Answers "how many finished this week?". */
export function tallyAnswer(tally: Tally, _ctx: DrawContext): Drawing {
  const { started, ended, succeeded, refused, medianMs, title } = tally
  const says = texts.lists
  const head = says.tally({
    ended,
    started,
    title: title === null ? null : outside(title, 80),
    since: day(tally.since),
    until: day(tally.until),
  })
  const within = medianMs === null ? null : duration(medianMs)
  const how = says.howTheyEnded({ carriedOut: ended - refused, succeeded, refused, within })
  const names: Words[] = tally.names.length === 0 ? [] : [says.endedWere(outside(listed(tally.names, 10), 900))]
  const all: Words[] = [head, ...(how === '' ? [] : [[how]]), ...names, [says.ofAllYouMaySee]]
  return { blocks: all.map((words) => paragraph(...words)), text: fallbackText(all) }
}
