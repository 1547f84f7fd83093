import type { ActionsBlockElement, KnownBlock } from '@slack/types'
import type { StepKey } from '../../src/domain/ids.ts'
import { type Proposal, proposedStep, secondedBy } from '../../src/domain/proposal.ts'
import type { Run } from '../../src/domain/run.ts'
import { actionIds } from '../action-ids.ts'
import { actions, button } from '../blocks.ts'
import type { DrawContext } from '../drawing.ts'
import { encodeProposalRef } from '../references.ts'
import { bold, day, moment, passage } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import type { Part } from './part.ts'

/** `skip this step` */
export const proposalInWords = ({ decision }: Pick<Proposal, 'decision'>): string =>
  texts.proposals.toDo[secondedBy(decision)]

/** What waits for a second person: about a step, or (null) about the whole run. */
export const proposalAbout = (run: Run, step: StepKey | null): Proposal | null =>
  run.proposals?.find((each) => proposedStep(each) === step) ?? null

/** Who proposes what and why, and who has to confirm it until when. */
export function proposalPart(proposal: Proposal, run: Run, ctx: DrawContext): Part {
  const { decision, by, at, expiresAt } = proposal
  const says = texts.proposals
  const proposed = says.proposed({
    by: bold(ctx.name(by), 80),
    what: proposalInWords(proposal),
    at: moment(at, run.startedAt),
    reason: 'reason' in decision && decision.reason ? passage(decision.reason, 400) : null,
  })
  return { label: says.waits, says: [...proposed, '\n', ...says.toConfirm(day(expiresAt))], points: [] }
}

/** Confirm and withdraw; whoever may not is told so privately. */
export function proposalButtons(proposal: Proposal, run: Run): KnownBlock {
  const value = encodeProposalRef(run.id, proposal.id)
  return actions([
    button({
      text: texts.words.confirm,
      action: actionIds.confirm,
      value,
      style: 'primary',
      label: texts.proposals.confirm(proposalInWords(proposal)),
    }),
    button({ text: texts.proposals.withdraw, action: actionIds.withdraw, value }),
  ])
}

/** A card has one button that stands out: while something waits for a second person, theirs. */
export const besideProposal = (blocks: readonly KnownBlock[]): KnownBlock[] =>
  blocks.map((block) => (block.type === 'actions' ? { ...block, elements: block.elements.map(withoutPrimary) } : block))

function withoutPrimary(element: ActionsBlockElement): ActionsBlockElement {
  if (element.type !== 'button' || element.style !== 'primary') return element
  const { style: _style, ...plain } = element
  return plain
}
