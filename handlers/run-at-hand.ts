import type { Person } from '../src/domain/actor.ts'
import { lastOn } from '../src/domain/earlier.ts'
import { type RunId, shortId } from '../src/domain/ids.ts'
import { type Run, type Step, stepOf } from '../src/domain/run.ts'
import { goneWorkflow, type WorkflowDefinition } from '../src/engine/define-workflow.ts'
import type { Action } from '../src/rules/rules.ts'
import type { Asker } from '../src/slack/authorize.ts'
import type { HandlerPorts } from '../src/slack/handler.ts'
import { manages } from '../src/slack/sight.ts'
import { nobody } from '../src/slack/surface.ts'
import { buttonForgotten, noSuchRun } from '../views/answers/private.ts'
import type { StepRef } from '../views/references.ts'
import type { Found } from './answer.ts'
import { permit, whoAsks } from './permit.ts'
import { cameTooLate } from './too-late.ts'

export interface RunAtHand {
  run: Run
  definition: WorkflowDefinition
  person: Person
}

export interface StepAtHand extends RunAtHand {
  step: Step
}

type Ports = Pick<HandlerPorts, 'engine' | 'workflows' | 'directory' | 'rules' | 'clock' | 'services'>

/** The run that a button or form names, if the asker's team has it and they may do this to it. `id` is null when it named none. */
export async function runAtHand(
  ports: Ports,
  asked: Asker,
  { id, action }: { id: RunId | null; action: Action },
): Promise<Found<RunAtHand>> {
  if (id === null) return { ok: false, answer: { drawing: buttonForgotten(), about: nobody(asked.team) } }
  const run = await ports.engine.run(asked.team, id)
  if (!run) return { ok: false, answer: { drawing: noSuchRun(shortId(id)), about: nobody(asked.team) } }
  const definition = ports.workflows.find(({ name }) => name === run.workflow) ?? goneWorkflow(run)
  const permitted = await permit(ports, asked, { action, workflow: run.workflow })
  if (!permitted.ok && action === 'see') {
    const asker = await whoAsks(ports, asked)
    if (asker.ok && manages(ports.workflows, run, asker.found)) {
      return { ok: true, found: { run, definition, person: asker.found } }
    }
  }
  return permitted.ok ? { ok: true, found: { run, definition, person: permitted.found } } : permitted
}

/** The same for a step, which must still be as it was when the button was drawn. */
export async function stepAtHand(
  ports: Ports,
  asked: Asker,
  { ref, action }: { ref: StepRef | null; action: Action },
): Promise<Found<StepAtHand>> {
  const at = await runAtHand(ports, asked, { id: ref?.run ?? null, action })
  if (!at.ok) return at
  const { run } = at.found
  const step = ref && stepOf(run, ref.step)
  if (!step) return { ok: false, answer: { drawing: buttonForgotten(), about: nobody(asked.team) } }
  if (step.version === ref.version) return { ok: true, found: { ...at.found, step } }
  return { ok: false, answer: await cameTooLate(ports, { run, by: lastOn(step), status: step.status }) }
}
