import type { Debt } from '../../src/domain/debt.ts'
import { shortId } from '../../src/domain/ids.ts'
import type { WorkflowOutline } from '../../src/domain/outline.ts'
import { isBlocking, type Run, type Step } from '../../src/domain/run.ts'
import { owesIt } from '../absences.ts'
import { allOf, type SomeOf } from '../answers/some-of.ts'
import { context, header, markup } from '../blocks.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { bold, date, day, labelled, outside, paragraph, type Words } from '../rich-text.ts'
import { stepTitle } from '../step-title.ts'
import { texts } from '../texts/index.ts'
import { dateToken, duration } from '../times.ts'

interface Told {
  run: Run
  outline: WorkflowOutline
}

export interface DigestSubject {
  /** Milliseconds since 1970; what ended is counted from here. */
  since: number
  stuck: SomeOf<Told>
  overdue: readonly (Told & { step: Step })[]
  owed: readonly (Told & { debt: Debt })[]
  underWay: number
  /** Those of them that wait for people or for a time. */
  waiting: number
  /** Those of them that a pause, an incident or the brake keeps from going on. */
  held: number
  ended: { count: number; succeeded: number; refused: number; medianMs: number | null }
}

const MOST = 8

/** A channel's summary in the morning: what needs somebody first, then how it goes. */
export function digestCard(subject: DigestSubject, ctx: DrawContext): Drawing {
  const { stuck, overdue, owed } = subject
  const needs = stuck.count + overdue.length + owed.length
  const says = texts.digestAndBoard
  const title = needs === 0 ? says.nothingToDo : says.thingsToDo(needs)
  const parts = [
    { label: says.stuck, points: some(stuck, (each) => stuckWords(each)) },
    {
      label: says.overdue,
      points: some(allOf(overdue), (each) => [
        ...about(each),
        ': ',
        outside(stepTitle(each.outline, each.step.key), 60),
      ]),
    },
    { label: says.owed, points: some(allOf(owed), (each) => owedWords(each, ctx)) },
  ].filter(({ points }) => points.length > 0)
  const going = goingWords(subject)
  return {
    blocks: [
      header(title),
      ...parts.map(({ label, points }) => labelled(label, { points })),
      paragraph(...going),
      context(markup(says.digestOf(dateToken(subject.since, 'near'), dateToken(ctx.now, 'near')))),
    ],
    text: fallbackText([[title], ...parts.flatMap(({ label, points }): Words[] => [[label], ...points]), going]),
  }
}

function some<T>({ first, count: all }: SomeOf<T>, words: (each: T) => Words): Words[] {
  const shown = first.slice(0, MOST)
  const more = all - shown.length
  return [...shown.map(words), ...(more > 0 ? [[texts.words.andMore(more)] as Words] : [])]
}

const about = ({ run, outline }: Told): Words => [
  bold(run.subject.label, 60),
  ' · ',
  outside(outline.title, 40),
  ` ${shortId(run.id)}`,
]

function stuckWords({ run, outline }: Told): Words {
  const step = run.steps.find(isBlocking)
  if (!step) return about({ run, outline })
  const why = texts.digestAndBoard.stuckSince(outside(stepTitle(outline, step.key), 60), day(step.failing.since))
  return [...about({ run, outline }), ': ', ...why]
}

const owedWords = ({ run, outline, debt }: Told & { debt: Debt }, ctx: DrawContext): Words => [
  ...about({ run, outline }),
  ': ',
  ...texts.digestAndBoard.owes({
    step: outside(stepTitle(outline, debt.step), 60),
    due: date(debt.due),
    who: outside(owesIt(debt, run.team, ctx), 120),
  }),
]

function goingWords({ underWay, waiting, held, ended }: DigestSubject): Words {
  const says = texts.digestAndBoard
  const median = ended.medianMs === null ? null : duration(ended.medianMs)
  const then = ended.count === 0 ? says.nothingEnded : says.ended({ ...ended, median })
  return [says.going({ underWay, waiting, held }), ' ', then]
}
