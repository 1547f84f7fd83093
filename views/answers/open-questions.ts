import type { WorkflowOutline } from '../../src/domain/outline.ts'
import type { Run, Step } from '../../src/domain/run.ts'
import { isQuietItem } from '../cards/progress-list.ts'
import type { DrawContext } from '../drawing.ts'
import { whyHeld } from '../held.ts'
import { bold, link, moment, outside, type Piece, time, type Words } from '../rich-text.ts'
import { inGraphOrder, stepTitle } from '../step-title.ts'
import { texts } from '../texts/index.ts'
import { waitsFor } from '../waits-for.ts'

const MOST = 8

/** What a run waits for, and whose turn it is. */
export const openQuestions = (run: Run, outline: WorkflowOutline, ctx: DrawContext): Words[] =>
  asked(inGraphOrder(run, outline), { run, outline }, ctx)

/** Of these only what the lines of the steps, which stand beside it, do not say. */
export const openBesideSteps = (run: Run, outline: WorkflowOutline, ctx: DrawContext): Words[] =>
  asked(
    inGraphOrder(run, outline).filter((step) => isQuietItem(step) || NEEDS_SOMEBODY.has(step.status)),
    { run, outline },
    ctx,
  )

const NEEDS_SOMEBODY: ReadonlySet<Step['status']> = new Set(['failed', 'unknown'])

function asked(steps: readonly Step[], { run, outline }: { run: Run; outline: WorkflowOutline }, ctx: DrawContext) {
  const all = steps.flatMap((step) => {
    const turn = whoseTurn(step, { run, title: bold(stepTitle(outline, step.key, run), 80) }, ctx)
    return turn ? [turn] : []
  })
  return all.length > MOST ? [...all.slice(0, MOST), [texts.words.andMore(all.length - MOST)]] : all
}

function whoseTurn(step: Step, of: { run: Run; title: Piece }, ctx: DrawContext): Words | null {
  const says = texts.runAnswers
  const { run, title } = of
  const at = (when: number) => moment(when, run.startedAt)
  const since = (when: number) => time(when, run.startedAt)
  switch (step.status) {
    case 'failed':
      return says.failed({ step: title, at: at(step.at), ticket: ticket(step) })
    case 'unknown':
      return says.maybeDone({ step: title, at: at(step.at), ticket: ticket(step) })
    case 'backing-off':
      return says.failingSince({ step: title, since: since(step.failing.since), again: at(step.resumeAt) })
    case 'running': {
      if (step.failing === null) return null
      const retry = step.decisions.findLast((decision) => decision.kind === 'retry')
      const by = retry ? outside(ctx.name(retry.by), 80) : null
      return says.beingRetried({ step: title, since: since(step.failing.since), by })
    }
    case 'held':
      return says.isHeld(title, whyHeld(step, run, ctx))
    case 'waiting':
      return says.waits(title, waitsFor(step, run, ctx))
    default:
      return null
  }
}

const ticket = ({ escalation }: Step): Piece | null =>
  escalation?.status === 'open' ? link(escalation.ticket.url, escalation.ticket.key) : null
