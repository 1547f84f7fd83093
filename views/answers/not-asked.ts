import type { Run, Step } from '../../src/domain/run.ts'
import { type Standing, stillAsked } from '../../src/domain/standing.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { bold, lines, type Words } from '../rich-text.ts'
import { approvalCount, askedInWords } from '../waits-for.ts'

/** Somebody answered who may not, or not any more: why, and who may. */
export function notAskedHere(
  { run, step }: { run: Run; step: Step },
  standing: Exclude<Standing, 'may'>,
  ctx: DrawContext,
): Drawing {
  const asked = stillAsked(step)
  const who = bold(asked ? askedInWords(asked, run.team, ctx) : '', 200)
  const all = WORDS[standing]({ who, step })
  return { blocks: [lines(all)], text: fallbackText(all) }
}

interface About {
  who: Words[number]
  step: Step
}

const WORDS: Record<Exclude<Standing, 'may'>, (about: About) => Words[]> = {
  'not-asked': ({ who }) => [
    ['🚫 You are not among those who are asked here.'],
    [who, ' may answer. Ask one of them to do it, or to hand it over to you.'],
  ],
  'own-run': ({ who }) => [
    ['🚫 You may not decide on what you have started yourself, or on what is about you.'],
    [who, ' may. It is waiting for one of them.'],
  ],
  'approved-already': ({ step }) => [
    ['You have approved this already; it counts once.'],
    [step.wait?.kind === 'approval' ? `There are ${approvalCount(step, step.wait)} so far.` : 'It waits for others.'],
  ],
  'spoken-for': () => [
    ['Your voice has been given already: somebody stood in while you were away, or the other way round.'],
    ['A voice counts once. It waits for others now.'],
  ],
  'handed-over': ({ who }) => [
    ['🚫 You have handed this over.'],
    [who, ' may answer. Whoever has it can hand it back to you.'],
  ],
}
