import { shortId } from '../../src/domain/ids.ts'
import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { tameList } from '../outside-text.ts'
import { bold, labelled, paragraph, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { sources } from './sources.ts'
import type { RunInAnswer } from './status-answer.ts'

export interface PointsOfRun {
  of: RunInAnswer
  points: readonly Words[]
  /** Entries of the ledger in which they stand. */
  entries?: readonly string[]
}

/** What there is to tell of in a time. */
export interface FoundInTime {
  /** In which something happened in it. */
  runs: readonly RunInAnswer[]
  unopened: number
  span: { since: number; until: number }
}

/** An answer, and the runs that it tells of. */
export interface AnswerInTime {
  drawing: Drawing
  shown: readonly RunInAnswer[]
}

interface Told {
  head: Words
  told: readonly PointsOfRun[]
  /** Older runs that were not looked into. */
  unopened?: number
}

const MOST_RUNS = 8

/** What is to be said of several runs, the points of each below its name. */
export function pointsOfRuns({ head, told, unopened = 0 }: Told): Drawing {
  const says = texts.runAnswers
  const shown = told.slice(0, MOST_RUNS)
  const rest: Words[] = [
    ...(told.length > shown.length ? [[says.andInMore(told.length - shown.length)]] : []),
    ...(unopened > 0 ? [[says.notLookedInto(unopened)]] : []),
  ]
  const runs = shown.map(({ of }) => of.run.id)
  const from = sources({ runs, entries: shown.flatMap(({ entries = [] }) => entries) })
  return {
    blocks: [
      paragraph(...head),
      ...shown.map(({ of, points }) => labelled(tameList([of.run.subject.label, of.outline.title]), { points })),
      ...rest.map((words) => paragraph(...words)),
      ...from.block,
    ],
    text: fallbackText([
      head,
      ...shown.flatMap(({ of, points }): Words[] => [
        texts.words.ofRun(bold(of.run.subject.label), shortId(of.run.id)),
        ...points,
      ]),
      ...rest,
      ...from.words,
    ]),
  }
}
