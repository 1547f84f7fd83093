import fc from 'fast-check'
import { z } from 'zod'
import { optional, type StepRef, type WorkflowDefinition, workflow } from '../../../src/engine/define-workflow.ts'

export interface Node {
  kind: 'step' | 'approval' | 'refusal' | 'task' | 'delay' | 'each' | 'subflow'
  /** For each earlier node: how this one depends on it. */
  edges: ('none' | 'needs' | 'optional' | 'after')[]
  when: boolean | null
  /** What its function does at first, before it succeeds. */
  fails: ('permanent' | 'retry')[]
}

const MOST = 7

/** Graphs of steps of all kinds, each depending on earlier ones in every way. */
export const graphs: fc.Arbitrary<Node[]> = fc.array(
  fc.record<Node>({
    kind: fc.constantFrom('step', 'step', 'step', 'approval', 'refusal', 'task', 'delay', 'each', 'subflow'),
    edges: fc.array(fc.constantFrom('none', 'none', 'needs', 'optional', 'after'), {
      minLength: MOST,
      maxLength: MOST,
    }),
    when: fc.constantFrom(null, null, null, true, false),
    fails: fc.array(fc.constantFrom('permanent', 'retry'), { maxLength: 2 }),
  }),
  { minLength: 1, maxLength: MOST, size: 'max' },
)

/** Does what the function of this step does when it is called. */
type Act = (key: string, node: Node) => Promise<string>

export interface Made {
  workflow: WorkflowDefinition
  others: WorkflowDefinition[]
}

export function workflowOf(graph: readonly Node[], act: Act): Made {
  const others: WorkflowDefinition[] = []
  const base = { version: 1, input: z.object({}), subject: () => ({ key: 'jane@acme.example', label: 'Jane Doe' }) }
  const made = workflow(
    { ...base, name: 'random', title: 'Random' },
    ({ step, approval, task, delay, each, subflow }) => {
      const refs: StepRef<unknown>[] = []
      for (const [index, node] of graph.entries()) {
        const by = (kind: string) => refs.filter((_, earlier) => node.edges[earlier] === kind)
        const key = `s${index}`
        const edge = {
          title: `Step ${index}`,
          needs: [...by('needs'), ...by('optional').map(optional)],
          after: by('after'),
          ...(node.when === null ? {} : { when: () => node.when === true }),
        }
        const call = { ...edge, output: z.string(), run: () => act(key, node) }
        const list = { item: z.string(), items: () => ['a', 'b', 'c'], key: (item: string) => item, concurrency: 2 }
        switch (node.kind) {
          case 'step':
            refs.push(step(key, call))
            break
          case 'each':
            refs.push(each(key, { ...call, ...list, run: ({ item }) => act(`${key}/${item}`, node) }))
            break
          case 'subflow': {
            const child = workflow({ ...base, name: `child-${index}`, title: 'Child' }, (of) => {
              of.step('only', { title: 'Only', output: z.string(), run: () => act(`${key}/only`, node) })
            })
            others.push(child)
            refs.push(subflow(key, { ...edge, workflow: child, input: () => ({}) }))
            break
          }
          case 'task':
            refs.push(task(key, { ...edge, instructions: () => 'Do it.', evidence: z.string() }))
            break
          case 'delay':
            refs.push(delay(key, { ...edge, for: () => (index % 3) * 600_000 }))
            break
          case 'approval':
          case 'refusal':
            refs.push(approval(key, edge))
        }
      }
    },
  )
  return { workflow: made, others }
}
