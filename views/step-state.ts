import type { Actor } from '../src/domain/actor.ts'
import { outlineOf, type WorkflowOutline } from '../src/domain/outline.ts'
import { asksPeople, type Run, type Step, type StepFailure, type StepIn, settled, stepOf } from '../src/domain/run.ts'
import type { DrawContext } from './drawing.ts'
import { heldBy } from './held.ts'
import { moment, outside, type Piece, time, type Words } from './rich-text.ts'
import { stepTitle } from './step-title.ts'
import { texts } from './texts/index.ts'
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
  const says = texts.stepStates
  const at = (when: number) => moment(when, run.startedAt)
  const why = (failing: { failure: StepFailure }) => outside(failing.failure.message, 120)
  switch (step.status) {
    case 'pending':
      return [outside(waitingFor(step, { run, outline }), 150)]
    case 'running':
      if (step.failing) return says.tryingAgain(why(step.failing))
      return says.inProgress({ services: servicesOf(step, outline, ctx), since: time(step.startedAt, run.startedAt) })
    case 'backing-off':
      return says.retrying(at(step.resumeAt), why(step.failing))
    case 'failed':
      return says.failed(why(step.failing))
    case 'unknown':
      return says.unknown(why(step.failing))
    case 'held':
      return heldBy(step, run, ctx)
    case 'waiting':
      return waitsFor(step, run, ctx)
    case 'refused':
      if (step.by.kind === 'machine') return says.notGiven(at(step.at), outside(step.reason, 120))
      return says.refused({ by: nameOf(step.by, ctx), at: at(step.at), why: outside(step.reason, 120) })
    case 'succeeded':
      if (step.wait) return waitEnded(step, run, ctx)
      if (step.markedBy) return says.markedDone({ by: nameOf(step.markedBy, ctx), at: at(step.at) })
      return says.done(duration(step.at - step.startedAt), retriedBy(step, ctx))
    case 'skipped':
      return says.skipped({ by: nameOf(step.by, ctx), at: at(step.at) })
    case 'not-needed':
      return notNeeded(step.because, { run, outline })
    case 'cancelled':
      return [step.attempts === 0 ? says.notStarted : says.stopped]
  }
}

const nameOf = (who: Actor, ctx: DrawContext): Piece => outside(ctx.name(who), 60)

function notNeeded(because: StepIn<'not-needed'>['because'], { run, outline }: Place): Words {
  if (because === 'rule') return [texts.stepStates.notNeeded]
  const other = outside(stepTitle(outline, because), 80)
  return stepOf(run, because)?.status === 'refused'
    ? texts.stepStates.othersRefusal(other)
    : texts.stepStates.leftOut(other)
}

function retriedBy(step: Step, ctx: DrawContext): Piece | null {
  const last = step.decisions.findLast((decision) => decision.kind === 'retry')
  return last ? nameOf(last.by, ctx) : null
}

function servicesOf(step: Step, outline: WorkflowOutline, ctx: DrawContext): string | null {
  const services = outlineOf(outline, step.key)?.services ?? []
  return services.length === 0 ? null : listed(services.map((name) => ctx.service(name)))
}

function waitingFor(step: Step, { run, outline }: Place): string {
  const node = outlineOf(outline, step.key)
  const before = node ? [...node.needs, ...node.after, ...node.optional] : []
  const open = before.filter((key) => {
    const other = stepOf(run, key)
    return other !== undefined && !settled(other)
  })
  if (open.length === 0) return texts.stepStates.aboutToStart
  const titles = [...new Set(open)].map((key) => stepTitle(outline, key))
  return texts.stepStates.waitsForSteps(listed(titles, 2))
}
