import type { KnownBlock } from '@slack/types'
import { shortId } from '../../src/domain/ids.ts'
import type { WorkflowOutline } from '../../src/domain/outline.ts'
import { type Debt, ended, type Run } from '../../src/domain/run.ts'
import { actionIds } from '../action-ids.ts'
import { actions, button, context, header, markup } from '../blocks.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { escaped, tameLine, tameList } from '../outside-text.ts'
import { encodeCallsRef, encodeRunRef } from '../references.ts'
import { bold, date, labelled, outside, paragraph, type Words } from '../rich-text.ts'
import { stepTitle } from '../step-title.ts'
import { dateToken } from '../times.ts'
import { progressLines, progressList } from './progress-list.ts'
import { runStatus } from './run-status.ts'

const MOST_DEBTS = 8

/** The card that shows how a run is going, from its start to its end. */
export function runCard(run: Run, outline: WorkflowOutline, ctx: DrawContext): Drawing {
  const heading = tameList([outline.title, run.subject.label], ': ')
  const status = runStatus(run, outline, ctx)
  const owed = debtLines(run, outline, ctx)
  const blocks: KnownBlock[] = [
    header(heading),
    paragraph(...status),
    progressList(run, outline, ctx),
    ...(owed.length > 0 ? [labelled('Still owed', { points: owed })] : []),
    origin(run, ctx),
    runButtons(run),
  ]
  const title: Words = [bold(heading, 170), ` (run ${shortId(run.id)})`]
  return { blocks, text: fallbackText([title, status, ...progressLines(run, outline, ctx), ...owed]) }
}

/** Who started a run, when, and by which name it is looked up. */
export const origin = (run: Run, ctx: DrawContext): KnownBlock =>
  context(
    markup(
      `Started by ${escaped(tameLine(ctx.name(run.startedBy), 80))} · ${dateToken(run.startedAt, 'near')} · run ${shortId(run.id)}`,
    ),
  )

/** What is still owed after skips, by whom and until when. */
export function debtLines(run: Run, outline: WorkflowOutline, ctx: DrawContext): Words[] {
  const written = run.debts.slice(0, MOST_DEBTS).map((debt) => debtLine(debt, outline, ctx))
  const more = run.debts.length - written.length
  return more > 0 ? [...written, [`and ${more} more`]] : written
}

function debtLine(debt: Debt, outline: WorkflowOutline, ctx: DrawContext): Words {
  return [
    bold(stepTitle(outline, debt.step), 80),
    ': ',
    outside(ctx.name(debt.owner), 60),
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
  const cancel = { text: 'Cancel…', action: actionIds.cancelRun, value: encodeRunRef(run.id), label: 'Cancel this run' }
  return actions(ended(run) ? [button(calls)] : [button(calls), button(cancel)])
}
