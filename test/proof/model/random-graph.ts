import fc from 'fast-check'
import { z } from 'zod'
import { optional, type StepRef, type WorkflowDefinition, workflow } from '../../../src/engine/define-workflow.ts'
import type { EventRule } from '../../../src/rules/rules.ts'
import { type Result, vendor } from '../../engine/scripted-egress.ts'
import { eventOf } from './mail.ts'

/** When the event comes for which a step waits, and what comes with it. */
export interface EventNode {
  comes: 'early' | 'waiting' | 'after-deadline' | 'never'
  also: 'nothing' | 'wrong' | 'redelivery' | 'second'
}

export interface Node {
  kind: 'step' | 'approval' | 'refusal' | 'task' | 'delay' | 'each' | 'subflow' | 'event'
  /** For each earlier node: how this one depends on it. */
  edges: ('none' | 'needs' | 'optional' | 'after')[]
  when: boolean | null
  /** What its function does at first, before it succeeds. */
  fails: ('permanent' | 'retry')[]
  /** Whether it calls the service that pauses and incidents are about. */
  calls: boolean
  event: EventNode
}

const MOST = 7

/** Graphs of steps of all kinds, each depending on earlier ones in every way. */
export const graphs: fc.Arbitrary<Node[]> = fc.array(
  fc.record<Node>({
    kind: fc.constantFrom('step', 'step', 'step', 'approval', 'refusal', 'task', 'delay', 'each', 'subflow', 'event'),
    edges: fc.array(fc.constantFrom('none', 'none', 'needs', 'optional', 'after'), {
      minLength: MOST,
      maxLength: MOST,
    }),
    when: fc.constantFrom(null, null, null, true, false),
    fails: fc.array(fc.constantFrom('permanent', 'retry'), { maxLength: 2 }),
    calls: fc.boolean(),
    event: fc.record({
      comes: fc.constantFrom('early', 'waiting', 'after-deadline', 'never'),
      also: fc.constantFrom('nothing', 'wrong', 'redelivery', 'second'),
    }),
  }),
  { minLength: 1, maxLength: MOST, size: 'max' },
)

/** Whoever waits for what never comes goes on without it; what comes late fails its step before. */
export const eventRule =
  (graph: readonly Node[]) =>
  (name: string): EventRule => {
    const node = graph.find((_, index) => eventOf(`s${index}`).event === name)
    const base = { expectedAfterMs: 1_200_000, earlyMs: 0 }
    if (node?.event.comes === 'never') return { ...base, deadline: { afterMs: 3_000_000, outcome: 'not-needed' } }
    if (node?.event.comes === 'after-deadline') return { ...base, deadline: { afterMs: 3_000_000, outcome: 'fail' } }
    return { ...base, deadline: null }
  }

/** Does what the function of this step does when it is called; `ask`: asks the service, where the step calls it. */
type Act = (key: string, node: Node, ask: () => Promise<Result | null>) => Promise<string>

/** The workflow that a step of the graph begins. */
export const childOf = (index: number): string => `child-${index}`

export interface Made {
  workflow: WorkflowDefinition
  others: WorkflowDefinition[]
}

export function workflowOf(graph: readonly Node[], act: Act): Made {
  const others: WorkflowDefinition[] = []
  const base = { version: 1, input: z.object({}), subject: () => ({ key: 'jane@acme.example', label: 'Jane Doe' }) }
  const made = workflow(
    { ...base, name: 'random', title: 'Random' },
    ({ step, approval, task, delay, each, subflow, event }) => {
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
        const uses = node.calls ? [vendor] : []
        const asking =
          ({ use }: { use(of: typeof vendor): { make(): Promise<Result> } }) =>
          async () =>
            node.calls ? await use(vendor).make() : null
        const call = { ...edge, uses, output: z.string() }
        const list = { item: z.string(), items: () => ['a', 'b', 'c'], key: (item: string) => item, concurrency: 2 }
        switch (node.kind) {
          case 'step':
            refs.push(step(key, { ...call, run: (of) => act(key, node, asking(of)) }))
            break
          case 'each':
            refs.push(each(key, { ...call, ...list, run: (of) => act(`${key}/${of.item}`, node, asking(of)) }))
            break
          case 'subflow': {
            const child = workflow({ ...base, name: childOf(index), title: 'Child' }, (inner) => {
              const only = { title: 'Only', uses, output: z.string() }
              inner.step('only', { ...only, run: (of) => act(`${key}/only`, node, asking(of)) })
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
          case 'event':
            refs.push(
              event(key, { ...edge, event: eventOf(key).event, key: () => eventOf(key).key, payload: z.string() }),
            )
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
