import { z } from 'zod'
import { StepKey } from '../domain/ids.ts'
import type { OperationName, StepOutline, WorkflowOutline } from '../domain/outline.ts'
import type { Run } from '../domain/run.ts'
import { stepName } from '../domain/step-key.ts'
import type { AnyConnector, EachResult, EachSpec, StepContext, StepSpec, UndoSpec } from './call-spec.ts'
import type { AnyRef, Deciding, EdgeSpec, StepRef } from './edges.ts'
import {
  type ApprovalSpec,
  Approved,
  type DelaySpec,
  type EventSpec,
  endOfUntil,
  type Knowing,
  type TaskSpec,
  type UntilSpec,
  Waited,
} from './step-kinds.ts'
import { type ChildWorkflow, SubflowDone, type SubflowSpec } from './subflow-spec.ts'
import { workflowShape } from './workflow-shape.ts'

export type { StepContext } from './call-spec.ts'
export { optional, type StepRef } from './edges.ts'
export { inWords } from './step-kinds.ts'

interface AnyStep {
  key: StepKey
  title: string
  needs: readonly StepKey[]
  optional: readonly StepKey[]
  after: readonly StepKey[]
  uses: readonly AnyConnector[]
  when: ((deciding: Deciding<unknown>) => boolean) | null
  access: string | null
  leaves: string | null
  output: z.ZodType
}

type Known = Knowing<unknown, AnyRef>

/** A step that calls services. */
export interface CallStep extends AnyStep {
  kind: 'step'
  run(context: CallContext): Promise<unknown>
  undo: UndoSpec<CallContext, unknown> | null
  /** Of one that undoes another: the operation by which that one made it. */
  undoing?: OperationName
}

/** What the function of any step that calls services may ask for; `item` inside `each`, `result` and `made` where it undoes. */
export type CallContext = StepContext<unknown, AnyRef, AnyConnector> & {
  item: unknown
  result: unknown
  made: boolean
}

/** The same for every item of a list. */
export interface EachStep extends AnyStep {
  kind: 'each'
  /** How one of them is done. */
  one: CallStep
  concurrency: number
  items(known: Known): unknown
  item: z.ZodType
  nameOf(item: unknown): { key: string; label: string }
}

/** Another workflow is run. */
export interface SubflowStep extends AnyStep {
  kind: 'subflow'
  workflow: ChildWorkflow
  start(known: Known): unknown
}

/** Ends the run that a subflow began, when what its own run did is undone. */
export interface EndRunStep extends AnyStep {
  kind: 'end-run'
}

/** A step that waits, for people, an event or a time. */
export type WaitStep = AnyStep &
  (
    | { kind: 'approval'; rule: string }
    | { kind: 'task'; rule: string; instructions(known: Known): string }
    | { kind: 'event'; event: string; keyOf(known: Known): string; within: ((known: Known) => number) | null }
    | { kind: 'time'; ends(known: Known, now: number): { until: number; zone: string | null } }
  )

/** A step as the engine holds it; types are erased, schemas check what they said. */
export type StepDefinition = CallStep | WaitStep | EachStep | SubflowStep

export interface WorkflowDefinition {
  name: string
  version: number
  title: string
  input: z.ZodObject
  subject(input: unknown): { key: string; label: string }
  /** Slack's id of the subject's manager, who may see the run; undefined where the form asks for none. */
  manager?: ((input: unknown) => string | null) | undefined
  steps: readonly StepDefinition[]
  outline: WorkflowOutline
  /** Digest of its graph and schemas. */
  shape: string
}

interface WorkflowSpec<Schema extends z.ZodObject> {
  name: string
  /** Raised by the author when the graph changes. */
  version: number
  title: string
  input: Schema
  /** Whom or what a run is about: a key that identifies it (an e-mail address), and what people call it. */
  subject(input: z.output<Schema>): { key: string; label: string }
  /** Slack's id of the subject's manager: they may see the run, whatever the rules say. */
  manager?(input: z.output<Schema>): string | null
}

