import type { StepKey } from '../domain/ids.ts'
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

/**
 * Takes a step's result if it has one: the step that asks runs also when that one was skipped, refused or not needed.
 */
export const optional = <Output>(ref: StepRef<Output>): OptionalRef<Output> => ({ key: ref.key, optional: true })

// biome-ignore lint/suspicious/noExplicitAny: a list of refs of different results has no narrower common type.
export type AnyRef = StepRef<any>
export type ResultOf<Ref> = Ref extends StepRef<infer Output> ? Output : never

export interface Deciding<Input> {
  input: Input
  rules: Rules
}

/** What every kind of step says: its name for people, what comes before it, and whether this run needs it. */
export interface EdgeSpec<Input, Needs extends AnyRef> {
  title: string
  /** Steps whose results it takes; when one of them has none, this step is not needed either. */
  needs?: readonly Needs[]
  /** Steps that only have to be settled before; a refused approval among them stops it. */
  after?: readonly AnyRef[]
  /** Whether this run needs the step; decided by the rules when its edges are settled. */
  when?(deciding: Deciding<Input>): boolean
  /** What people have to do about what stays of it when the run is cancelled, and why Purser does not. */
  leaves?: string
}
