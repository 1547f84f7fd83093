import type { HistoryLine } from '../../src/domain/history-line.ts'
import { shortId } from '../../src/domain/ids.ts'
import type { WorkflowOutline } from '../../src/domain/outline.ts'
import type { Run } from '../../src/domain/run.ts'
import { absenceNote, isAbsenceLine } from '../absences.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { bold, day, outside, paragraph, type Words } from '../rich-text.ts'
import { stepTitle } from '../step-title.ts'
import { texts } from '../texts/index.ts'
import { duration } from '../times.ts'
import { decisionNote, isDecisionLine } from './decision-note.ts'

const LATE_MS = 60_000

/** One line of a run's history, for its card's thread. */
export function note(
  line: HistoryLine,
  { run, outline }: { run: Run; outline: WorkflowOutline },
  ctx: DrawContext,
): Drawing {
  const says = noteWords(line, { run, outline }, ctx)
  // The message itself has a time, which is the right one unless Slack took it late.
  const when: Words = ctx.now - line.at < LATE_MS ? [] : [' · ', day(line.at)]
  const words: Words = [...says, ...when]
  return { blocks: [paragraph(...words)], text: fallbackText([words]) }
}

/** What it tells, without its time; empty for what cards of their own tell. */
export function noteWords(
  line: HistoryLine,
  { run, outline }: { run: Run; outline: WorkflowOutline },
  ctx: DrawContext,
): Words {
  const title = line.step === null ? outline.title : stepTitle(outline, line.step, run)
  return ['ended', 'cancel', 'restart'].includes(line.kind)
    ? whole(line, run, ctx)
    : happened(line, { run, title }, ctx)
}

function happened(line: HistoryLine, { run, title }: { run: Run; title: string }, ctx: DrawContext): Words {
  const step = bold(title, 80)
  const said = { step, by: bold(ctx.name(line.by), 80), why: line.text ? outside(line.text, 400) : null }
  const { kind } = line
  if (isDecisionLine(kind)) return decisionNote({ ...line, kind }, { run, title }, ctx)
  if (isAbsenceLine(kind)) return absenceNote({ ...line, kind }, step, ctx)
  switch (kind) {
    case 'asked':
    case 'reminded':
    case 'overdue':
    case 'widened':
    case 'delegate':
    case 'reassign':
    case 'cancel':
    case 'restart':
    case 'ended':
      return []
    case 'approve':
    case 'refuse':
    case 'resume':
      return texts.history[line.by.kind === 'machine' ? 'byItself' : 'happened'][kind](said)
    default:
      return texts.history.happened[kind](said)
  }
}

function whole(line: HistoryLine, run: Run, ctx: DrawContext): Words {
  const says = texts.history
  const by = bold(ctx.name(line.by), 80)
  const why = line.text ? outside(line.text, 400) : null
  if (line.kind === 'cancel') return says.cancelled(by, why)
  if (line.kind === 'restart') return says.restarted(by, run.restartedAs ? shortId(run.restartedAs) : null, why)
  const took = duration(line.at - run.startedAt)
  switch (run.status) {
    case 'succeeded':
      return [says.finished(took)]
    case 'succeeded-with-debt':
      return [says.finishedOwing(took)]
    case 'refused':
      return [says.refused(took)]
    default:
      return [says.ended(took)]
  }
}