interface Builder<Input> {
  step<Output, Needs extends AnyRef = never, Uses extends AnyConnector = never>(
    key: string,
    spec: StepSpec<Input, Output, Needs, Uses>,
  ): StepRef<Output>
  /** People decide whether the run goes on; the rules file says who. */
  approval<Needs extends AnyRef = never>(key: string, spec: ApprovalSpec<Input, Needs>): StepRef<Approved>
  /** Somebody does something by hand; the rules file says who. */
  task<Evidence, Needs extends AnyRef = never>(key: string, spec: TaskSpec<Input, Evidence, Needs>): StepRef<Evidence>
  /** The same for every item of a list: each is a step of its own, with a card of its own when it fails. */
  each<Item, Output, Needs extends AnyRef = never, Uses extends AnyConnector = never>(
    key: string,
    spec: EachSpec<Input, Item, Output, Needs, Uses>,
  ): StepRef<EachResult<Output>>
  /** Runs another workflow, and waits for its end. A refusal there is one here. */
  subflow<Child extends ChildWorkflow, Needs extends AnyRef = never>(
    key: string,
    spec: SubflowSpec<Input, Child, Needs>,
  ): StepRef<SubflowDone>
  /** Waits for something from outside; the rules file says which hook brings it, and until when it is expected. */
  event<Payload, Needs extends AnyRef = never>(key: string, spec: EventSpec<Input, Payload, Needs>): StepRef<Payload>
  /** Waits for a length of time. */
  delay<Needs extends AnyRef = never>(key: string, spec: DelaySpec<Input, Needs>): StepRef<Waited>
  /** Waits for a day, by the clocks of a time zone. */
  until<Needs extends AnyRef = never>(key: string, spec: UntilSpec<Input, Needs>): StepRef<Waited>
}

/** Defines a workflow: `build` declares its steps, each after those that it names. */
export function workflow<Schema extends z.ZodObject>(
  spec: WorkflowSpec<Schema>,
  build: (builder: Builder<z.output<Schema>>) => void,
): WorkflowDefinition & { input: Schema } {
  const steps: StepDefinition[] = []
  const add = (name: string, edges: EdgeSpec<never, AnyRef>, rest: (edges: AnyStep) => StepDefinition) => {
    const key = StepKey.parse(name)
    if (key !== stepName(key)) throw new Error(`${spec.name}: ${key} is no name for a step`)
    if (steps.some((step) => step.key === key)) throw new Error(`${spec.name}: two steps are called ${key}`)
    steps.push(rest(withEdges(key, edges as EdgeSpec<unknown, AnyRef>, steps)))
    return { key }
  }
  build(builderOf(add))
  if (steps.length === 0) throw new Error(`${spec.name}: a workflow needs at least one step`)
  return {
    ...spec,
    subject: (input) => spec.subject(input as z.output<Schema>),
    manager: spec.manager && ((input) => spec.manager?.(input as z.output<Schema>) ?? null),
    steps,
    shape: workflowShape({ ...spec, steps }),
    outline: { name: spec.name, version: spec.version, title: spec.title, steps: steps.map(outlineOf) },
  }
}

type Add = (name: string, edges: EdgeSpec<never, AnyRef>, rest: (edges: AnyStep) => StepDefinition) => { key: StepKey }

/** What each kind says beside its edges; schemas check at run time what the types said. */
function builderOf<Input>(add: Add): Builder<Input> {
  const erased = <Spec>(spec: unknown): Spec => spec as Spec
  return {
    step: (name, spec) => add(name, spec, (edges) => callStep(edges, erased(spec))),
    each(name, spec) {
      const { key, label, items, item, concurrency, ...call } = erased<AnyEach>(spec)
      const nameOf = (value: unknown) => ({ key: key(value), label: label?.(value) ?? key(value) })
      return add(name, spec, (edges) => {
        const one = callStep(edges, call)
        const list = z.array(z.object({ key: z.string(), result: one.output.optional() }))
        // Whoever marks all of it done by hand gives no results.
        const output = z.preprocess((given) => (Array.isArray(given) ? given : []), list)
        return { ...one, ...{ kind: 'each', one, concurrency, items, item, nameOf, output } }
      })
    },
    subflow(name, spec) {
      const { workflow: child, input: start } = erased<SubflowSpec<unknown, ChildWorkflow, AnyRef>>(spec)
      return add(name, spec, (edges) => ({ ...edges, kind: 'subflow', workflow: child, start, output: SubflowDone }))
    },
    approval: (name, spec) =>
      add(name, spec, (edges) => ({ ...edges, kind: 'approval', rule: spec.rule ?? name, output: Approved })),
    task(name, spec) {
      const { instructions, evidence: output } = erased<TaskSpec<unknown, unknown, AnyRef>>(spec)
      return add(name, spec, (edges) => ({ ...edges, kind: 'task', rule: spec.rule ?? name, instructions, output }))
    },
    event(name, spec) {
      const {
        event = name,
        key: keyOf,
        within = null,
        payload: output,
      } = erased<EventSpec<unknown, unknown, AnyRef>>(spec)
      return add(name, spec, (edges) => ({ ...edges, kind: 'event', event, keyOf, within, output }))
    },
    delay(name, spec) {
      const { for: length } = erased<DelaySpec<unknown, AnyRef>>(spec)
      const ends = (known: Known, now: number) => ({ until: now + Math.max(0, Math.round(length(known))), zone: null })
      return add(name, spec, (edges) => ({ ...edges, kind: 'time', ends, output: Waited }))
    },
    until(name, spec) {
      const ends = (known: Known) => endOfUntil(erased<UntilSpec<unknown, AnyRef>>(spec), known)
      return add(name, spec, (edges) => ({ ...edges, kind: 'time', ends, output: Waited }))
    },
  }
}

