import { outlineOf, type WorkflowOutline } from '../src/domain/outline.ts'
import { asksPeople, type Run, type Step, settled, stepOf } from '../src/domain/run.ts'
import type { DrawContext } from './drawing.ts'
import { heldBy } from './held.ts'
import { moment, outside, time, type Words } from './rich-text.ts'
import { stepTitle } from './step-title.ts'
import { duration } from './times.ts'
import { waitEnded, waitsFor } from './waits-for.ts'
import { listed } from './wording.ts'

interface Place {
  run: Run
  outline: WorkflowOutline
}

/** The sign before a step's name; its words always say the same. */
export function stepSign(step: Step): string {
  switch (step.status) {
    case 'pending':
      return '⚪'
    case 'waiting':
      return asksPeople(step) ? '🟡' : '⏳'
    case 'refused':
      return '🚫'
    case 'running':
      return step.failing ? '🔁' : '🔵'
    case 'held':
      return '⏸️'
    case 'backing-off':
      return '🔁'
    case 'failed':
      return '🔴'
    case 'unknown':
      return '🟠'
    case 'succeeded':
      return '✅'
    case 'skipped':
      return '⏩'
    case 'not-needed':
      return '➖'
    case 'cancelled':
      return step.attempts === 0 ? '➖' : '⛔'
  }
}

/** How a step stands, in a few words. */
export function stepState(step: Step, { run, outline }: Place, ctx: DrawContext): Words {
  const at = (when: number) => moment(when, run.startedAt)
  switch (step.status) {
    case 'pending':
      return [outside(waitingFor(step, { run, outline }), 150)]
    case 'running':
      if (step.failing) return ['trying again: ', outside(step.failing.failure.message, 120)]
      return [`in progress${withServices(step, outline, ctx)} since `, time(step.startedAt, run.startedAt)]
    case 'backing-off':
      return ['retrying ', ...at(step.resumeAt), ': ', outside(step.failing.failure.message, 120)]
    case 'failed':
      return ['failed, needs someone: ', outside(step.failing.failure.message, 120)]
    case 'unknown':
      return ['outcome unknown, needs someone: ', outside(step.failing.failure.message, 120)]
    case 'held':
      return heldBy(step, run, ctx)
    case 'waiting':
      return waitsFor(step, run, ctx)
    case 'refused':
      if (step.by.kind === 'machine') return ['not given ', ...at(step.at), ': ', outside(step.reason, 120)]
      return ['refused by ', outside(ctx.name(step.by), 60), ' ', ...at(step.at), ': ', outside(step.reason, 120)]
    case 'succeeded':
      if (step.wait) return waitEnded(step, run, ctx)
      if (step.markedBy) return ['marked done by ', outside(ctx.name(step.markedBy), 60), ' ', ...at(step.at)]
      return [`done in ${duration(step.at - step.startedAt)}`, ...afterRetry(step, ctx)]
    case 'skipped':
      return ['skipped by ', outside(ctx.name(step.by), 60), ' ', ...at(step.at)]
    case 'not-needed':
      if (step.because !== 'rule' && stepOf(run, step.because)?.status === 'refused') {
        return ['not done: ', outside(stepTitle(outline, step.because), 80), ' was refused']
      }
      return step.because === 'rule'
        ? ['not needed here']
        : ['left out without ', outside(stepTitle(outline, step.because), 80)]
    case 'cancelled':
      return [step.attempts === 0 ? 'not started' : 'stopped with the run']
  }
}

function afterRetry(step: Step, ctx: DrawContext): Words {
  const last = step.decisions.findLast((decision) => decision.kind === 'retry')
  return last ? [', retried by ', outside(ctx.name(last.by), 60)] : []
}

function withServices(step: Step, outline: WorkflowOutline, ctx: DrawContext): string {
  const services = outlineOf(outline, step.key)?.services ?? []
  return services.length === 0 ? '' : ` with ${listed(services.map((name) => ctx.service(name)))}`
}

function waitingFor(step: Step, { run, outline }: Place): string {
  const node = outlineOf(outline, step.key)
  const before = node ? [...node.needs, ...node.after, ...node.optional] : []
  const open = before.filter((key) => {
    const other = stepOf(run, key)
    return other !== undefined && !settled(other)
  })
  if (open.length === 0) return 'about to start'
  return `waits for ${listed(
    [...new Set(open)].map((key) => stepTitle(outline, key)),
    2,
  )}`
}
