import type { KnownBlock } from '@slack/types'
import { shortId } from '../../src/domain/ids.ts'
import type { Step } from '../../src/domain/run.ts'
import { context, header, markup } from '../blocks.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { escaped, tameLine, tameList } from '../outside-text.ts'
import { bold, labelled, type Words } from '../rich-text.ts'
import { stepTitle } from '../step-title.ts'
import { dateToken } from '../times.ts'
import { failureButtons } from './failure-buttons.ts'
import { failureParts } from './failure-parts.ts'
import { type FailureState, type FailureSubject, failureState } from './failure-state.ts'
import type { Part } from './part.ts'
import { proposalAbout, proposalButtons } from './proposal.ts'

/** The card of a step that does not get on: what happened, why, what is safe now, what was done, whose it is. */
export function failureCard(subject: FailureSubject, ctx: DrawContext): Drawing {
  const { run, outline } = subject
  const state = failureState(subject.step)
  const title = headline(state, tameLine(stepTitle(outline, subject.step.key, run), 100))
  const about = tameList([run.subject.label, outline.title])
  const proposal = proposalAbout(run, subject.step.key)
  const parts = failureParts({ ...subject, state }, ctx)
  const blocks: KnownBlock[] = [
    header(title),
    context(
      markup(
        `${escaped(about)} · run ${shortId(run.id)}, started ${dateToken(run.startedAt, 'near')}${rulesInWords(subject)}`,
      ),
    ),
    ...parts.map(({ label, says, points }) => labelled(label, { says, points })),
    ...(proposal && state.kind !== 'settled' ? [proposalButtons(proposal, run)] : []),
    ...failureButtons(run, state, { ctx, rules: subject.rules }),
  ]
  const head: Words = [bold(title), ' (', bold(about, 200), `, run ${shortId(run.id)}${rulesInWords(subject)})`]
  return { blocks, text: fallbackText([head, ...parts.flatMap(asLines)]) }
}

/** Which rules decide, where today's are others. */
function rulesInWords({ run, rules }: FailureSubject): string {
  if (!rules || rules.today === run.rules) return ''
  return ` · version ${run.rules} of the rules decides, today’s is ${rules.today}`
}

const asLines = ({ label, says, points }: Part): Words[] => [
  [`${label}: `, ...says],
  ...points.map((point): Words => ['• ', ...point]),
]

function headline(state: FailureState, title: string): string {
  switch (state.kind) {
    case 'retrying':
    case 'trying':
      return `🔁 Retrying: ${title}`
    case 'failed':
      return `🔴 Failed: ${title}`
    case 'unknown':
      return `🟠 Outcome unknown: ${title}`
    case 'held':
      return `⏸️ Held: ${title}`
    case 'resumed':
      return `🔵 Being retried: ${title}`
    case 'settled':
      return settledHeadline(state.step, title)
  }
}

function settledHeadline(step: Step, title: string): string {
  switch (step.status) {
    case 'skipped':
      return `⏩ Skipped: ${title}`
    case 'refused':
      return `🚫 Refused: ${title}`
    case 'cancelled':
      return `⛔ Cancelled: ${title}`
    case 'not-needed':
      return `➖ No longer needed: ${title}`
    default:
      return `✅ Solved: ${title}`
  }
}