type AnyEach = EachSpec<unknown, unknown, unknown, AnyRef, AnyConnector>
type AnyCall = Pick<StepSpec<unknown, unknown, AnyRef, AnyConnector>, 'uses' | 'access' | 'output'> &
  Pick<CallStep, 'run'> & { undo?: CallStep['undo'] }

const callStep = (edges: AnyStep, { run, uses, access, output, undo }: AnyCall): CallStep => ({
  ...edges,
  ...{ kind: 'step', uses: uses ?? [], access: access ?? null, output, run, undo: undo ?? null },
})

function withEdges(key: StepKey, spec: EdgeSpec<unknown, AnyRef>, earlier: readonly StepDefinition[]): AnyStep {
  const isOptional = (ref: AnyRef): boolean => 'optional' in ref
  const needs = spec.needs ?? []
  for (const ref of [...needs, ...(spec.after ?? [])]) {
    if (!earlier.some((step) => step.key === ref.key))
      throw new Error(`${key} names ${ref.key}, which is not declared before it`)
  }
  return {
    key,
    title: spec.title,
    needs: needs.filter((ref) => !isOptional(ref)).map((ref) => ref.key),
    optional: needs.filter(isOptional).map((ref) => ref.key),
    after: (spec.after ?? []).map((ref) => ref.key),
    uses: [],
    when: spec.when ?? null,
    access: null,
    leaves: spec.leaves ?? null,
    output: Approved,
  }
}

/** Stands for the shape of a workflow that is not there any more. */
export const GONE_SHAPE = 'gone'

/** What a run is shown by whose workflow is not there any more; no step of it can be carried out. */
export function goneWorkflow(run: Run): WorkflowDefinition {
  const edges = { needs: [], optional: [], after: [], services: [] }
  const steps = run.steps.map(({ key }) => ({ key, title: key, ...edges }))
  return {
    name: run.workflow,
    version: run.definition,
    title: run.workflow,
    input: z.looseObject({}),
    subject: () => run.subject,
    steps: [],
    outline: { name: run.workflow, version: run.definition, title: run.workflow, steps },
    shape: GONE_SHAPE,
  }
}

const outlineOf = (step: StepDefinition): WorkflowOutline['steps'][number] => ({
  key: step.key,
  title: step.title,
  needs: step.needs,
  after: step.after,
  optional: step.optional,
  services: step.uses.map((connector) => connector.service),
  ...(step.kind === 'approval' ? { approval: true as const } : {}),
  ...undoIn(step),
  ...(step.leaves === null ? {} : { leaves: step.leaves }),
})

function undoIn(step: StepDefinition): Pick<StepOutline, 'undo' | 'makes'> {
  if (step.kind === 'subflow') return { undo: `End ${step.workflow.title}` }
  const undo = callOf(step)?.undo
  if (!undo) return {}
  const { service, name } = undo.makes ?? {}
  return { undo: undo.title, ...(service && name ? { makes: { service, name } } : {}) }
}

const callOf = (step: StepDefinition): CallStep | null =>
  step.kind === 'step' ? step : step.kind === 'each' ? step.one : null
