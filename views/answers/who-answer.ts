import type { DecisionKind } from '../../src/domain/decision-kind.ts'
import type { Decision } from '../../src/domain/run.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { bold, day, outside, type Piece, type Words } from '../rich-text.ts'
import { inGraphOrder, stepTitle } from '../step-title.ts'
import { texts } from '../texts/index.ts'
import { answerAboutRun } from './answer-about-run.ts'
import { openQuestions } from './open-questions.ts'
import type { RunInAnswer } from './status-answer.ts'

export type AskedDeed =
  | 'start'
  | 'approve'
  | 'refuse'
  | 'skip'
  | 'retry'
  | 'escalate'
  | 'complete'
  | 'hand-over'
  | 'cancel'

const KINDS: Readonly<Record<Exclude<AskedDeed, 'start'>, readonly DecisionKind[]>> = {
  approve: ['approve', 'refuse'],
  refuse: ['refuse'],
  skip: ['skip'],
  retry: ['retry'],
  escalate: ['escalate'],
  complete: ['complete', 'mark-done'],
  'hand-over': ['delegate', 'reassign'],
  cancel: ['cancel'],
}

export interface AskedWho {
  deed: AskedDeed
  /** The time that was named. */
  span: Span | null
}

interface Span {
  since: number
  until: number
}

/** Answers "who approved it?" and the like, with when, why, and the entry that proves it. */
export function whoAnswer(found: RunInAnswer, { deed, span }: AskedWho, ctx: DrawContext): Drawing {
  const { run, outline } = found
  if (deed === 'start') {
    const who = texts.runAnswers.started(bold(ctx.name(run.startedBy), 80), day(run.startedAt))
    return answerAboutRun(found, { says: [who] }, ctx)
  }
  const { says, entries } = deedsOf(found, { deed, span }, ctx)
  if (says.length > 0) return answerAboutRun(found, { says, entries }, ctx)
  const { nobody, whatItWaitsFor, notThen } = texts.runAnswers
  const ever = span ? deedsOf(found, { deed, span: null }, ctx) : { says, entries }
  if (span && ever.says.length > 0) {
    const then = notThen(day(span.since), day(span.until))
    return answerAboutRun(found, { says: [then, ...ever.says], entries: ever.entries }, ctx)
  }
  const waits = openQuestions(run, outline, ctx)
  const tellsWaits = waits.length > 0
  return answerAboutRun(found, { says: [[nobody[deed]]], label: whatItWaitsFor, points: waits, tellsWaits }, ctx)
}

/** Who did it in a run, and the entries in which that stands. */
export function deedsOf(
  { run, outline }: RunInAnswer,
  { deed, span }: { deed: Exclude<AskedDeed, 'start'>; span: Span | null },
  ctx: DrawContext,
): { says: Words[]; entries: string[] } {
  const isIn = ({ at }: { at: number }): boolean => span === null || (at >= span.since && at <= span.until)
  const done = inGraphOrder(run, outline).flatMap((step) =>
    step.decisions
      .filter((decision) => KINDS[deed].includes(decision.kind) && isIn(decision))
      .map((decision) => ({ decision, title: stepTitle(outline, step.key) })),
  )
  const cancelled = deed === 'cancel' ? run.history.filter((line) => line.kind === 'cancel' && isIn(line)) : []
  const says = [
    ...done.map(({ decision, title }) => told(decision, title, ctx)),
    ...cancelled.map(({ by, at, text }) =>
      texts.runAnswers.cancelled({ by: bold(ctx.name(by), 80), at: day(at), why: reasonOf(text) }),
    ),
  ]
  return { says, entries: done.map(({ decision }) => decision.entry) }
}

const told = ({ kind, by, at, reason, to }: Decision, title: string, ctx: DrawContext): Words =>
  texts.runAnswers.did({
    by: bold(ctx.name(by), 80),
    kind,
    step: outside(texts.words.quoted(title), 100),
    to: to ? bold(ctx.name(to), 80) : null,
    at: day(at),
    why: reasonOf(reason),
  })

const reasonOf = (reason: string | null): Piece | null => (reason ? outside(reason, 400) : null)
