import type { KnownBlock } from '@slack/types'
import type { Run, Step } from '../../src/domain/run.ts'
import type { ApprovalWait, AtExpiry } from '../../src/domain/wait.ts'
import { standInLines, tooFewAreThere } from '../absences.ts'
import { actionIds } from '../action-ids.ts'
import { button } from '../blocks.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { facts } from '../facts.ts'
import { tameLine } from '../outside-text.ts'
import { encodeStepRef } from '../references.ts'
import { bold, day, moment, outside, passage, type Words } from '../rich-text.ts'
import { stepTitle } from '../step-title.ts'
import { approvalCount, askedInWords, waitEnded } from '../waits-for.ts'
import { type AskSubject, askCard, mentioned, startedBy } from './ask-card.ts'
import { stamps } from './failure-people.ts'
import type { Part } from './part.ts'
import { askActions } from './remind-menu.ts'
import { cancelledBy } from './run-status.ts'

/** The card of an approval: what for, who decides, how many have, until when; locked and stamped once it is decided. */
export function approvalCard(subject: AskSubject, wait: ApprovalWait, ctx: DrawContext): Drawing {
  const { run, step, outline } = subject
  const title = `${headline(step)}: ${tameLine(stepTitle(outline, step.key), 100)}`
  const whatFor: Part = {
    label: 'What for',
    says: startedBy(run, ctx),
    points: facts(subject.input, run.input, run, ctx),
  }
  const parts = step.status === 'waiting' ? open(subject, wait, ctx) : [ended(run, step, ctx)]
  return askCard(subject, { title, parts: [whatFor, ...parts], buttons: approvalButtons(run, step) }, ctx)
}

function headline(step: Step): string {
  switch (step.status) {
    case 'waiting':
      return '🟡 Approval needed'
    case 'succeeded':
      return step.markedBy === null ? '⏳ Passed without an answer' : '✅ Approved'
    case 'refused':
      return step.by.kind === 'machine' ? '🚫 Not approved in time' : '🚫 Refused'
    default:
      return '⛔ No longer needed'
  }
}

function open({ run, step, asked }: AskSubject, wait: ApprovalWait, ctx: DrawContext): Part[] {
  const who: Words = [...mentioned(asked), `. ${approvalCount(step, wait)} so far.`]
  const self = wait.selfApproval ? '' : ' Nobody approves what they have started themselves or what is about them.'
  const said = [...standInLines(wait.standIns ?? [], run.team, ctx), ...stamps({ run, step }, ctx)]
  const short = wait.short === undefined ? [] : [tooFewAreThere(false)]
  return [{ label: 'Who decides', says: [...who, self], points: [...short, ...said] }, ...deadline(wait, run, ctx)]
}

const AT_EXPIRY: Record<AtExpiry, string> = {
  refuse: 'it counts as refused',
  approve: 'it passes all the same, as the rules say',
  escalate: 'a ticket is opened',
}

function deadline({ expiry, fallback }: ApprovalWait, run: Run, ctx: DrawContext): Part[] {
  const end: Words = expiry ? ['If it is not decided by ', day(expiry.at), ', ', AT_EXPIRY[expiry.outcome], '.'] : []
  const others: Words = fallback
    ? [
        end.length > 0 ? ' ' : '',
        'From ',
        day(fallback.at),
        ' on, ',
        outside(askedInWords(fallback.asked, run.team, ctx), 150),
        ' may decide too.',
      ]
    : []
  return end.length + others.length === 0 ? [] : [{ label: 'Until when', says: [...end, ...others], points: [] }]
}

function ended(run: Run, step: Step, ctx: DrawContext): Part {
  const answers = step.decisions.filter(({ kind }) => kind === 'approve' || kind === 'refuse')
  // One answer alone is told by the ending itself.
  const told = answers.length === 1 || step.status === 'refused' ? (answers.at(-1) ?? null) : null
  return { label: 'How it ended', says: ending(run, step, ctx), points: stamps({ run, step }, ctx, told) }
}

function ending(run: Run, step: Step, ctx: DrawContext): Words {
  switch (step.status) {
    case 'succeeded':
      return [step.markedBy === null ? 'It ' : 'It was ', ...waitEnded(step, run, ctx), '.']
    case 'refused': {
      const who: Words =
        step.by.kind === 'machine' ? ['It counts as refused'] : ['Refused by ', bold(ctx.name(step.by), 80)]
      return [...who, ' ', ...moment(step.at, run.startedAt), ': ', passage(step.reason, 500)]
    }
    default:
      return run.status === 'cancelled'
        ? ['The run was cancelled', ...cancelledBy(run, ctx)]
        : ['It is not asked any more.']
  }
}

/** What those who are asked can press, on the card and in their App Home; nothing once it is decided. */
export function approvalButtons(run: Run, step: Step): KnownBlock[] {
  if (step.status !== 'waiting') return []

  const value = encodeStepRef({ run: run.id, step: step.key, version: step.version })
  const isShort = step.wait?.kind === 'approval' && step.wait.short !== undefined
  const elements = [
    button({ text: 'Approve', action: actionIds.approve, value, style: 'primary' }),
    button({ text: 'Refuse…', action: actionIds.refuse, value, style: 'danger' }),
    button({ text: isShort ? 'Ask somebody else…' : 'Hand over…', action: actionIds.delegate, value }),
  ]
  return [askActions(elements, { run: run.id, step: step.key, version: step.version })]
}
