import type { Hold } from '../src/domain/hold.ts'
import type { Run, StepIn } from '../src/domain/run.ts'
import type { RunPause } from '../src/domain/run-pause.ts'
import type { DrawContext } from './drawing.ts'
import { bold, day, moment, outside, type Words } from './rich-text.ts'

/** What a scope names, as one says it: `everything`, `Employee onboarding`, `whatever calls GitHub`. */
export function scopeInWords({ scope }: Pick<Hold, 'scope'>, ctx: DrawContext): string {
  switch (scope.of) {
    case 'everything':
      return 'everything'
    case 'workflow':
      return ctx.workflow?.(scope.workflow) ?? scope.workflow
    case 'service':
      return `what calls ${ctx.service(scope.service)}`
  }
}

/** `paused by …`, `held: …`: what keeps a step from going on, and why. */
export function whyHeld(step: StepIn<'held'>, run: Run, ctx: DrawContext): Words {
  const hold = step.hold === null ? null : (ctx.hold?.(step.hold) ?? null)
  const by = heldBy(step, run, ctx)
  return hold?.kind === 'pause' ? [...by, ': ', outside(hold.reason, 200)] : by
}

/** The same for the line of a step, where the reason of a pause stands above. */
export function heldBy(step: StepIn<'held'>, run: Run, ctx: DrawContext): Words {
  const hold = step.hold === null ? null : (ctx.hold?.(step.hold) ?? null)
  if (step.hold === null && run.paused) return pausedBy(run.paused, run, ctx)
  if (hold?.kind === 'pause') {
    const what = outside(scopeInWords(hold, ctx), 80)
    return ['paused by ', bold(ctx.name(hold.by), 80), ' (', what, ')', ...untilWords(hold.until)]
  }
  switch (step.why) {
    case 'pause':
      return ['held by a pause; goes on in its turn']
    case 'incident': {
      const service = hold?.scope.of === 'service' ? ctx.service(hold.scope.service) : 'a service'
      const still = hold?.status === 'releasing' ? ' works again; this goes on in its turn' : ' fails for many'
      return ['held: ', outside(service, 60), still, ', since ', ...at(step.since, run)]
    }
    case 'brake':
      return ['held until somebody has looked: more were started than is usual']
  }
}

const at = (when: number, run: Run): Words => moment(when, run.startedAt).slice(-1)

/** `paused by Jane Doe at 10:05, until Today at 12:05: reason` */
export function pausedBy(paused: RunPause, run: Run, ctx: DrawContext): Words {
  const by: Words = ['paused by ', bold(ctx.name(paused.by), 80), ' ', ...moment(paused.at, run.startedAt)]
  return [...by, ...untilWords(paused.until), ': ', outside(paused.reason, 200)]
}

export const untilWords = (until: number | null): Words =>
  until === null ? [', until somebody resumes it'] : [', until ', day(until)]

/** What a pause does to what waits, sleeps and is started: said where people pause. */
export const WHAT_A_PAUSE_DOES =
  'What is being sent now finishes. Nothing else is started or tried again. Approvals, tasks and dates go on waiting and may be answered; what comes behind them is held. New starts are accepted and held. When the pause ends, all of it goes on by itself, oldest first.'
