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
import { dateToken } from '../times.ts'
import { debtButtons } from './debt-buttons.ts'
import { kinButtons, leftBehind, partOf } from './kin.ts'
import type { Part } from './part.ts'
import { pauseRunButtons } from './pause-buttons.ts'
import { progressLines, progressList } from './progress-list.ts'
import { proposalAbout, proposalButtons, proposalPart } from './proposal.ts'
import { runStatus } from './run-status.ts'

const MOST_DEBTS = 8

/** The card that shows how a run is going, from its start to its end. */
export function runCard(run: Run, outline: WorkflowOutline, ctx: DrawContext): Drawing {
  const heading = tameList([outline.title, run.subject.label], ': ')
  const status = runStatus(run, outline, ctx)
  const owed = debtLines(run, outline, ctx)
  const left = leftLines(run, outline)
  const proposal = proposalAbout(run, null)
  const waits: Words[] = proposal ? [proposalPart(proposal, run, ctx).says] : []
  const blocks: KnownBlock[] = [
    header(heading),
    ...partOf(run).map((words) => paragraph(...words)),
    paragraph(...status),
    progressList(run, outline, ctx),
    ...(owed.length > 0 ? [labelled('Still owed', { points: owed })] : []),
    ...(left.length > 0 ? [labelled(LEFT, { points: left })] : []),
    ...debtButtons(run, outline),
    ...(proposal ? [labelledPart(proposalPart(proposal, run, ctx)), proposalButtons(proposal, run)] : []),
    origin(run, ctx),
    runButtons(run),
  ]
  const title: Words = [bold(heading, 170), ` (run ${shortId(run.id)})`]
  return {
    blocks,
    text: fallbackText([
      ...[title, ...partOf(run), status, ...progressLines(run, outline, ctx)],
      ...[...owed, ...waits, ...left],
    ]),
  }
}

/** Who started a run, when, and by which name it is looked up. */
export const origin = (run: Run, ctx: DrawContext): KnownBlock =>
  context(
    markup(
      `Started by ${escaped(tameLine(ctx.name(run.startedBy), 80))} · ${dateToken(run.startedAt, 'near')} · run ${shortId(run.id)}${restarted(run)}`,
    ),
  )

export const LEFT = 'Left behind, to be cleaned up by hand'
const MOST_LEFT = 8

/** What a cancelled run leaves behind, as far as it fits. */
export function leftLines(run: Run, outline: WorkflowOutline): Words[] {
  const left = leftBehind(run, outline)
  const more = left.length - MOST_LEFT
  return more > 0 ? [...left.slice(0, MOST_LEFT), [`and ${more} more`]] : left
}

/** What is still owed after skips, by whom and until when. */
export function debtLines(run: Run, outline: WorkflowOutline, ctx: DrawContext): Words[] {
  const open = openDebts(run)
  const written = open.slice(0, MOST_DEBTS).map((debt) => debtLine(debt, { run, outline }, ctx))
  const more = open.length - written.length
  return more > 0 ? [...written, [`and ${more} more`]] : written
}

/** ` · begun anew after run 0a1b2c3d` */
const restarted = ({ restartOf, restartedAs }: Run): string =>
  `${restartOf ? ` · begun anew after run ${shortId(restartOf)}` : ''}${restartedAs ? ` · begun anew as run ${shortId(restartedAs)}` : ''}`

const labelledPart = ({ label, says, points }: Part): KnownBlock => labelled(label, { says, points })

function debtLine(debt: Debt, { run, outline }: { run: Run; outline: WorkflowOutline }, ctx: DrawContext): Words {
  return [
    bold(stepTitle(outline, debt.step, run), 80),
    ': ',
    outside(owesIt(debt, run.team, ctx), 120),
    ' owes it by ',
    date(debt.due),
    ' (',
    outside(debt.reason, 200),
    ')',
  ]
}

function runButtons(run: Run): KnownBlock {
  const value = encodeCallsRef(run.id)
  const calls = { text: 'Calls', action: actionIds.openAudit, value, label: 'Show the calls of this run' }
  const cancel = {
    text: run.cancelled ? 'Stop undoing…' : 'Cancel…',
    action: actionIds.cancelRun,
    value: encodeRunRef(run.id),
    label: 'Cancel this run',
  }
  const restart = { ...cancel, text: 'Restart…', action: actionIds.restartRun, label: 'Restart this run' }
  const kin = kinButtons(run)
  const mayRestart = !run.cancelled && !run.parent
  if (ended(run)) return actions([button(calls), ...kin])
  return actions([
    button(calls),
    ...kin,
    ...pauseRunButtons(run),
    ...(mayRestart ? [button(restart)] : []),
    button(cancel),
  ])
}
