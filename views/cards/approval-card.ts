import type { KnownBlock } from '@slack/types'
import type { Run, Step } from '../../src/domain/run.ts'
import type { ApprovalWait } from '../../src/domain/wait.ts'
import { standInLines, tooFewAreThere } from '../absences.ts'
import { actionIds } from '../action-ids.ts'
import { button } from '../blocks.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { facts } from '../facts.ts'
import { tameLine } from '../outside-text.ts'
import { encodeStepRef } from '../references.ts'
import { bold, day, moment, outside, passage, type Words } from '../rich-text.ts'
import { stepTitle } from '../step-title.ts'
import { texts } from '../texts/index.ts'
import { approvalCount, approvers, askedInWords } from '../waits-for.ts'
import { type AskSubject, askCard, mentioned, startedBy } from './ask-card.ts'
import { cancelOf, stamps } from './failure-people.ts'
import type { Part } from './part.ts'
import { askActions } from './remind-menu.ts'
import { cancelledBy } from './run-status.ts'

/** The card of an approval: what for, who decides, how many have, until when; locked and stamped once it is decided. */
export function approvalCard(subject: AskSubject, wait: ApprovalWait, ctx: DrawContext): Drawing {
  const { run, step, outline } = subject
  const title = headline(step, tameLine(stepTitle(outline, step.key), 100))
  const whatFor: Part = {
    label: texts.words.whatFor,
    says: startedBy(run, ctx),
    points: facts(subject.input, run.input, run, ctx),
  }
  const parts = step.status === 'waiting' ? open(subject, wait, ctx) : [ended(run, step, ctx)]
  return askCard(subject, { title, parts: [whatFor, ...parts], buttons: approvalButtons(run, step) }, ctx)
}

function headline(step: Step, title: string): string {
  const { approval } = texts.askCards
  switch (step.status) {
    case 'waiting':
      return approval('waiting', title)
    case 'succeeded':
      return approval(step.markedBy === null ? 'passed' : 'approved', title)
    case 'refused':
      return approval(step.by.kind === 'machine' ? 'late' : 'refused', title)
    default:
      return approval('over', title)
  }
}

function open({ run, step, asked }: AskSubject, wait: ApprovalWait, ctx: DrawContext): Part[] {
  const { whoDecides, deciders, nobodyTheirOwn } = texts.askCards
  const who = deciders(mentioned(asked), approvalCount(step, wait))
  const self = wait.selfApproval ? [] : [' ', nobodyTheirOwn]
  const said = [...standInLines(wait.standIns ?? [], run.team, ctx), ...stamps({ run, step }, ctx)]
  const short = wait.short === undefined ? [] : [tooFewAreThere(false)]
  return [{ label: whoDecides, says: [...who, ...self], points: [...short, ...said] }, ...deadline(wait, run, ctx)]
}

function deadline({ expiry, fallback }: ApprovalWait, run: Run, ctx: DrawContext): Part[] {
  const { untilWhen, expires, othersToo } = texts.askCards
  const end: Words = expiry ? expires(day(expiry.at), expiry.outcome) : []
  const others: Words = fallback
    ? othersToo(day(fallback.at), outside(askedInWords(fallback.asked, run.team, ctx), 150))
    : []
  if (end.length + others.length === 0) return []
  const between = end.length > 0 && others.length > 0 ? [' '] : []
  return [{ label: untilWhen, says: [...end, ...between, ...others], points: [] }]
}

function ended(run: Run, step: Step, ctx: DrawContext): Part {
  const answers = step.decisions.filter(({ kind }) => kind === 'approve' || kind === 'refuse')
  // One answer alone is told by the ending itself.
  const isTold = answers.length === 1 || step.status === 'refused'
  const told = isTold ? (answers.at(-1) ?? null) : null
  return {
    label: texts.words.howItEnded,
    says: ending(run, step, ctx),
    points: stamps({ run, step }, ctx, told ?? cancelOf(run, step)),
  }
}

function ending(run: Run, step: Step, ctx: DrawContext): Words {
  const { askCards: says, endings } = texts
  switch (step.status) {
    case 'succeeded': {
      const at = moment(step.at, run.startedAt)
      if (step.markedBy === null) return says.passed(at)
      const people = step.decisions.filter(({ kind }) => kind === 'approve').length
      // The lines below it name several.
      return people > 1 ? says.approvedBy(people, at) : says.approved(approvers(step, ctx), at)
    }
    case 'refused': {
      const at = moment(step.at, run.startedAt)
      const reason = passage(step.reason, 500)
      if (step.by.kind === 'machine') return says.countsAsRefused(at, reason)
      return endings.refused({ by: bold(ctx.name(step.by), 80), at, reason })
    }
    default:
      return run.status === 'cancelled' ? endings.runCancelled(cancelledBy(run, ctx)) : [says.notAsked]
  }
}

/** What those who are asked can press, on the card and in their App Home; nothing once it is decided. */
export function approvalButtons(run: Run, step: Step): KnownBlock[] {
  if (step.status !== 'waiting') return []

  const { askCards: says, words } = texts
  const value = encodeStepRef({ run: run.id, step: step.key, version: step.version })
  const isShort = step.wait?.kind === 'approval' && step.wait.short !== undefined
  const elements = [
    button({ text: says.approve, action: actionIds.approve, value, style: 'primary' }),
    button({ text: says.refuse, action: actionIds.refuse, value, style: 'danger' }),
    button({ text: isShort ? says.askSomebodyElse : words.handOver, action: actionIds.delegate, value }),
  ]
  return [askActions(elements, { run: run.id, step: step.key, version: step.version })]
}
