import { causeOf } from '../domain/cause.ts'
import type { Hold, HoldKind, HoldOf } from '../domain/hold.ts'
import type { HoldId, StepKey } from '../domain/ids.ts'
import { type Run, type Step, type StepFailure, type StepIn, settled } from '../domain/run.ts'
import { isGivenUp } from './decide-hold.ts'
import { definitionOf } from './definition-of.ts'
import { carried, type Draft, failureFacts } from './draft-change.ts'
import type { EventOf } from './events.ts'

/** What holds a step; null is its own run's pause. */
interface HeldBy {
  hold: HoldId | null
  why: HoldKind
}

/** What keeps a step from beginning now; what is on the wire is never held. */
export function holdOn({ run, context }: Draft, step: NonNullable<ReturnType<typeof definitionOf>>): HeldBy | null {
  if (run.paused) return { hold: null, why: 'pause' }
  const brake = context.brake ?? brakeOn({ run, context })
  if (brake) return { hold: brake, why: 'brake' }
  const hold = context.holds?.find((each) => stops(each, run, step))
  return hold ? { hold: hold.id, why: hold.kind } : null
}

/** The brake behind which this run stands: what a deploy adds to it, or comes behind a skip, waits too. */
export function brakeOn({ run, context }: Pick<Draft, 'run' | 'context'>): HoldId | null {
  const held = run.steps.find((step) => step.status === 'held' && step.why === 'brake')
  const id = held?.status === 'held' ? held.hold : null
  return context.holds?.some((hold) => hold.id === id) ? id : null
}

/** A brake holds what is started, not what goes on. */
function stops(hold: Hold, run: Run, step: NonNullable<ReturnType<typeof definitionOf>>): boolean {
  if (hold.team !== run.team || hold.status !== 'open' || hold.kind === 'brake') return false
  switch (hold.scope.of) {
    case 'everything':
      return true
    case 'workflow':
      return hold.scope.workflow === run.workflow
    case 'service': {
      const { service } = hold.scope
      return step.uses.some((connector) => connector.service === service)
    }
  }
}

/** Keeps a step that would begin from doing so. */
export function holdStep(draft: Draft, key: StepKey, { hold, why }: HeldBy): void {
  const step = draft.step(key)
  const since = step.status === 'held' ? step.since : draft.context.now
  const failing = 'failing' in step && step.failing ? step.failing : null
  const resumeAt = 'resumeAt' in step ? (step.resumeAt ?? 0) : 0
  const notBefore = resumeAt > draft.context.now ? { resumeAt } : {}
  draft.put({ ...carried(step), status: 'held', hold, why, since, failing, ...notBefore })
  if (step.status === 'held' && step.hold === hold) return
  draft.entry({ kind: 'step.held', step: key, facts: { hold: hold ?? 'run', why } })
  // What has not failed has no card, and gets none that would say that it did.
  if (step.alerted) draft.markFailure(key)
}

/** What backs off while something holds it waits for that: its next try is not before the end. */
export function holdBackingOff(draft: Draft): boolean {
  let heldSome = false
  for (const step of draft.run.steps) {
    const definition = step.status === 'backing-off' && definitionOf(draft.context.definition, step.key)
    const held = definition && holdOn(draft, definition)
    if (!held) continue
    holdStep(draft, step.key, held)
    heldSome = true
  }
  return heldSome
}

/** A held step that backed off and whose time has not come backs off again; false when it may begin. */
export function backOffAgain(draft: Draft, key: StepKey): boolean {
  const step = draft.step(key)
  if (step.status !== 'held' || !step.failing || (step.resumeAt ?? 0) <= draft.context.now) return false
  const { incident: _over, ...failing } = step.failing
  draft.put({ ...carried(step), status: 'backing-off', resumeAt: Number(step.resumeAt), failing })
  holdBackingOff(draft)
  return true
}

/** The incident, if there is one, that has the same cause as this failure. */
export function incidentOver({ run, context }: Draft, failure: StepFailure): HoldOf<'incident'> | null {
  if (causeOf(failure) === null) return null
  const over = context.holds?.find(
    (hold) =>
      hold.kind === 'incident' &&
      hold.team === run.team &&
      hold.status !== 'closed' &&
      // What somebody has closed takes nothing in any more: else it would let go of the same steps again and again.
      !isGivenUp(hold) &&
      hold.scope.of === 'service' &&
      hold.scope.service === failure.service,
  )
  return over?.kind === 'incident' ? over : null
}

interface Failing {
  failing: { since: number; failure: StepFailure }
  incident: HoldOf<'incident'>
}

/** Takes a step that fails into the incident: its own card, where it has one, says so. */
export function holdFailing(draft: Draft, step: Step, { failing, incident }: Failing): void {
  const held = { status: 'held', hold: incident.id, why: 'incident', since: draft.context.now } as const
  draft.put({ ...carried(step), ...held, failing: { ...failing, incident: incident.id } })
  const facts = failureFacts(failing.failure)
  const attempt = step.status === 'running' ? { attempt: step.attempt } : {}
  draft.entry({
    kind: 'step.held',
    step: step.key,
    ...attempt,
    ...facts,
    facts: { ...facts.facts, hold: incident.id, why: 'incident' },
  })
  if (step.alerted) draft.markFailure(step.key)
}

/** Takes what already fails of the incident's cause into it; false when nothing does. What people have to look at stays with them. */
export function joinIncident(draft: Draft, id: HoldId): boolean {
  let joined = false
  for (const step of draft.run.steps) {
    const failing = 'failing' in step ? step.failing : null
    if (!failing || failing.incident || step.status === 'unknown' || step.status === 'held') continue
    const incident = incidentOver(draft, failing.failure)
    if (incident?.id !== id) continue
    joined = true
    if (step.status === 'running') {
      draft.put({ ...step, failing: { ...failing, incident: id } })
      if (step.alerted) draft.markFailure(step.key)
    } else holdFailing(draft, step, { failing, incident })
  }
  return joined
}

/** Lets go of what this hold kept back: `begin` is asked anew, as another hold may stand. Answers with the steps. */
export function letGo(draft: Draft, { hold, by }: EventOf<'released'>): StepIn<'held'>[] {
  const held: StepIn<'held'>[] = []
  for (const step of draft.run.steps) {
    if (step.status === 'running' && step.failing?.incident === hold) {
      const { incident: _told, ...failing } = step.failing
      draft.put({ ...step, failing })
    }
    if (step.status !== 'held' || step.hold !== hold) continue
    // Its failure was the incident's: it begins with its whole budget.
    const isEarly = (step.resumeAt ?? 0) > draft.context.now
    draft.put(isEarly ? step : { ...step, failing: null, attemptsInRow: 0 })
    draft.entry({ kind: 'step.released', by, step: step.key, facts: { hold } })
    if (step.alerted) draft.markFailure(step.key)
    held.push(step)
  }
  return held
}

/** Whether the run has anything to do with this hold. */
export const concerns = (run: Run, hold: HoldId): boolean =>
  run.steps.some(
    (step) =>
      !settled(step) &&
      ((step.status === 'held' && step.hold === hold) || ('failing' in step && step.failing?.incident === hold)),
  )
