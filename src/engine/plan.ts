import type { StepKey } from '../domain/ids.ts'
import { type Run, type Step, settled } from '../domain/run.ts'
import type { Rules } from '../rules/rules.ts'
import type { StepDefinition, WorkflowDefinition } from './define-workflow.ts'

export type Planned =
  | { step: StepKey; kind: 'start' }
  /** `because`: the step whose result is missing, or the step's own condition. */
  | { step: StepKey; kind: 'not-needed'; because: StepKey | 'rule' }

/** Which pending steps can start now, and which are not needed, in the graph's order; later ones follow from these. */
export function plan(definition: WorkflowDefinition, run: Run, rules: Rules): Planned[] {
  const steps = new Map<StepKey, { settled: boolean; hasResult: boolean }>(
    run.steps.map((step) => [step.key, { settled: settled(step), hasResult: step.status === 'succeeded' }]),
  )
  const pending = new Set(run.steps.filter((step) => step.status === 'pending').map((step) => step.key))
  const planned: Planned[] = []
  for (const step of definition.steps) {
    if (!pending.has(step.key) || !edges(step).every((key) => steps.get(key)?.settled)) continue
    const lost = step.needs.find((key) => !steps.get(key)?.hasResult)
    if (lost) planned.push({ step: step.key, kind: 'not-needed', because: lost })
    else if (!isNeeded(step, run.input, rules)) {
      planned.push({ step: step.key, kind: 'not-needed', because: 'rule' })
    } else {
      planned.push({ step: step.key, kind: 'start' })
      continue
    }
    steps.set(step.key, { settled: true, hasResult: false })
  }
  return planned
}

/** Whether the rules ask for the step at all, for this input. */
export const isNeeded = (step: StepDefinition, input: unknown, rules: Rules): boolean =>
  (step.when === null || step.when({ input, rules })) && (step.access === null || rules.grants(step.access, input))

const edges = (step: StepDefinition): StepKey[] => [...step.needs, ...step.optional, ...step.after]

/** What the run as a whole is doing, from its steps. */
export function runStatus(steps: readonly Step[], debts: number): Run['status'] {
  if (steps.every(settled)) return debts > 0 ? 'succeeded-with-debt' : 'succeeded'
  return steps.some((step) => step.status === 'failed' || step.status === 'unknown') ? 'blocked' : 'running'
}
