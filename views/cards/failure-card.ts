import type { KnownBlock } from '@slack/types'
import { shortId } from '../../src/domain/ids.ts'
import { context, header, markup } from '../blocks.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { escaped, tameLine, tameList } from '../outside-text.ts'
import { bold, labelled } from '../rich-text.ts'
import { stepTitle } from '../step-title.ts'
import { texts } from '../texts/index.ts'
import { dateToken } from '../times.ts'
import { failureButtons } from './failure-buttons.ts'
import { failureParts } from './failure-parts.ts'
import { type FailureState, type FailureSubject, failureState } from './failure-state.ts'
import { partLines } from './part.ts'
import { besideProposal, proposalAbout, proposalButtons } from './proposal.ts'

/** The card of a step that does not get on: what happened, why, what is safe now, what was done, whose it is. */
export function failureCard(subject: FailureSubject, ctx: DrawContext): Drawing {
  const { run, outline } = subject
  const state = failureState(subject.step)
  const title = headline(state, tameLine(stepTitle(outline, subject.step.key, run), 100))
  const about = tameList([run.subject.label, outline.title])
  const proposal = proposalAbout(run, subject.step.key)
  const parts = failureParts({ ...subject, state }, ctx)
  const id = shortId(run.id)
  const started = dateToken(run.startedAt, 'near')
  const rules = rulesInWords(subject)
  const buttons = failureButtons(run, state, { ctx, rules: subject.rules, outline })
  const blocks: KnownBlock[] = [
    header(title),
    context(markup(`${texts.words.runStarted({ about: escaped(about), run: id, started })}${rules}`)),
    ...parts.map(({ label, says, points }) => labelled(label, { says, points })),
    ...(proposal && state.kind !== 'settled' ? [proposalButtons(proposal, run)] : []),
    ...(proposal ? besideProposal(buttons) : buttons),
  ]
  const head = texts.words.cardHead({ title: bold(title), about: bold(about, 200), run: `${id}${rules}` })
  return { blocks, text: fallbackText([head, ...partLines(parts)]) }
}

/** Which rules decide, where today's are others. */
function rulesInWords({ run, rules }: FailureSubject): string {
  if (!rules || rules.today === run.rules) return ''
  return ` · ${texts.failureCard.rulesDecide({ own: run.rules, today: rules.today })}`
}

function headline(state: FailureState, step: string): string {
  const { title } = texts.failureCard
  switch (state.kind) {
    case 'trying':
      return title('retrying', step)
    case 'settled':
      return title(state.step.status, step)
    default:
      return title(state.kind, step)
  }
}
