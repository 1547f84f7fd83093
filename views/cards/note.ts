import { shortId } from '../../src/domain/ids.ts'
import type { WorkflowOutline } from '../../src/domain/outline.ts'
import type { HistoryLine, Run } from '../../src/domain/run.ts'
import { absenceNote, isAbsenceLine } from '../absences.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { bold, day, outside, paragraph, type Words } from '../rich-text.ts'
import { stepTitle } from '../step-title.ts'
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
  const by = bold(ctx.name(line.by), 80)
  const because: Words = line.text ? [': ', outside(line.text, 400)] : []
  const { kind } = line
  if (isDecisionLine(kind)) return decisionNote({ ...line, kind }, { run, title }, ctx)
  if (isAbsenceLine(kind)) return absenceNote({ ...line, kind }, step, ctx)
  switch (kind) {
    case 'started':
      return ['▶️ Started by ', by]
    case 'step-failing':
      return ['🔁 ', step, ' fails, Purser keeps trying', ...because]
    case 'step-failed':
      return ['🔴 ', step, ' failed and needs someone', ...because]
    case 'step-unknown':
      return ['🟠 ', step, ': outcome unknown, needs someone', ...because]
    case 'step-recovered':
      return ['✅ ', step, ' recovered']
    case 'retry':
      return ['🔁 ', by, ' retried ', step, ...because]
    case 'skip':
      return ['⏩ ', by, ' skipped ', step, ...because]
    case 'mark-done':
      return ['✅ ', by, ' marked ', step, ' done', ...because]
    case 'escalate':
      return ['🆘 ', by, ' escalated ', step, ...because]
    case 'ticket-opened':
      return ['🎫 Ticket opened for ', step, ...because]
    case 'approve':
      if (line.by.kind === 'machine') return ['⏳ ', step, ' passes, as the rules say', ...because]
      return ['✅ ', by, ' approved ', step]
    case 'refuse':
      if (line.by.kind === 'machine') return ['🚫 ', step, ' counts as refused', ...because]
      return ['🚫 ', by, ' refused ', step, ...because]
    case 'came':
      return ['📨 ', step, ' has come']
    case 'complete':
      return ['✅ ', by, ' has done ', step]
    case 'undone':
      return ['↩️ ', step, ' is done']
    case 'late-answer':
      return ['⏱️ ', step, ' was done after all: its answer came after the cancel']
    case 'run-begun':
      return ['▶️ ', step, ' has begun as a run of its own', ...because]
    case 'pause':
    case 'resume':
      return paused(line, by, because)
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
  }
}

function whole(line: HistoryLine, run: Run, ctx: DrawContext): Words {
  const because: Words = line.text ? [': ', outside(line.text, 400)] : []
  if (line.kind === 'cancel') return ['⛔ ', bold(ctx.name(line.by), 80), ' cancelled the run', ...because]
  if (line.kind === 'restart') {
    const as = run.restartedAs ? ` as run ${shortId(run.restartedAs)}` : ''
    return ['🔄 ', bold(ctx.name(line.by), 80), ` restarted it${as}; this run ends here`, ...because]
  }
  const took = `after ${duration(line.at - run.startedAt)}`
  switch (run.status) {
    case 'succeeded':
      return [`✅ Finished ${took}`]
    case 'succeeded-with-debt':
      return [`☑️ Finished ${took}, with something still owed`]
    case 'refused':
      return [`🚫 Ended ${took}, as it was refused`]
    default:
      return [`⛔ Ended ${took}`]
  }
}

function paused({ kind, by: actor }: HistoryLine, by: Words[number], because: Words): Words {
  if (kind === 'pause') return ['⏸️ ', by, ' paused the run', ...because]
  if (actor.kind === 'machine') return ['▶️ The pause is over: the run goes on']
  return ['▶️ ', by, ' let the run go on', ...because]
}
