import type { KnownBlock } from '@slack/types'
import type { Hold } from '../../src/domain/hold.ts'
import { context } from '../blocks.ts'
import { holdButtons } from '../cards/hold-card.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { endWords, mayResume, scopeInWords } from '../held.ts'
import { bold, day, labelled, lines, outside, paragraph, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import type { SomeOf } from './some-of.ts'
import { listEntry, type RunInAnswer } from './status-answer.ts'

export interface HeldBack {
  hold: Hold
  /** Runs that wait for it. */
  waiting: number
  /** Whether the reader may let it go on. */
  may: boolean
}

const MOST = 8

/** Answers "what is paused?": what people, incidents and brakes hold back, and single runs that somebody paused. */
export function pausedAnswer(
  { holds, runs }: { holds: readonly HeldBack[]; runs: SomeOf<RunInAnswer> },
  ctx: DrawContext,
): Drawing {
  const says = texts.holdAnswers
  if (holds.length + runs.count === 0) {
    const nothing: Words = [says.nothing]
    return { blocks: [paragraph(...nothing)], text: fallbackText([nothing]) }
  }
  const points = holds.slice(0, MOST).map((each) => heldBack(each, ctx))
  const rest = holds.length - points.length
  const label = says.heldBackNow
  const alone: Words = [says.oneByOne(runs.count)]
  const shown = runs.first.slice(0, MOST)
  return {
    blocks: [
      ...(points.length > 0 ? [labelled(label, {})] : []),
      ...holds.slice(0, MOST).flatMap((each) => heldBackEntry(each, ctx)),
      ...(rest > 0 ? [context(texts.words.andMore(rest))] : []),
      ...(shown.length > 0 ? [paragraph(...alone), ...shown.flatMap((each) => listEntry(each, ctx))] : []),
    ],
    text: fallbackText([
      ...(points.length > 0 ? [[label] as Words, ...points] : []),
      ...(shown.length > 0 ? [alone, ...shown.map(({ run }): Words => [bold(run.subject.label)])] : []),
    ]),
  }
}

/** One of them, with what the reader may press. */
export const heldBackEntry = (each: HeldBack, ctx: DrawContext): KnownBlock[] => [
  lines([heldBack(each, ctx)]),
  ...(each.may ? holdButtons(each.hold) : []),
]

function heldBack({ hold, waiting }: HeldBack, ctx: DrawContext): Words {
  const name = bold(hold.kind === 'incident' ? serviceOf(hold, ctx) : scopeInWords(hold, ctx), 80)
  return texts.holdAnswers.heldBack(whyHeldBack(hold, name, ctx), waiting)
}

function whyHeldBack(hold: Hold, name: Words[number], ctx: DrawContext): Words {
  const says = texts.holdAnswers
  if (hold.status === 'releasing') return says.releasing(name)
  switch (hold.kind) {
    case 'pause': {
      const [by, since, reason] = [bold(ctx.name(hold.by), 80), day(hold.since), outside(hold.reason, 200)]
      return says.pause({ what: name, by, since, until: endWords(hold.until, mayResume(hold, ctx)), reason })
    }
    case 'incident': {
      const [since, why] = [day(hold.since), outside(hold.failure.message, 200)]
      return says.incident({ service: name, cause: hold.cause, since, why })
    }
    case 'brake':
      return says.brake(name, hold.starts)
  }
}

const serviceOf = (hold: Hold, ctx: DrawContext): string =>
  hold.scope.of === 'service' ? ctx.service(hold.scope.service) : scopeInWords(hold, ctx)
