import { ended, type Run, type Step, settled } from '../../src/domain/run.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { bold, day, type Words } from '../rich-text.ts'
import { inGraphOrder, stepTitle } from '../step-title.ts'
import { texts } from '../texts/index.ts'
import { duration } from '../times.ts'
import { waitsFor } from '../waits-for.ts'
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
  const says = texts.runAnswers
  const started = says.started(bold(ctx.name(run.startedBy), 80), day(run.startedAt))
  if (ended(run)) {
    const at = run.endedAt ?? run.startedAt
    const over = says.ended(day(at), duration(at - run.startedAt))
    return answerAboutRun(found, { says: [[...started, ' ', ...over]] }, ctx)
  }
  const left = inGraphOrder(run, outline).filter((step) => !settled(step))
  const points = left.slice(0, MOST_STEPS).map((step) => stateOf(step, found, ctx))
  const more: Words[] = left.length > MOST_STEPS ? [[texts.words.andMore(left.length - MOST_STEPS)]] : []
  const label = says.whatIsLeft(left.length)
  const parts = { label, points: [...points, ...more], tellsWaits: true }
  return answerAboutRun(found, { says: [started, usually(run, usual, ctx)], ...parts }, ctx)
}

function usually(run: Run, { runs, medianMs }: Usual, ctx: DrawContext): Words {
  const { noneFinished, wouldBeDone, takesLonger } = texts.runAnswers
  if (medianMs === null) return [noneFinished]
  const expected = run.startedAt + medianMs
  const usual = { runs, took: duration(medianMs) }
  return expected > ctx.now ? wouldBeDone(usual, day(expected)) : [takesLonger(usual)]
}

function stateOf(step: Step, { run, outline }: RunInAnswer, ctx: DrawContext): Words {
  const says = texts.runAnswers
  const title = bold(stepTitle(outline, step.key), 80)
  switch (step.status) {
    case 'waiting':
      return says.waits(title, waitsFor(step, run, ctx))
    case 'running':
      return says.isUnderWay(title)
    case 'backing-off':
      return says.isTriedAgain(title, day(step.resumeAt))
    case 'failed':
    case 'unknown':
      return says.needsDecision(title)
    default:
      return says.comesLater(title)
  }
}
