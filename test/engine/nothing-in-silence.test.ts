import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { workflow } from '../../src/engine/define-workflow.ts'
import { JANE, TEAM } from '../support/test-ids.ts'
import { settle } from '../support/turns.ts'
import { openEngine } from './open-engine.ts'
import { onWire, vendor } from './scripted-egress.ts'

const spec = {
  name: 'employee-onboarding',
  version: 1,
  title: 'Employee onboarding',
  input: z.object({ email: z.email(), name: z.string() }),
  subject: ({ email, name }: { email: string; name: string }) => ({ key: email, label: name }),
}
const output = z.object({ id: z.string() })

describe('a run that cannot go on', () => {
  test('because a condition throws has a failed step, whose retry asks the condition again', async () => {
    let broken = false
    const flow = workflow(spec, ({ step }) => {
      const make = { uses: [vendor], output } as const
      const first = step('account', {
        ...{ ...make, title: 'Create the account' },
        async run({ use }) {
          broken = true
          return await use(vendor).make()
        },
      })
      step('mail', {
        ...{ ...make, title: 'Open the mailbox', needs: [first] },
        when() {
          if (broken) throw new Error('input.team is not there')
          return true
        },
        run: ({ use }) => use(vendor).make(),
      })
    })
    await using at = await openEngine({ workflow: flow })
    const run = await at.begin()
    expect(await at.statuses(run.id)).toBe('succeeded failed')
    expect(await at.step(run.id, 'mail')).toMatchObject({
      alerted: true,
      failing: { failure: { message: expect.stringContaining('input.team is not there') } },
    })
    expect(at.stale.some(({ kind, step }) => kind === 'failure' && step === 'mail')).toBe(true)
    await at.decide(run.id, 'retry', 'mail')
    expect(await at.statuses(run.id)).toBe('succeeded failed')
    broken = false
    expect(await at.decide(run.id, 'retry', 'mail')).toMatchObject({ kind: 'decided' })
    expect(await at.statuses(run.id)).toBe('succeeded succeeded')
  })

  test('because a result cannot be kept has a failed step, and goes on when it is marked done', async () => {
    const flow = workflow(spec, ({ step }) => {
      const first = step('account', {
        ...{ title: 'Create the account', output: z.union([output, z.bigint()]) },
        run: async () => 12n,
      })
      step('mail', { title: 'Open the mailbox', after: [first], output, run: async () => ({ id: 'mail' }) })
    })
    await using at = await openEngine({ workflow: flow })
    const run = await at.begin()
    await at.clock.advance(20_000)
    expect(await at.step(run.id, 'account')).toMatchObject({
      status: 'failed',
      failing: { failure: { code: 'result-not-recorded' } },
    })
    await at.decide(run.id, 'mark-done', 'account')
    expect(await at.statuses(run.id)).toBe('succeeded succeeded')
  })

  test('because the store failed for a while is written down when the store works again', async () => {
    await using at = await openEngine()
    let failures = 3
    at.refuse.commit = ({ entries }) =>
      entries.some(({ core }) => core.kind === 'step.succeeded') && failures-- > 0
        ? Promise.reject(new Error('the store does not answer'))
        : null
    const run = await at.begin()
    await at.clock.advance(60_000)
    await settle()
    expect(at.errors).toHaveLength(3)
    expect(at.script.of('account')).toHaveLength(1)
    expect(await at.step(run.id, 'account')).toMatchObject({ status: 'succeeded' })
  })

  test('because a deploy took its step away is held back, with a card', async () => {
    const old = { steps: 0 }
    const flow = workflow(spec, ({ step }) => {
      step('account', { title: 'Create the account', output, run: () => new Promise(() => old.steps++) })
    })
    await using at = await openEngine({ workflow: flow })
    const run = await at.begin()
    Object.assign(flow, { version: 2, steps: [] })
    await at.crash()
    const heldBack = { code: 'definition-changed', message: expect.stringContaining('account') }
    expect(await at.run(run.id)).toMatchObject({ status: 'held', heldBack })
    expect(at.stale.map(({ id }) => id)).toContain(`held/${run.id}`)
    expect(old.steps).toBe(1)
  })
})

test('a step that is given up while a call is under way does not say that nothing was sent', async () => {
  await using at = await openEngine({ policy: { timeoutMs: 20_000, backOffMs: [] } })
  const open = onWire()
  at.script.plan('account', open.behaviour)
  const run = await at.begin()
  await at.clock.advance(20_000)
  const given = await at.step(run.id, 'account')
  expect(given).toMatchObject({ status: 'failed', calls: [{ operation: 'thing.make', outcome: 'unknown' }] })
  open.answer('late')
  await settle()
  expect(await at.step(run.id, 'account')).toEqual(given)
})

test('a start that is refused does not rename anybody', async () => {
  await using at = await openEngine()
  at.script.plan('account', onWire().behaviour)
  const run = await at.begin()
  const input = { email: 'jane@acme.example', name: 'Somebody Else' }
  const call = { team: TEAM, workflow: 'employee-onboarding', input, actor: JANE, startKey: 'V2' }
  expect(await at.engine().start(call)).toMatchObject({ kind: 'subject-busy' })
  expect(await at.store.subjectByKey(TEAM, 'jane@acme.example')).toMatchObject({ label: 'Jane Doe' })
  await at.press(run.id, { kind: 'cancel' })
  expect(await at.engine().start({ ...call, startKey: 'V3' })).toMatchObject({ kind: 'started' })
  expect(await at.store.subjectByKey(TEAM, 'jane@acme.example')).toMatchObject({ label: 'Somebody Else' })
})
