import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Debt } from '../../src/domain/debt.ts'
import type { Run, Step } from '../../src/domain/run.ts'
import { optional, type StepRef, workflow } from '../../src/engine/define-workflow.ts'
import { plan, runStatus } from '../../src/engine/plan.ts'
import { testRules } from '../support/test-rules.ts'

const spec = {
  name: 'w',
  version: 1,
  title: 'W',
  input: z.object({}),
  subject: () => ({ key: 'jane@acme.example', label: 'Jane Doe' }),
}
const bare = { title: 'A step', output: z.string(), run: async () => 'done' }

/** a → b (needs), a → c (optional), a → d (after); e asks a rule; f needs b. */
const graph = workflow(spec, ({ step }) => {
  const a = step('a', bare)
  const b = step('b', { ...bare, needs: [a] })
  step('c', { ...bare, needs: [optional(a)] })
  step('d', { ...bare, after: [a] })
  step('e', { ...bare, access: 'vpn' })
  step('f', { ...bare, needs: [b] })
})

const planned = (statuses: Record<string, Step['status']>, granted: readonly string[] = ['vpn']) => {
  const steps = graph.steps.map(({ key }) => ({ key, status: statuses[key] ?? 'pending' }) as Step)
  const found = plan(graph, { steps, input: {} } as unknown as Run, testRules({ granted }))
  return found.map((each) => ('because' in each ? `${each.step} because ${each.because}` : `${each.kind} ${each.step}`))
}

describe('the plan', () => {
  test.each([
    { given: {}, plans: ['start a', 'start e'] },
    { given: { a: 'running', e: 'running' }, plans: [] },
    { given: { a: 'failed', e: 'succeeded' }, plans: [] },
    { given: { a: 'unknown', e: 'succeeded' }, plans: [] },
    { given: { a: 'succeeded', e: 'succeeded' }, plans: ['start b', 'start c', 'start d'] },
    { given: { a: 'skipped', e: 'succeeded' }, plans: ['b because a', 'start c', 'start d', 'f because b'] },
    { given: { a: 'not-needed', e: 'succeeded' }, plans: ['b because a', 'start c', 'start d', 'f because b'] },
    { given: { a: 'succeeded', b: 'skipped', c: 'running', d: 'running', e: 'failed' }, plans: ['f because b'] },
  ] as const)('of $given is $plans', ({ given, plans }) => {
    expect(planned(given)).toEqual(plans)
  })

  test('leaves out what the access rule does not grant', () => {
    expect(planned({ a: 'running' }, [])).toEqual(['e because rule'])
  })
})

test.each([
  { steps: ['succeeded', 'running'], debts: 0, status: 'running' },
  { steps: ['succeeded', 'backing-off'], debts: 1, status: 'running' },
  { steps: ['failed', 'running'], debts: 0, status: 'blocked' },
  { steps: ['unknown', 'pending'], debts: 0, status: 'blocked' },
  { steps: ['succeeded', 'not-needed'], debts: 0, status: 'succeeded' },
  { steps: ['skipped', 'not-needed'], debts: 1, status: 'succeeded-with-debt' },
] as const)('a run of steps $steps with $debts debts is $status', ({ steps, debts, status }) => {
  expect(
    runStatus({
      steps: steps.map((each) => ({ status: each }) as Step),
      debts: Array.from({ length: debts }, () => ({}) as Debt),
    }),
  ).toBe(status)
})

describe('a definition', () => {
  test('that names a step twice, a step that is not there yet, or no step is refused with the name', () => {
    const twice = () => workflow(spec, ({ step }) => void [step('a', bare), step('a', bare)])
    expect(twice).toThrow('w: two steps are called a')
    const stranger: StepRef<string> = { key: graph.steps[0]?.key ?? ('x' as never) }
    expect(() => workflow(spec, ({ step }) => void step('z', { ...bare, needs: [stranger] }))).toThrow(/z names a/)
    expect(() => workflow(spec, ({ step }) => void step('z', { ...bare, after: [stranger] }))).toThrow(/z names a/)
    expect(() => workflow(spec, () => undefined)).toThrow('at least one step')
    expect(() => workflow(spec, ({ step }) => void step('No Name', bare))).toThrow()
  })

  test('has an outline in words and edges alone', () => {
    expect(graph.outline.steps.map(({ key, needs, optional: maybe, after }) => [key, needs, maybe, after])).toEqual([
      ['a', [], [], []],
      ['b', ['a'], [], []],
      ['c', [], ['a'], []],
      ['d', [], [], ['a']],
      ['e', [], [], []],
      ['f', ['b'], [], []],
    ])
    expect(JSON.parse(JSON.stringify(graph.outline))).toEqual(graph.outline)
  })
})
