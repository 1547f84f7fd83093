import type { CauseKind, Hold } from '../src/domain/hold.ts'
import type { Run, StepIn } from '../src/domain/run.ts'
import type { RunPause } from '../src/domain/run-pause.ts'
import type { DrawContext } from './drawing.ts'
import { bold, day, moment, outside, type Words } from './rich-text.ts'

/** What a scope names, as one says it: `everything`, `Employee onboarding`, `calls to GitHub`. */
export function scopeInWords({ scope }: Pick<Hold, 'scope'>, ctx: DrawContext): string {
  switch (scope.of) {
    case 'everything':
      return 'everything'
    case 'workflow':
      return ctx.workflow?.(scope.workflow) ?? scope.workflow
    case 'service':
      return `calls to ${ctx.service(scope.service)}`
  }
}

/** What a service does for whoever calls it. */
export const FAILS: Record<CauseKind, string> = {
  unreachable: 'does not answer',
  failing: 'is not working',
  credentials: 'refuses Purser’s credentials',
  quota: 'takes no more calls for now',
}

/** `paused by …`, `held: …`: what keeps a step from going on, why, until when, and who may end it. */
export function whyHeld(step: StepIn<'held'>, run: Run, ctx: DrawContext): Words {
  const hold = holdOf(step, ctx)
  if (step.hold === null && run.paused) return pausedBy(run.paused, run, ctx)
  if (hold?.kind !== 'pause') return heldFor(step, run, ctx)
  const until = endWords(hold.until, mayResume(hold, ctx))
  return [...pausedIn(hold, ctx), ...until, ': ', outside(hold.reason, 200)]
}

/** The same for the line of a step, where reason and rights stand elsewhere. */
export function heldBy(step: StepIn<'held'>, run: Run, ctx: DrawContext): Words {
  const hold = holdOf(step, ctx)
  if (isToldAbove(step, run)) return ['held', ...notBefore(step, run)]
  if (step.hold === null && run.paused) return ['held: the run is paused', ...notBefore(step, run)]
  return hold?.kind === 'pause' ? [...pausedIn(hold, ctx), ...untilWords(hold.until)] : heldFor(step, run, ctx)
}

function heldFor(step: StepIn<'held'>, run: Run, ctx: DrawContext): Words {
  const hold = holdOf(step, ctx)
  switch (step.why) {
    case 'pause':
      return ['held by a pause; goes on in its turn']
    case 'incident': {
      const service = hold?.scope.of === 'service' ? ctx.service(hold.scope.service) : 'a service'
      const fails = hold?.kind === 'incident' ? FAILS[hold.cause] : FAILS.failing
      const still = hold?.status === 'releasing' ? ' works again; this goes on in its turn' : ` ${fails}`
      return ['held: ', outside(service, 60), still, ', since ', ...at(step.since, run)]
    }
    case 'brake':
      return ['held until somebody has looked', ...looks(hold, ctx), ': more were started than is usual']
  }
}

/** ` (Ops may)` */
const looks = (hold: Hold | null, ctx: DrawContext): Words => {
  const who = hold ? mayResume(hold, ctx) : ''
  return who === '' ? [] : [' (', outside(who, 120), ' may)']
}

const holdOf = (step: StepIn<'held'>, ctx: DrawContext): Hold | null =>
  step.hold === null ? null : (ctx.hold?.(step.hold) ?? null)

const pausedIn = (hold: Hold, ctx: DrawContext): Words => [
  'paused by ',
  bold(ctx.name(hold.by), 80),
  ' (',
  outside(scopeInWords(hold, ctx), 80),
  ')',
]

/** Whether the sentence about the whole run says by what this step is held. */
function isToldAbove(step: StepIn<'held'>, run: Run): boolean {
  if (run.status !== 'paused' && run.status !== 'held') return false
  return run.paused ? step.hold === null : firstHeld(run)?.hold === step.hold
}

/** What the sentence about a run that stands still tells of. */
export const firstHeld = (run: Run): StepIn<'held'> | undefined => run.steps.find((step) => step.status === 'held')

/** Of a step that backed off: it is tried no earlier, also when it is let go on before. */
const notBefore = ({ resumeAt }: StepIn<'held'>, run: Run): Words =>
  resumeAt === undefined ? [] : ['; tried again ', ...moment(resumeAt, run.startedAt), ' at the earliest']

const at = (when: number, run: Run): Words => moment(when, run.startedAt).slice(-1)

/** `paused by Jane Doe at 10:05, until Today at 12:05 (Ops may resume it): reason` */
export function pausedBy(paused: RunPause, run: Run, ctx: DrawContext): Words {
  const by: Words = ['paused by ', bold(ctx.name(paused.by), 80), ' ', ...moment(paused.at, run.startedAt)]
  const until = endWords(paused.until, ctx.mayResume?.(run.workflow) ?? '')
  return [...by, ...until, ': ', outside(paused.reason, 200)]
}

/** Who may let go on what this holds. */
export const mayResume = ({ scope }: Pick<Hold, 'scope'>, ctx: DrawContext): string =>
  ctx.mayResume?.(scope.of === 'workflow' ? scope.workflow : null) ?? ''

export const untilWords = (until: number | null): Words =>
  until === null ? [', until somebody resumes it'] : [', until ', day(until)]

/** The same with who may end it. */
export function endWords(until: number | null, who: string): Words {
  if (who === '') return untilWords(until)
  if (until === null) return [', until it is resumed (', outside(who, 120), ' may)']
  return [...untilWords(until), ' (', outside(who, 120), ' may resume it)']
}

/** What a pause does to what waits, sleeps and is started: said where people pause. */
export const WHAT_A_PAUSE_DOES =
  'What is under way finishes. Nothing else is started or tried again. Approvals, tasks and dates go on waiting and may be answered; what comes behind them is held. New starts are accepted and held. When the pause ends, all of it goes on by itself, oldest first.'
