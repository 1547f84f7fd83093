import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { bold, day, outside, paragraph, type Words } from '../rich-text.ts'
import { duration } from '../times.ts'
import { count, listed } from '../wording.ts'

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
  const of: Words = title === null ? [] : [' of ', outside(title, 80)]
  const head: Words = [
    bold(`${count(ended, 'run')} ended`),
    ...of,
    ', ',
    `${started} started, between `,
    day(tally.since),
    ' and ',
    day(tally.until),
    '.',
  ]
  const carriedOut = ended - refused
  const rate =
    carriedOut === 0 ? '' : `${succeeded} of ${carriedOut} succeeded (${Math.round((succeeded / carriedOut) * 100)}%)`
  const median = medianMs === null ? '' : `half of them within ${duration(medianMs)}`
  const turned = refused === 0 ? '' : `${refused} ${refused === 1 ? 'was' : 'were'} refused`
  const parts = [rate, median, turned].filter(Boolean).join(', ')
  const detail: Words[] = parts === '' ? [] : [[`${parts.charAt(0).toUpperCase()}${parts.slice(1)}.`]]
  const names: Words[] = tally.names.length === 0 ? [] : [['Ended: ', outside(listed(tally.names, 10), 900)]]
  const all = [head, ...detail, ...names, ['From all runs that you may see.'] satisfies Words]
  return { blocks: all.map((words) => paragraph(...words)), text: fallbackText(all) }
}
