import type { StepKey } from '../domain/ids.ts'
import { isBlocking, type Run, type Step, type StepFailure, settled, stepOf } from '../domain/run.ts'
import { toStepFailure } from '../domain/step-failure.ts'
import type { Rules } from '../rules/rules.ts'
import type { StepDefinition, WorkflowDefinition } from './define-workflow.ts'

export type Planned =
  | { step: StepKey; kind: 'start' }
  /** `because`: the step whose result is missing or that was refused, or the step's own condition. */
  | { step: StepKey; kind: 'not-needed'; because: StepKey | 'rule' }
  /** Its condition threw: whether the run needs it is for a person to say. */
  | { step: StepKey; kind: 'undecided'; failure: StepFailure }

/** Which pending steps can start now, and which are not needed, in the graph's order; later ones follow from these. */
export function plan(definition: WorkflowDefinition, run: Run, rules: Rules): Planned[] {
  const planned: Planned[] = []
  const pending = new Set<StepKey>()
  for (const { key, status } of run.steps) if (status === 'pending') pending.add(key)
  if (pending.size === 0) return planned
  const known = new Map<StepKey, Edge | null>()
  const edge: EdgeTo = (key) => {
    const before = known.get(key)
    if (before !== undefined) return before
    const step = stepOf(run, key)
    const found = step ? edgeTo(step, run) : null
    known.set(key, found)
    return found
  }
  const isSettled = (key: StepKey): boolean => edge(key)?.settled ?? false
  for (const step of definition.steps) {
    if (!pending.has(step.key) || !mayBegin(step, isSettled)) continue
    const refusal = refusalBefore(step, edge)
    const hasResult = (key: StepKey): boolean => edge(key)?.hasResult ?? false
    const next = planStep(step, { refusal, hasResult, input: run.input, rules })
    planned.push(next)
    if (next.kind === 'not-needed') known.set(step.key, { settled: true, hasResult: false, refusal })
  }
  return planned
}

interface Deciding {
  /** The refused approval behind which it stands. */
  refusal: StepKey | null
  hasResult(step: StepKey): boolean
  input: unknown
  rules: Rules
}

function planStep(step: StepDefinition, { refusal, hasResult, input, rules }: Deciding): Planned {
  const lost = refusal ?? step.needs.find((key) => !hasResult(key))
  if (lost) return { step: step.key, kind: 'not-needed', because: lost }
  try {
    if (isNeeded(step, input, rules)) return { step: step.key, kind: 'start' }
    return { step: step.key, kind: 'not-needed', because: 'rule' }
  } catch (error) {
    return { step: step.key, kind: 'undecided', failure: { ...toStepFailure(error), code: UNDECIDED } }
  }
}

/** Code of the failure of a step whose condition could not be decided. */
export const UNDECIDED = 'condition-not-decided'

type EdgeTo = (key: StepKey) => Edge | null

interface Edge {
  settled: boolean
  hasResult: boolean
  /** The refused approval behind which it stands, or which it is. */
  refusal: StepKey | null
}

function edgeTo(step: Step, run: Run): Edge {
  const because = step.status === 'not-needed' && step.because !== 'rule' ? step.because : null
  const isBehind = because !== null && stepOf(run, because)?.status === 'refused'
  const refusal = step.status === 'refused' ? step.key : isBehind ? because : null
  return { settled: settled(step), hasResult: step.status === 'succeeded', refusal }
}

/** A refusal reaches everything behind it, by results and by order; only an optional edge takes a step out of it. */
function refusalBefore({ needs, after }: StepDefinition, edge: EdgeTo): StepKey | null {
  for (const key of needs) if (edge(key)?.refusal) return edge(key)?.refusal ?? null
  for (const key of after) if (edge(key)?.refusal) return edge(key)?.refusal ?? null
  return null
}

/** Whether the rules ask for the step at all, for this input. */
export const isNeeded = (step: StepDefinition, input: unknown, rules: Rules): boolean =>
  (step.when === null || step.when({ input, rules })) && (step.access === null || rules.grants(step.access, input))

const mayBegin = ({ needs, optional, after }: StepDefinition, isSettled: (key: StepKey) => boolean): boolean =>
  needs.every(isSettled) && optional.every(isSettled) && after.every(isSettled)

/** What the run as a whole is doing, from its steps. */
export function runStatus(run: Pick<Run, 'steps' | 'debts' | 'cancelled' | 'paused'>): Run['status'] {
  const { steps, debts, cancelled, paused } = run
  if (cancelled) {
    if (steps.every(settled)) return 'cancelled'
    return steps.some(isBlocking) ? 'blocked' : 'cancelling'
  }
  if (steps.every(settled)) {
    if (steps.some(({ status }) => status === 'refused')) return 'refused'
    return debts.some(({ closed }) => !closed) ? 'succeeded-with-debt' : 'succeeded'
  }
  if (steps.some(isBlocking)) return 'blocked'
  if (paused) return 'paused'
  const isUnderWay = steps.some(({ status }) => status === 'running' || status === 'backing-off')
  const held = isUnderWay ? [] : steps.filter((step) => step.status === 'held')
  if (held.length > 0) return held.every(({ why }) => why === 'pause') ? 'paused' : 'held'
  return !isUnderWay && steps.some(({ status }) => status === 'waiting') ? 'waiting' : 'running'
}
