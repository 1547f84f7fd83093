import type { z } from 'zod'
import { StepKey } from '../domain/ids.ts'
import type { Connector, Json } from '../domain/operation.ts'
import type { WorkflowOutline } from '../domain/outline.ts'
import type { Rules } from '../rules/rules.ts'

/** A step of a workflow, as its edges name it: a value that carries the type of its result. */
export interface StepRef<Output> {
  readonly key: StepKey
  /** For the type alone; never set. */
  readonly resultType?: Output
}

/** An edge that gives the result when there is one. */
export interface OptionalRef<Output> extends StepRef<Output | undefined> {
  readonly optional: true
}

/** Takes a step's result if it has one: the step that asks runs also when that one was skipped or not needed. */
export const optional = <Output>(ref: StepRef<Output>): OptionalRef<Output> => ({ key: ref.key, optional: true })

// biome-ignore lint/suspicious/noExplicitAny: a list of refs of different results has no narrower common type.
type AnyRef = StepRef<any>
// biome-ignore lint/suspicious/noExplicitAny: likewise for connectors of different clients.
type AnyConnector = Connector<any>
type ResultOf<Ref> = Ref extends StepRef<infer Output> ? Output : never
type ClientOf<C> = C extends Connector<infer Client> ? Client : never

interface Deciding<Input> {
  input: Input
  rules: Rules
}

/** What a step's function is given. */
export interface StepContext<Input, Needs extends AnyRef, Uses extends AnyConnector> extends Deciding<Input> {
  /** The result of a step that this one needs. */
  from<Ref extends Needs>(ref: Ref): ResultOf<Ref>
  /** A client for one of the services that the step names; its calls belong to this attempt. */
  use<C extends Uses>(connector: C): ClientOf<C>
  /** What the step's access rule says besides its condition: teams, groups, licences. */
  access: Readonly<Record<string, Json>>
  /** How people name the run, and the id of its subject, which is the same in all of its runs. */
  run: { id: string; label: string; subject: string /** Milliseconds since 1970. */; startedAt: number }
}

export interface StepSpec<Input, Output, Needs extends AnyRef, Uses extends AnyConnector> {
  title: string
  /** Steps whose results it takes; when one of them has none, this step is not needed either. */
  needs?: readonly Needs[]
  /** Steps that only have to be settled before. */
  after?: readonly AnyRef[]
  /** Whether this run needs the step; decided by the rules when its edges are settled. */
  when?(deciding: Deciding<Input>): boolean
  /** The access rule that says whether this run needs the step, and gives its settings. */
  access?: string
  /** Services that it calls. */
  uses?: readonly Uses[]
  output: z.ZodType<Output>
  run(context: StepContext<Input, Needs, Uses>): Promise<Output>
}

/** A step as the engine holds it; types are erased, schemas check what they said. */
export interface StepDefinition {
  key: StepKey
  title: string
  needs: readonly StepKey[]
  optional: readonly StepKey[]
  after: readonly StepKey[]
  uses: readonly AnyConnector[]
  when: ((deciding: Deciding<unknown>) => boolean) | null
  access: string | null
  output: z.ZodType
  run(context: StepContext<unknown, AnyRef, AnyConnector>): Promise<unknown>
}

export interface WorkflowDefinition {
  name: string
  version: number
  title: string
  input: z.ZodObject
  subject(input: unknown): { key: string; label: string }
  steps: readonly StepDefinition[]
  outline: WorkflowOutline
}

interface WorkflowSpec<Schema extends z.ZodObject> {
  name: string
  /** Raised by the author when the graph changes. */
  version: number
  title: string
  input: Schema
  /** Whom or what a run is about: a key that identifies it (an e-mail address), and what people call it. */
  subject(input: z.output<Schema>): { key: string; label: string }
}

interface Builder<Input> {
  step<Output, Needs extends AnyRef = never, Uses extends AnyConnector = never>(
    key: string,
    spec: StepSpec<Input, Output, Needs, Uses>,
  ): StepRef<Output>
}

/** Defines a workflow: `build` declares its steps, each after those that it names. */
export function workflow<Schema extends z.ZodObject>(
  spec: WorkflowSpec<Schema>,
  build: (builder: Builder<z.output<Schema>>) => void,
): WorkflowDefinition {
  const steps: StepDefinition[] = []
  build({
    step(name, stepSpec) {
      const key = StepKey.parse(name)
      if (steps.some((step) => step.key === key)) throw new Error(`${spec.name}: two steps are called ${key}`)
      steps.push(erase(key, stepSpec as unknown as ErasedSpec, steps))
      return { key }
    },
  })
  if (steps.length === 0) throw new Error(`${spec.name}: a workflow needs at least one step`)
  return {
    ...spec,
    subject: (input) => spec.subject(input as z.output<Schema>),
    steps,
    outline: { name: spec.name, version: spec.version, title: spec.title, steps: steps.map(outlineOf) },
  }
}

type ErasedSpec = StepSpec<unknown, unknown, AnyRef, AnyConnector>

function erase(key: StepKey, spec: ErasedSpec, earlier: readonly StepDefinition[]): StepDefinition {
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
    uses: spec.uses ?? [],
    when: spec.when ?? null,
    access: spec.access ?? null,
    output: spec.output,
    run: spec.run,
  }
}

const outlineOf = (step: StepDefinition): WorkflowOutline['steps'][number] => ({
  key: step.key,
  title: step.title,
  needs: step.needs,
  after: step.after,
  optional: step.optional,
  services: step.uses.map((connector) => connector.service),
})
