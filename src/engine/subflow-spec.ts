import { z } from 'zod'
import type { AnyRef, EdgeSpec } from './edges.ts'
import type { Knowing } from './step-kinds.ts'

/** As much of a workflow as another one needs to begin a run of it. */
export interface ChildWorkflow {
  name: string
  title: string
  input: z.ZodObject
}

export interface SubflowSpec<Input, Child extends ChildWorkflow, Needs extends AnyRef> extends EdgeSpec<Input, Needs> {
  workflow: Child
  /** What the run is to begin with; the other workflow's schema checks it. */
  input(knowing: Knowing<Input, Needs>): z.input<Child['input']>
}

/** What a run that was begun by a step came to: it has succeeded. */
export const SubflowDone = z.object({
  run: z.string().trim().min(1).meta({ title: 'Which run has done it?' }),
  /** What skips in it left owed; it stays owed there. */
  debts: z.coerce.number().int().nonnegative().default(0).meta({ title: 'How many things does it still owe?' }),
})
export type SubflowDone = z.infer<typeof SubflowDone>
