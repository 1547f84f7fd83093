import { type Run, type Step, stepOf } from '../domain/run.ts'
import type { Rules } from '../rules/rules.ts'

/** What a step may know of its run. */
export const knownTo = (run: Run, rules: Rules) => ({
  input: run.input,
  rules,
  from: (ref: { key: Step['key'] }): never => {
    const from = stepOf(run, ref.key)
    // Checked by the schema of the step's output; its type is the definition's to know.
    return (from?.status === 'succeeded' ? from.output : undefined) as never
  },
})
