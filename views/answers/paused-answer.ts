import type { KnownBlock } from '@slack/types'
import type { Hold } from '../../src/domain/hold.ts'
import { context } from '../blocks.ts'
import { holdButtons } from '../cards/hold-card.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { endWords, mayResume, scopeInWords } from '../held.ts'
import { bold, day, labelled, lines, outside, paragraph, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { count } from '../wording.ts'
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
  if (holds.length + runs.count === 0) {
    const nothing: Words = ['✅ Nothing is paused or held back.']
    return { blocks: [paragraph(...nothing)], text: fallbackText([nothing]) }
  }
  const points = holds.slice(0, MOST).map((each) => heldBack(each, ctx))
  const rest = holds.length - points.length
  const label = 'Held back now'
  const alone: Words = [`⏸️ ${count(runs.count, 'run')} paused one by one.`]
  const shown = runs.first.slice(0, MOST)
  return {
    blocks: [
      ...(points.length > 0 ? [labelled(label, {})] : []),
      ...holds.slice(0, MOST).flatMap((each) => heldBackEntry(each, ctx)),
      ...(rest > 0 ? [context(`and ${rest} more`)] : []),
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
  const waits = waiting === 0 ? 'no run waits yet' : `${count(waiting, 'run')} ${waiting === 1 ? 'waits' : 'wait'}`
  const name = bold(hold.kind === 'incident' ? serviceOf(hold, ctx) : scopeInWords(hold, ctx), 80)
  return [...whyHeldBack(hold, name, ctx), ' · ', waits]
}

function whyHeldBack(hold: Hold, name: Words[number], ctx: DrawContext): Words {
  if (hold.status === 'releasing') return ['▶️ ', name, ' · what was held goes on in its turn']
  switch (hold.kind) {
    case 'pause': {
      const by: Words = [' · paused by ', bold(ctx.name(hold.by), 80), ' ', day(hold.since)]
      return ['⏸️ ', name, ...by, ...endWords(hold.until, mayResume(hold, ctx)), ': ', outside(hold.reason, 200)]
    }
    case 'incident':
      return [
        '🔴 ',
        name,
        ` ${texts.held.fails[hold.cause]} since `,
        day(hold.since),
        ': ',
        outside(hold.failure.message, 200),
      ]
    case 'brake':
      return ['🟡 ', name, ` · ${hold.starts} were started in a short time; somebody has to look`]
  }
}

const serviceOf = (hold: Hold, ctx: DrawContext): string =>
  hold.scope.of === 'service' ? ctx.service(hold.scope.service) : scopeInWords(hold, ctx)
