import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type WorkflowDefinition, workflow } from '../../src/engine/define-workflow.ts'
import { openEngine } from './open-engine.ts'
import { refusing, vendor } from './scripted-egress.ts'

const output = z.object({ id: z.string() })
const spec = {
  ...{ name: 'f', title: 'F', input: z.looseObject({}) },
  subject: () => ({ key: 'jane@acme.example', label: 'Jane Doe' }),
}

type Builder = Parameters<Parameters<typeof workflow<typeof spec.input>>[1]>[0]
const make = { uses: [vendor], output } as const
const run = ({ use }: { use(c: typeof vendor): { make(): Promise<{ id: string }> } }) => use(vendor).make()
const flow = (version: number, build: (builder: Builder) => void) => workflow({ ...spec, version }, build)

const onlyLast = ({ step }: Builder): void => void step('last', { ...make, title: 'Last', run })
function usual({ step }: Builder): void {
  const middle = step('middle', { ...make, title: 'Middle', run })
  step('last', { ...make, title: 'Last', needs: [middle], run })
}

describe('a deploy that makes an approval of what was something else', () => {
  const first = { title: 'First', ...make, run }
  const pay = { title: 'Pay', ...make, run }
  const approved = z.object({ approvedBy: z.array(z.string()), expired: z.boolean() })
  const before = {
    task: ({ step, task }: Builder) => {
      const ok = task('ok', { title: 'OK', instructions: () => 'Look.', evidence: approved })
      step('pay', { ...pay, after: [ok] })
    },
    delay: ({ step, delay }: Builder) => {
      const ok = delay('ok', { title: 'OK', for: () => 3_600_000 })
      step('pay', { ...pay, after: [ok] })
    },
    'a step that was skipped': ({ step }: Builder) => {
      const ok = step('ok', first)
      step('pay', { ...pay, after: [ok] })
    },
  }
  const after = ({ step, approval }: Builder) => {
    const ok = approval('ok', { title: 'OK' })
    step('pay', { ...pay, after: [ok] })
  }

  test.each(Object.entries(before))('holds the run back: nobody was asked (%s)', async (name, build) => {
    const there = { ...flow(1, build) }
    await using at = await openEngine({ workflow: there as WorkflowDefinition })
    at.script.plan('ok', refusing)
    at.script.plan('pay', refusing)
    const { id } = await at.begin()
    if (name.includes('skipped')) await at.decide(id, 'skip', 'ok')
    Object.assign(there, flow(2, after))
    await at.crash()
    await at.clock.advance(7_200_000)
    expect(await at.run(id)).toMatchObject({ status: 'held', heldBack: { code: 'definition-changed' } })
  })
})

test('a run that is held back past the end of its pause is not woken for it again and again', async () => {
  const there = { ...flow(1, usual) }
  await using at = await openEngine({ workflow: there as WorkflowDefinition })
  at.script.plan('middle', refusing)
  const { id } = await at.begin()
  await at.press(id, { kind: 'pause', reason: 'audit week', until: at.clock.now() + 60_000 })
  Object.assign(there, flow(2, onlyLast))
  await at.crash()
  await at.clock.advance(120_000)
  expect(await at.store.dueRuns(at.clock.now(), 9)).toEqual([])
  Object.assign(there, flow(1, usual))
  await at.crash()
  await at.clock.advance(1_000)
  expect(await at.run(id)).toMatchObject({ status: 'blocked', paused: null })
})
