import fc from 'fast-check'
import { z } from 'zod'
import { optional, type StepRef, type WorkflowDefinition, workflow } from '../../src/engine/define-workflow.ts'

interface StepShape {
  kind: 'step' | 'approval' | 'task' | 'delay' | 'each' | 'subflow'
  /** For each earlier step: how this one depends on it. */
  edges: ('none' | 'needs' | 'optional' | 'after')[]
  when: boolean | null
  undo: boolean
}

/** Graphs of up to eight steps, each depending on earlier ones in every way that there is. */
export const shapes = fc
  .array(
    fc.record({
      kind: fc.constantFrom('step', 'step', 'step', 'step', 'approval', 'approval', 'task', 'delay', 'each', 'subflow'),
      undo: fc.boolean(),
      edges: fc.array(fc.constantFrom('none', 'none', 'needs', 'needs', 'optional', 'after'), {
        minLength: 8,
        maxLength: 8,
      }),
      when: fc.constantFrom(null, null, null, true, false),
    }),
    { minLength: 1, maxLength: 8, size: 'max' },
  )
  .map((steps): StepShape[] => steps as StepShape[])

export function workflowOf(steps: readonly StepShape[]): WorkflowDefinition {
  const spec = {
    name: 'random',
    version: 1,
    title: 'Random',
    input: z.object({ note: z.string().optional() }),
    subject: () => ({ key: 'jane@acme.example', label: 'Jane Doe' }),
  }
  return workflow(spec, ({ step, approval, task, delay, each, subflow }) => {
    const refs: StepRef<unknown>[] = []
    for (const [index, { kind, edges, when, undo }] of steps.entries()) {
      const by = (kind: string) => refs.filter((_, earlier) => edges[earlier] === kind)
      const edge = {
        title: `Step ${index}`,
        needs: [...by('needs'), ...by('optional').map(optional)],
        after: by('after'),
        ...(when === null ? {} : { when: () => when }),
      }
      const key = `s${index}`
      const undone = undo ? { undo: { title: 'Undo it', run: async () => undefined } } : {}
      const call = { ...edge, ...undone, output: z.string(), run: async () => 'done' }
      if (kind === 'step') refs.push(step(key, call))
      else if (kind === 'each') refs.push(each(key, { ...call, ...listOf(index) }))
      else if (kind === 'subflow') refs.push(subflow(key, { ...edge, workflow: child, input: () => ({}) }))
      else if (kind === 'approval') refs.push(approval(key, edge))
      else if (kind === 'task') refs.push(task(key, { ...edge, instructions: () => 'Do it.', evidence: z.string() }))
      // Some waits are over before they begin.
      else refs.push(delay(key, { ...edge, for: () => (index % 3) * 600_000 }))
    }
  })
}

const child = workflow(
  { name: 'child', version: 1, title: 'Child', input: z.object({}), subject: () => ({ key: 'jane', label: 'Jane' }) },
  ({ step }) => void step('only', { title: 'Only', output: z.string(), run: async () => 'done' }),
)

/** Lists of none to four items, one of which is no list that could be gone through. */
const listOf = (index: number) => ({
  item: z.string(),
  items: () => (index === 6 ? ['x', 'x'] : ['a', 'b', 'c', 'd'].slice(0, index % 5)),
  key: (item: string) => item,
  concurrency: 1 + (index % 3),
})
