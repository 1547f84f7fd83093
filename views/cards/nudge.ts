import type { WorkflowOutline } from '../../src/domain/outline.ts'
import { type HistoryLine, type Run, stepOf } from '../../src/domain/run.ts'
import { isAway } from '../absences.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { bold, date, day, type Mention, outside, paragraph, type Words } from '../rich-text.ts'
import { stepTitle } from '../step-title.ts'
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
  const title = bold(stepTitle(outline, step.key), 80)
  const by = bold(ctx.name(line.by), 80)
  const because: Words = line.text ? [': ', outside(line.text, 400)] : []
  const says: Words = [...sign(line.kind), ...mentioned(asked), ': ', ...turn(), ...deadline()]
  return { blocks: [paragraph(...says)], text: fallbackText([says]) }

  function turn(): Words {
    const waited = duration(line.at - (step?.wait?.since ?? line.at))
    switch (line.kind) {
      case 'delegate':
        return [by, ' hands the decision on ', title, ' over to you', ...because, line.text ? fullStop(line.text) : '.']
      case 'reassign':
        return [by, ' hands ', title, ' over to you', ...because, line.text ? fullStop(line.text) : '.']
      case 'rerouted':
        return [
          ...(line.away ? isAway(line.away, ctx) : [by]),
          ', so that you are asked for ',
          title,
          ' in their place.',
        ]
      case 'widened':
        return ['nobody has decided on ', title, ` for ${waited}, so that you may now too.`]
      case 'overdue':
        return [title, ' is overdue.']
      default:
        return [title, ` has been waiting for you for ${waited}.`]
    }
  }

  function deadline(): Words {
    const wait = step?.wait
    if (wait?.kind === 'approval' && wait.expiry) return [' It can be decided until ', day(wait.expiry.at), '.']
    return wait?.kind === 'task' && wait.dueAt !== null && !wait.overdue ? [' Due ', date(wait.dueAt), '.'] : []
  }
}

const sign = (kind: HistoryLine['kind']): Words =>
  kind === 'rerouted'
    ? ['🌴 ']
    : kind === 'overdue'
      ? ['⏰ ']
      : kind === 'delegate' || kind === 'reassign'
        ? ['➡️ ']
        : ['🔔 ']
