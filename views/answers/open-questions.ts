import type { WorkflowOutline } from '../../src/domain/outline.ts'
import type { Run, Step } from '../../src/domain/run.ts'
import type { DrawContext } from '../drawing.ts'
import { whyHeld } from '../held.ts'
import { bold, link, moment, outside, time, type Words } from '../rich-text.ts'
import { inGraphOrder, stepTitle } from '../step-title.ts'
import { waitsFor } from '../waits-for.ts'

const MOST = 8

/** What a run waits for, and whose turn it is. */
export function openQuestions(run: Run, outline: WorkflowOutline, ctx: DrawContext): Words[] {
  const all = inGraphOrder(run, outline).flatMap((step) => {
    const turn = whoseTurn(step, run, ctx)
    return turn ? [[bold(stepTitle(outline, step.key, run), 80), ...turn] satisfies Words] : []
  })
  return all.length > MOST ? [...all.slice(0, MOST), [`and ${all.length - MOST} more`]] : all
}

function whoseTurn(step: Step, run: Run, ctx: DrawContext): Words | null {
  const at = (when: number) => moment(when, run.startedAt)
  const since = (when: number) => time(when, run.startedAt)
  switch (step.status) {
    case 'failed':
      return [' failed ', ...at(step.at), ': somebody has to retry, skip or escalate it', ...ticket(step)]
    case 'unknown':
      return [' may have been done ', ...at(step.at), ': somebody has to look and decide', ...ticket(step)]
    case 'backing-off':
      return [' has been failing since ', since(step.failing.since), '; Purser tries again ', ...at(step.resumeAt)]
    case 'running': {
      if (step.failing === null) return null
      const retry = step.decisions.findLast((decision) => decision.kind === 'retry')
      const by: Words = retry ? [', retried by ', outside(ctx.name(retry.by), 80)] : []
      return [' has been failing since ', since(step.failing.since), ' and is being tried again', ...by]
    }
    case 'held':
      return [' is ', ...whyHeld(step, run, ctx)]
    case 'waiting':
      return [' ', ...waitsFor(step, run, ctx)]
    default:
      return null
  }
}

function ticket(step: Step): Words {
  if (step.escalation?.status !== 'open') return []
  return [' (ticket ', link(step.escalation.ticket.url, step.escalation.ticket.key), ')']
}
