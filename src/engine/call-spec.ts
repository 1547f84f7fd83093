import type { z } from 'zod'
import type { Connector, Json } from '../domain/operation.ts'
import type { OperationName } from '../domain/outline.ts'
import type { AnyRef, Deciding, EdgeSpec, ResultOf } from './edges.ts'

// biome-ignore lint/suspicious/noExplicitAny: a list of connectors of different clients has no narrower common type.
export type AnyConnector = Connector<any>
type ClientOf<C> = C extends Connector<infer Client> ? Client : never

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

/** What a step that calls services says, beside its function. */
interface CallSpec<Input, Output, Needs extends AnyRef, Uses extends AnyConnector> extends EdgeSpec<Input, Needs> {
  /** The access rule that says whether this run needs the step, and gives its settings. */
  access?: string
  /** Services that it calls. */
  uses?: readonly Uses[]
  output: z.ZodType<Output>
}

/** How what a step did is undone when its run is cancelled; as safe as the step itself. */
export interface UndoSpec<Context, Output> {
  /** What it does, as a person would order it: `Suspend the account`. */
  title: string
  /** The operation by which the step makes what is undone: what that one found is left alone, whatever else it did. */
  makes?: OperationName
  /**
   * `result`: what the step came to; undefined when it did not finish, and may have done a part. So it takes what is
   * not there as undone. `made`: whether it is sure that the step itself made it; else it may have been there before.
   */
  run(context: Context & { result: Output | undefined; made: boolean }): Promise<void>
}

export interface StepSpec<Input, Output, Needs extends AnyRef, Uses extends AnyConnector>
  extends CallSpec<Input, Output, Needs, Uses> {
  run(context: StepContext<Input, Needs, Uses>): Promise<Output>
  undo?: UndoSpec<StepContext<Input, Needs, Uses>, NoInfer<Output>>
}

export interface EachSpec<Input, Item, Output, Needs extends AnyRef, Uses extends AnyConnector>
  extends CallSpec<Input, Output, Needs, Uses> {
  /** The list; it is asked for once, when the step begins, and stays as it was then. */
  items(knowing: Pick<StepContext<Input, Needs, Uses>, 'input' | 'rules' | 'from'>): readonly Item[]
  /** What an item has to look like. */
  item: z.ZodType<Item>
  /** What identifies an item in the world; no two of a list have the same. */
  key(item: Item): string
  /** What people call it; its key when absent. */
  label?(item: Item): string
  /** How many of them run at once, at most. */
  concurrency: number
  run(context: StepContext<Input, Needs, Uses> & { item: Item }): Promise<Output>
  undo?: UndoSpec<StepContext<Input, Needs, Uses> & { item: NoInfer<Item> }, NoInfer<Output>>
}

/** What an `each` comes to, in the order of its list: an item that was skipped has no result. */
export type EachResult<Output> = { key: string; result?: Output | undefined }[]
