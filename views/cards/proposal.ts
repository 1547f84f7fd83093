import type { KnownBlock } from '@slack/types'
import type { StepKey } from '../../src/domain/ids.ts'
import { type Proposable, type Proposal, proposedStep } from '../../src/domain/proposal.ts'
import type { Run } from '../../src/domain/run.ts'
import { actionIds } from '../action-ids.ts'
import { actions, button } from '../blocks.ts'
import type { DrawContext } from '../drawing.ts'
import { encodeProposalRef } from '../references.ts'
import { bold, day, moment, passage, type Words } from '../rich-text.ts'
import type { Part } from './part.ts'

const TO_DO: Record<Proposable['kind'], string> = {
  retry: 'retry this step',
  edit: 'change the input and retry this step',
  skip: 'skip this step',
  'mark-done': 'mark this step as done',
  cancel: 'cancel the whole run',
  restart: 'restart the whole run',
}

/** `skip this step` */
export const proposalInWords = ({ decision }: Pick<Proposal, 'decision'>): string =>
  decision.kind === 'retry' && decision.provenAbsent ? 'say that it is not there, and retry' : TO_DO[decision.kind]

/** What waits for a second person: about a step, or (null) about the whole run. */
export const proposalAbout = (run: Run, step: StepKey | null): Proposal | null =>
  run.proposals?.find((each) => proposedStep(each) === step) ?? null

/** Who proposes what and why, and who has to confirm it until when. */
export function proposalPart(proposal: Proposal, run: Run, ctx: DrawContext): Part {
  const { decision, by, at, expiresAt } = proposal
  const reason: Words = 'reason' in decision && decision.reason ? [': ', passage(decision.reason, 400)] : ['.']
  const says: Words = [
    bold(ctx.name(by), 80),
    ` proposes to ${proposalInWords(proposal)} (`,
    ...moment(at, run.startedAt),
    ')',
    ...reason,
    '\nA second person has to confirm it, by ',
    day(expiresAt),
    '. Until then nothing is done.',
  ]
  return { label: '🤝 Waits for a second person', says, points: [] }
}

/** Confirm and withdraw; whoever may not is told so privately. */
export function proposalButtons(proposal: Proposal, run: Run): KnownBlock {
  const value = encodeProposalRef(run.id, proposal.id)
  return actions([
    button({
      text: 'Confirm',
      action: actionIds.confirm,
      value,
      style: 'primary',
      label: `Confirm: ${proposalInWords(proposal)}`,
    }),
    button({ text: 'Withdraw', action: actionIds.withdraw, value }),
  ])
}
