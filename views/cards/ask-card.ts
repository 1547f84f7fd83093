import type { KnownBlock } from '@slack/types'
import type { z } from 'zod'
import { shortId } from '../../src/domain/ids.ts'
import type { WorkflowOutline } from '../../src/domain/outline.ts'
import { type Run, type Step, settled } from '../../src/domain/run.ts'
import { context, header, markup } from '../blocks.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { escaped, tameList } from '../outside-text.ts'
import { bold, labelled, type Mention, type Piece, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { dateToken } from '../times.ts'
import { type Part, partLines } from './part.ts'
import { besideProposal, proposalAbout, proposalButtons, proposalPart } from './proposal.ts'

/** What a card is drawn from on which people are asked. */
export interface AskSubject {
  run: Run
  step: Step
  outline: WorkflowOutline
  /** The workflow's input: what was entered when the run was started. */
  input: z.ZodType
  /** The step's result: what whoever did a task filled in. */
  output: z.ZodType
  /** Those whose answer is waited for, as Slack knows them. */
  asked: readonly Mention[]
}

/**
 * A card on which people are asked: a headline, what it is about, its parts, and what can be pressed. What waits for a
 * second person stands on it too.
 */
export function askCard(
  { run, step, outline }: AskSubject,
  card: { title: string; parts: readonly Part[]; buttons: readonly KnownBlock[] },
  ctx: DrawContext,
): Drawing {
  const { title, buttons } = card
  const proposal = settled(step) ? null : proposalAbout(run, step.key)
  const parts = proposal ? [...card.parts, proposalPart(proposal, run, ctx)] : card.parts
  const about = tameList([run.subject.label, outline.title])
  const id = shortId(run.id)
  const caption = { about: escaped(about), run: id, started: dateToken(run.startedAt, 'near') }
  const head = texts.words.cardHead({ title: bold(title), about: bold(about, 200), run: id })
  return {
    blocks: [
      header(title),
      context(markup(texts.words.runStarted(caption))),
      ...parts.map(({ label, says, points }) => labelled(label, { says, points })),
      ...(proposal ? [proposalButtons(proposal, run), ...besideProposal(buttons)] : buttons),
    ],
    text: fallbackText([head, ...partLines(parts)]),
  }
}

/** Who started the run, as what was asked for is told. */
export const startedBy = (run: Run, ctx: DrawContext): Words =>
  texts.askCards.askedForBy(bold(ctx.name(run.startedBy), 80))

const MOST_MENTIONED = 15

/** People and groups, each mentioned once: `@Maya or @ops`. */
export function mentioned(asked: readonly Mention[]): Words {
  const { more, oneOfThese } = texts.words
  const shown: Piece[] = asked.slice(0, MOST_MENTIONED)
  const last = asked.length > shown.length ? more(asked.length - shown.length) : shown.pop()
  if (last === undefined || shown.length === 0) return last === undefined ? [] : [last]
  const first = shown.flatMap((each, index): Words => (index === 0 ? [each] : [', ', each]))
  return oneOfThese(first, last)
}
