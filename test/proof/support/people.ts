import type { Actor } from '../../../src/domain/actor.ts'
import { RetryLater } from '../../../src/domain/errors.ts'
import { type RunId, UserId } from '../../../src/domain/ids.ts'
import type { Run, Step } from '../../../src/domain/run.ts'
import type { DecisionRequest } from '../../../src/engine/decisions.ts'
import type { WorkflowDefinition } from '../../../src/engine/define-workflow.ts'
import { USER_IDS } from '../../../src/sandbox/seed.ts'
import { TEAM } from '../../support/test-ids.ts'
import type { OpenPurser } from './open-purser.ts'
import { sampleFor } from './sample-values.ts'

type Person = Extract<Actor, { kind: 'person' }>
const person = (user: string): Person => ({ kind: 'person', team: TEAM, user: UserId.parse(user) })

/** Whoever starts everything; the others answer what is asked. */
export const STARTER = person(USER_IDS.ops)
const OTHERS = [USER_IDS.manager, USER_IDS.teammate, 'U0MAYA0000', 'U0MIRA0000'].map(person)

/** What somebody was told is done. */
export interface Acknowledged {
  run: RunId
  step: string
  kind: DecisionRequest['kind']
  by: string
}

interface About {
  purser: OpenPurser
  workflows: readonly WorkflowDefinition[]
}

/** Lets people do what the run asks of them: approve, do their task, retry; answers with what was acknowledged, or null when nothing is asked. */
export async function answerWhatIsAsked(about: About, run: Run): Promise<Acknowledged | null> {
  const definition = about.workflows.find(({ name }) => name === run.workflow)
  for (const step of run.steps) {
    for (const by of OTHERS) {
      const decision = definition && decisionOn(step, definition, run)
      if (!decision) break
      const call = { team: run.team, run: run.id, actor: by, decision }
      // A click that could not be written down is not acknowledged: they press again in a while.
      const answer = await about.purser.engine.decide(call).catch(toldToWait)
      if (answer === 'later') return null
      if (answer.kind === 'decided') return { run: run.id, step: step.key, kind: decision.kind, by: by.user }
    }
  }
  return null
}

function decisionOn(step: Step, definition: WorkflowDefinition, run: Run): DecisionRequest | null {
  const at = { step: step.key, stepVersion: step.version }
  // Looking again is what a careful person presses first.
  if (step.status === 'failed' || step.status === 'unknown') return { kind: 'retry', ...at, provenAbsent: false }
  if (step.status !== 'waiting' || !step.wait) return null
  const { wait } = step
  if (step.key === 'call-off') return { kind: 'cancel', reason: 'it was not right', undo: true }
  if (wait.kind === 'approval') return { kind: 'approve', ...at, as: whoIsAsked(wait.asked.groups) }
  if (wait.kind !== 'task') return null
  const asked = definition.steps.find(({ key }) => key === step.key)
  if (!asked) throw new Error(`${run.workflow} has no step ${step.key}`)
  return { kind: 'complete', ...at, as: whoIsAsked(wait.asked.groups), output: sampleFor(asked.output) }
}

/** Somebody of every group that is asked. */
const whoIsAsked = (groups: readonly { key: string }[]) => ({ email: null, groups: groups.map(({ key }) => key) })

function toldToWait(error: unknown): 'later' {
  if (error instanceof RetryLater) return 'later'
  throw error
}
