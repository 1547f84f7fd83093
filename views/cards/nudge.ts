import type { HistoryLine } from '../../src/domain/history-line.ts'
import type { WorkflowOutline } from '../../src/domain/outline.ts'
import { type Run, type Step, type StepIn, stepOf } from '../../src/domain/run.ts'
import { isAway } from '../absences.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { bold, date, day, type Mention, outside, type Piece, paragraph, type Words } from '../rich-text.ts'
import { stepTitle } from '../step-title.ts'
import { texts } from '../texts/index.ts'
import { duration } from '../times.ts'
import { fullStop } from '../wording.ts'
import { mentioned } from './ask-card.ts'

interface Nudge {
  run: Run
  outline: WorkflowOutline
  /** Whom it mentions, each once. */
  asked: readonly Mention[]
}

/** A line in the thread of an approval or task that mentions those whose turn it is; null when it is nobody's any more. */
export function nudge(line: HistoryLine, { run, outline, asked }: Nudge, ctx: DrawContext): Drawing | null {
  const step = line.step && stepOf(run, line.step)
  if (step?.status !== 'waiting') return null
  const ends = deadline(step)
  const said = turn(line, { step, title: bold(stepTitle(outline, step.key), 80), asked: mentioned(asked) }, ctx)
  const says: Words = ends.length === 0 ? said : [...said, ' ', ...ends]
  return { blocks: [paragraph(...says)], text: fallbackText([says]) }
}

interface Turn {
  step: StepIn<'waiting'>
  title: Piece
  asked: Words
}

function turn(line: HistoryLine, { step, title, asked }: Turn, ctx: DrawContext): Words {
  const says = texts.askCards
  const by = bold(ctx.name(line.by), 80)
  const waited = duration(line.at - (step.wait?.since ?? line.at))
  const why = line.text ? outside(line.text, 400) : null
  const handed = { asked, by, step: title, why, end: line.text ? fullStop(line.text) : '.' }
  switch (line.kind) {
    case 'delegate':
      return says.delegated(handed)
    case 'reassign':
      return says.reassigned(handed)
    case 'rerouted':
      return says.rerouted(asked, line.away ? isAway(line.away, ctx) : [by], title)
    case 'widened':
      return says.widened(asked, title, waited)
    case 'overdue':
      return says.overdue(asked, title)
    default:
      return says.waiting(asked, title, waited)
  }
}

function deadline({ wait }: Step): Words {
  if (wait?.kind === 'approval' && wait.expiry) return texts.askCards.decideUntil(day(wait.expiry.at))
  return wait?.kind === 'task' && wait.dueAt !== null && !wait.overdue ? texts.askCards.due(date(wait.dueAt)) : []
}
