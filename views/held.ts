import type { Hold } from '../src/domain/hold.ts'
import type { Run, StepIn } from '../src/domain/run.ts'
import type { RunPause } from '../src/domain/run-pause.ts'
import type { DrawContext } from './drawing.ts'
import { bold, day, moment, outside, type Piece, time, type Words } from './rich-text.ts'
import { texts } from './texts/index.ts'

/** What a scope names, as one says it: `everything`, `Employee onboarding`, `calls to GitHub`. */
export function scopeInWords({ scope }: Pick<Hold, 'scope'>, ctx: DrawContext): string {
  switch (scope.of) {
    case 'everything':
      return texts.held.everything
    case 'workflow':
      return ctx.workflow?.(scope.workflow) ?? scope.workflow
    case 'service':
      return texts.held.callsTo(ctx.service(scope.service))
  }
}

/** `paused by …`, `held: …`: what keeps a step from going on, why, until when, and who may end it. */
export function whyHeld(step: StepIn<'held'>, run: Run, ctx: DrawContext): Words {
  const hold = holdOf(step, ctx)
  if (step.hold === null && run.paused) return pausedBy(run.paused, run, ctx)
  if (hold?.kind !== 'pause') return heldFor(step, run, ctx)
  const until = endWords(hold.until, mayResume(hold, ctx))
  return texts.held.pausedIn({ ...pausedIn(hold, ctx), until, reason: outside(hold.reason, 200) })
}

/** The same for the line of a step, where reason and rights stand elsewhere. */
export function heldBy(step: StepIn<'held'>, run: Run, ctx: DrawContext): Words {
  const hold = holdOf(step, ctx)
  if (isToldAbove(step, run)) return texts.held.held(notBefore(step, run))
  if (step.hold === null && run.paused) return texts.held.runIsPaused(notBefore(step, run))
  if (hold?.kind !== 'pause') return heldFor(step, run, ctx)
  return texts.held.pausedIn({ ...pausedIn(hold, ctx), until: untilWords(hold.until), reason: null })
}

function heldFor(step: StepIn<'held'>, run: Run, ctx: DrawContext): Words {
  const hold = holdOf(step, ctx)
  switch (step.why) {
    case 'pause':
      return [texts.held.byAPause]
    case 'incident': {
      const name = hold?.scope.of === 'service' ? ctx.service(hold.scope.service) : texts.held.aService
      const [service, since] = [outside(name, 60), time(step.since, run.startedAt)]
      if (hold?.status === 'releasing') return texts.held.worksAgain(service, since)
      return texts.held.byIncident({ service, cause: hold?.kind === 'incident' ? hold.cause : 'failing', since })
    }
    case 'brake': {
      const who = hold ? mayResume(hold, ctx) : ''
      return texts.held.byBrake(who === '' ? null : outside(who, 120))
    }
  }
}

const holdOf = (step: StepIn<'held'>, ctx: DrawContext): Hold | null =>
  step.hold === null ? null : (ctx.hold?.(step.hold) ?? null)

const pausedIn = (hold: Hold, ctx: DrawContext): { by: Piece; scope: Piece } => ({
  by: bold(ctx.name(hold.by), 80),
  scope: outside(scopeInWords(hold, ctx), 80),
})

/** Whether the sentence about the whole run says by what this step is held. */
function isToldAbove(step: StepIn<'held'>, run: Run): boolean {
  if (run.status !== 'paused' && run.status !== 'held') return false
  return run.paused ? step.hold === null : firstHeld(run)?.hold === step.hold
}

/** What the sentence about a run that stands still tells of. */
export const firstHeld = (run: Run): StepIn<'held'> | undefined => run.steps.find((step) => step.status === 'held')

/** Of a step that backed off: it is tried no earlier, also when it is let go on before. */
const notBefore = ({ resumeAt }: StepIn<'held'>, run: Run): Words | null =>
  resumeAt === undefined ? null : moment(resumeAt, run.startedAt)

/** `paused by Jane Doe at 10:05, until Today at 12:05 (Ops may resume it): reason` */
export const pausedBy = (paused: RunPause, run: Run, ctx: DrawContext): Words =>
  texts.held.pausedBy({
    by: bold(ctx.name(paused.by), 80),
    at: moment(paused.at, run.startedAt),
    until: endWords(paused.until, ctx.mayResume?.(run.workflow) ?? ''),
    reason: outside(paused.reason, 200),
  })

/** Who may let go on what this holds. */
export const mayResume = ({ scope }: Pick<Hold, 'scope'>, ctx: DrawContext): string =>
  ctx.mayResume?.(scope.of === 'workflow' ? scope.workflow : null) ?? ''

export const untilWords = (until: number | null): Words =>
  until === null ? texts.held.untilResumed() : texts.held.until(day(until))

/** The same with who may end it. */
export function endWords(until: number | null, who: string): Words {
  if (who === '') return untilWords(until)
  const mayEnd = outside(who, 120)
  return until === null ? texts.held.untilResumedBy(mayEnd) : texts.held.untilOrResumed(day(until), mayEnd)
}
