import type { StepKey } from '../domain/ids.ts'
import { type Run, type Step, settled } from '../domain/run.ts'
import { stepName } from '../domain/step-key.ts'
import type { Wait } from '../domain/wait.ts'
import type { WorkflowDefinition } from './define-workflow.ts'
import { definitionOf } from './definition-of.ts'
import { carried } from './draft-change.ts'
import { newStep } from './new-step.ts'

export type Fit =
  /** The run as it goes on; `added` and `dropped` are steps that have not begun. */
  | { kind: 'fits'; steps: Step[]; input: unknown; added: StepKey[]; dropped: StepKey[] }
  /** What does not fit, in words. */
  | { kind: 'misfit'; message: string }

/** Whether a run can go on by another definition than the one that it went by so far; pure. */
export function fitRun(run: Run, definition: WorkflowDefinition): Fit {
  const misfit = (message: string): Fit => ({ kind: 'misfit', message })
  if (run.cancelled) return fitCancelled(run, definition)
  const input = definition.input.safeParse(run.input)
  if (!input.success) return misfit(`What was entered does not fit any more: ${issueIn(input.error)}.`)
  const kept: Step[] = []
  const dropped: StepKey[] = []
  for (const step of run.steps.map(asPlanned)) {
    const defined = definitionOf(definition, step.key)
    if (!defined && hasBegun(step))
      return misfit(`‘${step.key}’ ${HAS[step.status] ?? 'has begun'}, and is no step any more.`)
    if (!defined) {
      dropped.push(step.key)
      continue
    }
    const fitted = fitStep(step, defined)
    if (typeof fitted === 'string') return misfit(fitted)
    kept.push(fitted)
  }
  const added = definition.steps.filter(({ key }) => !kept.some((step) => step.key === key)).map(({ key }) => key)
  const steps = inOrder([...kept, ...added.map(newStep)], definition)
  const out = steps.map((step) => outOfOrder(step, steps, definition)).find((message) => message !== null)
  return out ? misfit(out) : { kind: 'fits', steps, input: input.data, added, dropped }
}

/** A run that is being undone gets no steps any more; what is left to undo has to be there. */
function fitCancelled(run: Run, definition: WorkflowDefinition): Fit {
  const gone = run.steps.find((step) => !settled(step) && !definitionOf(definition, step.key))
  if (gone) return { kind: 'misfit', message: `‘${gone.key}’ cannot be undone any more.` }
  return { kind: 'fits', steps: run.steps, input: run.input, added: [], dropped: [] }
}

/** What cannot be taken back: it was sent, asked, decided. */
const hasBegun = ({ status }: Step): boolean =>
  status !== 'pending' && status !== 'not-needed' && status !== 'cancelled'

/** A held step that has not begun is pending again: the new definition says when it begins. */
function asPlanned(step: Step): Step {
  if (step.status !== 'held' || step.attempts > 0 || step.failing || step.wait) return step
  return { ...carried(step), status: 'pending' }
}

const HAS: Readonly<Record<string, string>> = {
  succeeded: 'is done',
  skipped: 'was skipped',
  refused: 'was refused',
  waiting: 'has been asked',
}

function fitStep(step: Step, defined: NonNullable<ReturnType<typeof definitionOf>>): Step | string {
  if (defined.kind === 'approval' && passesApproval(step)) {
    return `‘${defined.title}’ is an approval now, and nobody was asked for it.`
  }
  if (step.status === 'succeeded') {
    const output = defined.output.safeParse(step.output)
    if (output.success) return { ...step, output: output.data }
    return `The result of ‘${defined.title}’ does not fit any more: ${issueIn(output.error)}.`
  }
  const waitsFor = WAITS_FOR[defined.kind]
  if (settled(step) || step.status === 'pending' || (step.wait?.kind ?? null) === waitsFor) return step
  // It failed before it began to wait: whom to ask could not be worked out.
  if (waitsFor !== null && step.wait === null && step.status === 'failed') return step
  return `‘${defined.title}’ is carried out in another way now, and has begun in the old one.`
}

/** What each kind of step waits for; null: for nothing, it calls services. */
const WAITS_FOR: Record<NonNullable<ReturnType<typeof definitionOf>>['kind'], Wait['kind'] | null> = {
  step: null,
  approval: 'approval',
  task: 'task',
  event: 'event',
  time: 'time',
  each: 'items',
  subflow: 'run',
  'end-run': null,
}

/** It was settled as something else, so that the run would go on without the approval. */
const passesApproval = ({ status, wait }: Step): boolean =>
  (status === 'succeeded' || status === 'skipped') && wait?.kind !== 'approval'

/** A step that has begun comes behind all that the new graph puts before it, and has what it needs. */
function outOfOrder(step: Step, steps: readonly Step[], definition: WorkflowDefinition): string | null {
  const defined = definitionOf(definition, step.key)
  if (!hasBegun(step) || !defined) return null
  const before = [...defined.needs, ...defined.optional, ...defined.after].map((key) => find(steps, key))
  const open = before.find((each) => each && !settled(each))
  if (open) return `‘${titleOf(definition, open.key)}’ now comes before ‘${defined.title}’, which has begun already.`
  const lacks = defined.needs.map((key) => find(steps, key)).find((each) => each && each.status !== 'succeeded')
  const takesResults = step.status !== 'skipped' && step.status !== 'refused'
  if (!lacks || !takesResults) return null
  return `‘${defined.title}’ now needs the result of ‘${titleOf(definition, lacks.key)}’, which has none.`
}

const find = (steps: readonly Step[], key: StepKey): Step | undefined => steps.find((step) => step.key === key)

const titleOf = ({ outline }: WorkflowDefinition, key: StepKey): string =>
  outline.steps.find((step) => step.key === stepName(key))?.title ?? key

/** Steps stand in the order of the graph. */
function inOrder(steps: Step[], definition: WorkflowDefinition): Step[] {
  const places = new Map(definition.steps.map(({ key }, place) => [key as string, place]))
  const place = (step: Step): number => places.get(stepName(step.key)) ?? places.size
  return steps.sort((one, other) => place(one) - place(other))
}

const issueIn = ({ issues: [issue] }: { issues: { path: PropertyKey[]; message: string }[] }): string =>
  `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim()

/** Whether a run has been looked at under this very definition. */
export function isFitted(run: Run, { version, shape }: Pick<WorkflowDefinition, 'version' | 'shape'>): boolean {
  const seen = run.heldBack ?? { version: run.definition, shape: run.shape }
  return seen.version === version && seen.shape === shape
}
