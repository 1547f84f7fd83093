import { ended, type Run, type Step, settled } from '../../src/domain/run.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { bold, day, type Words } from '../rich-text.ts'
import { inGraphOrder, stepTitle } from '../step-title.ts'
import { duration } from '../times.ts'
import { waitsFor } from '../waits-for.ts'
import { count } from '../wording.ts'
import { answerAboutRun } from './answer-about-run.ts'
import type { RunInAnswer } from './status-answer.ts'

/** What earlier runs of the workflow took. */
export interface Usual {
  runs: number
  medianMs: number | null
}

const MOST_STEPS = 12

/** Answers "when will it be done?" and "what is next?": what is left, and what earlier runs took; nothing is promised. */
export function whenAnswer(found: RunInAnswer, usual: Usual, ctx: DrawContext): Drawing {
  const { run, outline } = found
  const started: Words = [bold(ctx.name(run.startedBy), 80), ' started it ', day(run.startedAt), '.']
  if (ended(run)) {
    const at = run.endedAt ?? run.startedAt
    return answerAboutRun(
      found,
      { says: [[...started, ' Ended ', day(at), `, after ${duration(at - run.startedAt)}.`]] },
      ctx,
    )
  }
  const left = inGraphOrder(run, outline).filter((step) => !settled(step))
  const points = left
    .slice(0, MOST_STEPS)
    .map((step): Words => [bold(stepTitle(outline, step.key), 80), ...stateOf(step, run, ctx)])
  const more: Words[] = left.length > MOST_STEPS ? [[`and ${left.length - MOST_STEPS} more`]] : []
  const label = `What is left: ${count(left.length, 'step')}`
  return answerAboutRun(found, { says: [started, usually(run, usual, ctx)], label, points: [...points, ...more] }, ctx)
}

function usually(run: Run, { runs, medianMs }: Usual, ctx: DrawContext): Words {
  if (medianMs === null) return ['No run of this workflow has finished yet, so that nobody can say how long it takes.']
  const expected = run.startedAt + medianMs
  const half =
    runs === 1
      ? `The one finished run took ${duration(medianMs)}`
      : `Half of the last ${runs} finished runs took at most ${duration(medianMs)}`
  return expected > ctx.now ? [`${half}: that would be `, day(expected), '.'] : [`${half}: this one takes longer.`]
}

function stateOf(step: Step, run: Run, ctx: DrawContext): Words {
  switch (step.status) {
    case 'waiting':
      return [' ', ...waitsFor(step, run, ctx)]
    case 'running':
      return [' is under way']
    case 'backing-off':
      return [' is tried again ', day(step.resumeAt)]
    case 'failed':
    case 'unknown':
      return [' needs a decision first']
    default:
      return [' comes later']
  }
}
