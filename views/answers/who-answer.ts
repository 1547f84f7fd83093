import type { Decision, DecisionKind } from '../../src/domain/run.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { bold, day, outside, type Words } from '../rich-text.ts'
import { inGraphOrder, stepTitle } from '../step-title.ts'
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

const NOBODY: Readonly<Record<Exclude<AskedDeed, 'start'>, string>> = {
  approve: 'Nobody has approved or refused anything in it.',
  refuse: 'Nobody has refused anything in it.',
  skip: 'Nobody has skipped a step of it.',
  retry: 'Nobody has retried a step of it.',
  escalate: 'Nobody has escalated it.',
  complete: 'Nobody has marked a step of it as done.',
  'hand-over': 'Nobody has handed anything over in it.',
  cancel: 'Nobody has cancelled it.',
}

const PAST: Partial<Record<DecisionKind, string>> = {
  approve: 'approved',
  refuse: 'refused',
  skip: 'skipped',
  retry: 'retried',
  escalate: 'escalated',
  complete: 'has done',
  'mark-done': 'marked as done:',
  delegate: 'handed over',
  reassign: 'handed over',
}

/** Answers "who approved it?" and the like, with when, why, and the entry that proves it. */
export function whoAnswer(found: RunInAnswer, deed: AskedDeed, ctx: DrawContext): Drawing {
  const { run, outline } = found
  if (deed === 'start') {
    const who: Words = [bold(ctx.name(run.startedBy), 80), ' started it ', day(run.startedAt), '.']
    return answerAboutRun(found, { says: [who] }, ctx)
  }
  const wanted = KINDS[deed]
  const done = inGraphOrder(run, outline).flatMap((step) =>
    step.decisions
      .filter(({ kind }) => wanted.includes(kind))
      .map((decision) => ({ decision, title: stepTitle(outline, step.key) })),
  )
  const cancelled = deed === 'cancel' ? run.history.filter(({ kind }) => kind === 'cancel') : []
  const says = [
    ...done.map(({ decision, title }) => told(decision, title, ctx)),
    ...cancelled.map(
      (line): Words => [bold(ctx.name(line.by), 80), ' cancelled the run ', day(line.at), ...because(line.text)],
    ),
  ]
  if (says.length === 0) {
    const waits = openQuestions(run, outline, ctx)
    return answerAboutRun(found, { says: [[NOBODY[deed]]], label: 'What it waits for', points: waits }, ctx)
  }
  return answerAboutRun(found, { says, entries: done.map(({ decision }) => decision.entry) }, ctx)
}

const told = ({ kind, by, at, reason, to }: Decision, title: string, ctx: DrawContext): Words => [
  bold(ctx.name(by), 80),
  ` ${PAST[kind] ?? kind} `,
  outside(`“${title}”`, 100),
  ...(to ? ([' to ', bold(ctx.name(to), 80)] as const) : []),
  ' ',
  day(at),
  ...because(reason),
]

const because = (reason: string | null): Words => (reason ? [': ', outside(reason, 400)] : ['.'])
