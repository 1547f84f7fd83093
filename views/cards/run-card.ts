import type { KnownBlock } from '@slack/types'
import type { Debt } from '../../src/domain/debt.ts'
import { shortId } from '../../src/domain/ids.ts'
import type { WorkflowOutline } from '../../src/domain/outline.ts'
import { ended, openDebts, type Run } from '../../src/domain/run.ts'
import { owesIt } from '../absences.ts'
import { actionIds } from '../action-ids.ts'
import { actions, button, context, header, markup } from '../blocks.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { escaped, tameLine, tameList } from '../outside-text.ts'
import { encodeCallsRef, encodeRunRef } from '../references.ts'
import { bold, date, labelled, outside, paragraph, type Words } from '../rich-text.ts'
import { stepTitle } from '../step-title.ts'
import { texts } from '../texts/index.ts'
import { dateToken } from '../times.ts'
import { debtButtons } from './debt-buttons.ts'
import { kinButtons, leftBehind, partOf } from './kin.ts'
import type { Part } from './part.ts'
import { pauseRunButtons } from './pause-buttons.ts'
import { progressLines, progressList } from './progress-list.ts'
import { besideProposal, proposalAbout, proposalButtons, proposalPart } from './proposal.ts'
import { statusAboveSteps } from './run-status.ts'

const MOST_DEBTS = 8

/** The card that shows how a run is going, from its start to its end. */
export function runCard(run: Run, outline: WorkflowOutline, ctx: DrawContext): Drawing {
  const heading = tameList([outline.title, run.subject.label], ': ')
  const status = statusAboveSteps(run, outline, ctx)
  const owed = debtLines(run, outline, ctx)
  const left = leftLines(run, outline)
  const proposal = proposalAbout(run, null)
  const waits: Words[] = proposal ? [proposalPart(proposal, run, ctx).says] : []
  const blocks: KnownBlock[] = [
    header(heading),
    ...partOf(run).map((words) => paragraph(...words)),
    paragraph(...status),
    progressList(run, outline, ctx),
    ...(owed.length > 0 ? [labelled(texts.runCard.stillOwed, { points: owed })] : []),
    ...(left.length > 0 ? [labelled(texts.runCard.leftBehind, { points: left })] : []),
    ...debtButtons(run, outline),
    ...(proposal ? [labelledPart(proposalPart(proposal, run, ctx)), proposalButtons(proposal, run)] : []),
    origin(run, ctx),
    ...(proposal ? besideProposal([runButtons(run)]) : [runButtons(run)]),
  ]
  const title = texts.words.ofRun(bold(heading, 170), shortId(run.id))
  return {
    blocks,
    text: fallbackText([
      ...[title, ...partOf(run), status, ...progressLines(run, outline, ctx)],
      ...[...owed, ...waits, ...left],
    ]),
  }
}

/** Who started a run, when, and by which name it is looked up. */
export function origin(run: Run, ctx: DrawContext): KnownBlock {
  const says = texts.runCard
  const who = escaped(tameLine(ctx.name(run.startedBy), 80))
  const parts = [
    says.startedBy({ who, at: dateToken(run.startedAt, 'near'), run: shortId(run.id) }),
    ...(run.restartOf ? [says.begunAfter(shortId(run.restartOf))] : []),
    ...(run.restartedAs ? [says.begunAs(shortId(run.restartedAs))] : []),
  ]
  return context(markup(parts.join(' · ')))
}

const MOST_LEFT = 8

/** What a cancelled run leaves behind, as far as it fits. */
export function leftLines(run: Run, outline: WorkflowOutline): Words[] {
  const left = leftBehind(run, outline)
  const more = left.length - MOST_LEFT
  return more > 0 ? [...left.slice(0, MOST_LEFT), [texts.words.andMore(more)]] : left
}

/** What is still owed after skips, by whom and until when. */
export function debtLines(run: Run, outline: WorkflowOutline, ctx: DrawContext): Words[] {
  const open = openDebts(run)
  const written = open.slice(0, MOST_DEBTS).map((debt) => debtLine(debt, { run, outline }, ctx))
  const more = open.length - written.length
  return more > 0 ? [...written, [texts.words.andMore(more)]] : written
}

const labelledPart = ({ label, says, points }: Part): KnownBlock => labelled(label, { says, points })

function debtLine(debt: Debt, { run, outline }: { run: Run; outline: WorkflowOutline }, ctx: DrawContext): Words {
  return texts.runCard.owes({
    step: bold(stepTitle(outline, debt.step, run), 80),
    who: outside(owesIt(debt, run.team, ctx), 120),
    due: date(debt.due),
    reason: outside(debt.reason, 200),
  })
}

function runButtons(run: Run): KnownBlock {
  const { runCard: says, words } = texts
  const value = encodeCallsRef(run.id)
  const calls = { text: words.calls, action: actionIds.openAudit, value, label: says.showCalls }
  const cancel = {
    text: run.cancelled ? says.stopUndoing : words.cancel,
    action: actionIds.cancelRun,
    value: encodeRunRef(run.id),
    label: says.cancelRun,
  }
  const restart = { ...cancel, text: words.restart, action: actionIds.restartRun, label: says.restartRun }
  const kin = kinButtons(run)
  const mayRestart = !run.cancelled && !run.parent
  if (ended(run)) return actions([button(calls), ...kin])
  return actions([
    ...(run.paused ? pauseRunButtons(run) : []),
    button(calls),
    ...kin,
    ...(run.paused ? [] : pauseRunButtons(run)),
    ...(mayRestart ? [button(restart)] : []),
    button(cancel),
  ])
}
