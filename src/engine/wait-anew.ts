import { isDeepStrictEqual } from 'node:util'
import type { Run, StepIn } from '../domain/run.ts'
import { toStepFailure } from '../domain/step-failure.ts'
import type { Wait } from '../domain/wait.ts'
import type { WaitStep } from './define-workflow.ts'
import { definitionOf } from './definition-of.ts'
import { carried, type Draft } from './draft-change.ts'
import type { TransitionContext } from './events.ts'
import { failStep } from './fail-step.ts'
import { timeHasCome, waitFor } from './open-wait.ts'

/**
 * What was entered has changed: whoever is asked, and the time or event that is waited for, follow it. A button that was
 * drawn with the old values counts no more.
 */
export function waitAnew(draft: Draft, before: Run): void {
  for (const step of draft.run.steps) {
    const definition = definitionOf(draft.context.definition, step.key)
    if (step.status !== 'waiting' || !step.wait || !definition || !isWaitStep(definition)) continue
    try {
      follow(draft, { step, wait: step.wait, definition }, before)
    } catch (error) {
      failStep(draft, step.key, toStepFailure(error))
    }
  }
}

type About = { step: StepIn<'waiting'>; wait: Wait; definition: WaitStep }

function follow(draft: Draft, { step, wait, definition }: About, before: Run): void {
  const { run, context } = draft
  const since: TransitionContext = { ...context, now: wait.since }
  const next = followed(wait, waitFor(definition, before, since), waitFor(definition, run, since))
  if (next === wait && wait.kind !== 'approval') return
  draft.put({ ...carried(step), wait: next, status: 'waiting', startedAt: step.startedAt })
  if (next !== wait) draft.entry({ kind: 'step.waiting', step: step.key, facts: { for: next.kind, anew: true } })
  draft.markStep(step.key)
  if (next.kind === 'time' && next.until <= context.now) timeHasCome(draft, draft.step(step.key))
}

/** The wait as it goes on: of two with the same outcome, the one that stands, with all that people did to it. */
function followed(wait: Wait, was: Wait, is: Wait): Wait {
  if (isDeepStrictEqual(was, is)) return wait
  if (wait.kind === 'task' && was.kind === 'task' && is.kind === 'task') {
    const { instructions } = is
    // Whom somebody handed it to keeps it.
    if (isDeepStrictEqual(was.asked, is.asked)) return { ...wait, instructions }
    const { standIns: _, short: __, ...rest } = wait
    return { ...rest, instructions, asked: is.asked }
  }
  return is
}

const isWaitStep = (definition: NonNullable<ReturnType<typeof definitionOf>>): definition is WaitStep =>
  definition.kind === 'approval' ||
  definition.kind === 'task' ||
  definition.kind === 'event' ||
  definition.kind === 'time'
