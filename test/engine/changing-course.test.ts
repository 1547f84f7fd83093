import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { failureCardId } from '../../src/domain/card.ts'
import { StepKey } from '../../src/domain/ids.ts'
import type { Operation } from '../../src/domain/operation.ts'
import { workflow } from '../../src/engine/define-workflow.ts'
import { JANE, JOHN } from '../support/test-ids.ts'
import { testRules } from '../support/test-rules.ts'
import { openEngine } from './open-engine.ts'
import { look, onWire, refusing, unavailable, unclear } from './scripted-egress.ts'

const INPUT = { email: 'jane@acme.example', name: 'Jane Doe' }
const MAIL = StepKey.parse('mail')

describe('retry with today’s rules', () => {
  test('gives the attempt today’s budget, also while another step of the run is on the wire', async () => {
    await using at = await openEngine({ policy: { backOffMs: [], tries: 4 } })
    at.script.plan('mail', unavailable())
    at.script.plan('chat', onWire().behaviour)
    const run = await at.begin()
    at.rules.now = testRules({ version: 2, policy: { tries: 9 } })
    await at.decide(run.id, 'retry', 'mail', { rules: 'today' })
    expect(at.script.of('mail').map(({ scope }) => scope.tries.tries)).toEqual([4, 9])
  })

  test('has them decide from there on, and keeps which', async () => {
    await using at = await openEngine({ policy: { backOffMs: [] } })
    at.script.plan('mail', unavailable(), unavailable())
    const run = await at.begin()
    at.rules.now = testRules({ version: 2, policy: { backOffMs: [60_000] } })
    await at.decide(run.id, 'retry', 'mail', { rules: 'own' })
    expect(await at.step(run.id, 'mail')).toMatchObject({ status: 'failed' })
    at.script.plan('mail', unavailable())
    await at.decide(run.id, 'retry', 'mail', { rules: 'today' })
    expect(await at.run(run.id)).toMatchObject({ rules: 2, revised: true })
    expect(await at.step(run.id, 'mail')).toMatchObject({ status: 'backing-off' })
    await at.crash()
    await at.clock.advance(60_000)
    expect(await at.run(run.id)).toMatchObject({ status: 'succeeded', rules: 2 })
  })
})

describe('edit and retry', () => {
  const edit = (input: object) => ({ kind: 'edit', step: MAIL, reason: 'asked her', input: { ...INPUT, ...input } })

  test('gives what follows the new values, and tells old and new', async () => {
    await using at = await openEngine()
    at.script.plan('mail', refusing)
    const run = await at.begin({ role: 'sales' })
    const stepVersion = (await at.step(run.id, 'mail')).version
    expect(await at.press(run.id, { ...edit({ role: 'engineer' }), stepVersion })).toMatchObject({ kind: 'decided' })
    const after = await at.run(run.id)
    expect(after).toMatchObject({ input: { role: 'engineer' }, status: 'succeeded', revised: true })
    const decision = (await at.step(run.id, 'mail')).decisions[0]
    expect(decision).toMatchObject({ kind: 'edit', changes: [{ old: 'sales', now: 'engineer' }] })
    expect(at.script.of('mail')[1]?.scope.attempt).toMatchObject({ revised: true, earlierCalls: true })
  })

  test('is refused for another subject, for no change, with errors at their fields, and while an outcome is open', async () => {
    await using at = await openEngine()
    at.script.plan('mail', refusing)
    const run = await at.begin()
    const { version: stepVersion } = await at.step(run.id, 'mail')
    const press = (input: object) => at.press(run.id, { ...edit(input), stepVersion })
    expect(await press({ email: 'john@acme.example' })).toMatchObject({ code: 'another-subject' })
    expect(await press({})).toMatchObject({ code: 'nothing-changed' })
    expect(await press({ name: '' })).toMatchObject({ kind: 'invalid', errors: { name: expect.any(String) } })
    at.script.plan('mail', unclear)
    await at.decide(run.id, 'retry', 'mail')
    const open = await at.step(run.id, 'mail')
    expect(open.status).toBe('unknown')
    expect(await at.press(run.id, { ...edit({ role: 'x' }), stepVersion: open.version })).toMatchObject({
      kind: 'too-late',
    })
    expect((await at.run(run.id)).input).toEqual(INPUT)
  })

  test('knows which fields a step that is done had looked at', async () => {
    const flow = workflow(
      {
        name: 'f',
        version: 1,
        title: 'F',
        input: z.object({ a: z.string(), b: z.string() }),
        subject: () => ({ key: 'k', label: 'K' }),
      },
      ({ step }) => void step('one', { title: 'One', output: z.string(), run: async ({ input }) => input.b }),
    )
    await using at = await openEngine({ workflow: flow })
    const run = await at.begin({ a: 'x', b: 'y' })
    expect(await at.step(run.id, 'one')).toMatchObject({ status: 'succeeded', used: ['b'] })
  })
})

describe('restart', () => {
  test('ends the old run and begins the new one in one commit; a crash leaves both or neither', async () => {
    await using at = await openEngine()
    at.script.plan('mail', refusing)
    const run = await at.begin()
    at.refuse.commit = (change) => (change.begins ? Promise.reject(new Error('power')) : null)
    const press = () =>
      at.press(run.id, { kind: 'restart', reason: 'wrong role', input: { ...INPUT, role: 'contractor' } })
    await expect(press()).rejects.toThrow('power')
    at.refuse.commit = null
    await at.crash()
    expect(await at.run(run.id)).toMatchObject({ status: 'blocked' })
    expect(await press()).toMatchObject({ kind: 'decided' })
    const old = await at.run(run.id)
    const next = old.restartedAs && (await at.run(old.restartedAs))
    expect(next).toMatchObject({ restartOf: run.id, input: { role: 'contractor' }, subject: { id: run.subject.id } })
    expect(await press()).toMatchObject({ kind: 'too-late' })
    const other = { kind: 'restart', reason: 'x', input: { ...INPUT, email: 'o@acme.example' } }
    expect((await at.press(run.id, other)).kind).not.toBe('decided')
  })
})

describe('take over', () => {
  test('stops the tries that Purser makes by itself, for a while', async () => {
    await using at = await openEngine({ policy: { backOffMs: [60_000, 60_000] } })
    at.script.plan('mail', unavailable())
    const run = await at.begin()
    const step = await at.step(run.id, 'mail')
    expect(step.status).toBe('backing-off')
    await at.press(run.id, { kind: 'take-over', step: MAIL, stepVersion: step.version }, JOHN)
    await at.clock.advance(3_600_000)
    expect(at.script.of('mail')).toHaveLength(1)
    expect(await at.step(run.id, 'mail')).toMatchObject({ status: 'failed', owner: { by: JOHN } })
    at.stale.length = 0
    await at.clock.advance(4 * 3_600_000)
    expect((await at.step(run.id, 'mail')).owner).toBeUndefined()
    expect(at.stale).toContainEqual(expect.objectContaining({ id: failureCardId(run.id, MAIL), urgent: true }))
    expect(await at.kinds(run.id)).toContain('step.lapsed')
    await at.decide(run.id, 'retry', 'mail')
    expect(await at.run(run.id)).toMatchObject({ status: 'succeeded' })
  })
})

describe('what a skip leaves owed', () => {
  test('is reminded of when it is due, handed over, and closed with evidence: then the run has succeeded', async () => {
    await using at = await openEngine()
    at.script.plan('mail', refusing)
    const run = await at.begin()
    await at.decide(run.id, 'skip', 'mail')
    expect(await at.run(run.id)).toMatchObject({ status: 'succeeded-with-debt' })
    expect(await at.store.runs({ team: run.team, owing: true }, 10)).toHaveLength(1)
    await at.press(run.id, { kind: 'hand-over-debt', step: MAIL, to: JOHN, reason: null })
    await at.crash()
    await at.clock.advance(7 * 86_400_000)
    expect((await at.kinds(run.id)).filter((kind) => kind === 'debt.due')).toHaveLength(2)
    const close = { kind: 'close-debt', step: MAIL, evidence: 'made by hand' }
    await at.press(run.id, close, JOHN)
    expect(await at.run(run.id)).toMatchObject({
      status: 'succeeded',
      debts: [{ owner: JOHN, closed: { by: JOHN, evidence: 'made by hand' } }],
    })
    expect(await at.press(run.id, close)).toMatchObject({ kind: 'too-late', by: { kind: 'close-debt', by: JOHN } })
    expect(await at.store.runs({ team: run.team, owing: true }, 10)).toEqual([])
    await at.clock.advance(30 * 86_400_000)
    expect((await at.kinds(run.id)).filter((kind) => kind === 'debt.due')).toHaveLength(2)
  })

  test('is nothing any more once the run is cancelled', async () => {
    await using at = await openEngine()
    at.script.plan('mail', refusing)
    at.script.plan('chat', refusing)
    const run = await at.begin()
    await at.decide(run.id, 'skip', 'mail')
    await at.press(run.id, { kind: 'cancel', reason: 'withdrawn' })
    expect(await at.store.runs({ team: run.team, owing: true }, 10)).toEqual([])
  })
})

test('two writes of one operation in one attempt need items that tell them apart', async () => {
  const put = { class: 'U', service: 'vendor', name: 'thing.put', title: 'put it' } as unknown as Operation<
    object,
    { id: string }
  >
  const connector = {
    service: 'vendor',
    title: 'Vendor',
    probe: look,
    client: (call: <I, O>(o: Operation<I, O>, i: I, item?: string) => Promise<O>) => ({
      put: (item?: string) => call(put, {}, item),
    }),
  }
  const flow = (items: (string | undefined)[]) =>
    workflow(
      { name: 'f', version: 1, title: 'F', input: z.object({}), subject: () => ({ key: 'k', label: 'K' }) },
      ({ step }) =>
        void step('one', {
          title: 'One',
          uses: [connector],
          output: z.unknown(),
          run: async ({ use }) => {
            for (const item of items) await use(connector).put(item)
            return null
          },
        }),
    )
  for (const [items, status] of [
    [[undefined, undefined], 'failed'],
    [['a', 'b'], 'succeeded'],
  ] as const) {
    await using at = await openEngine({ workflow: flow([...items]) })
    const run = await at.begin()
    const step = await at.step(run.id, 'one')
    expect(step.status).toBe(status)
    if (step.status === 'failed') {
      expect(step.failing.failure).toMatchObject({ code: 'calls-not-told-apart' })
      expect(step.failing.failure.message).toMatch(/one.*vendor thing\.put/)
      expect(at.script.of('one')).toHaveLength(1)
    }
    expect(run.startedBy).toEqual(JANE)
  }
})

test('what was owed and closed before the end leaves no debt at the end', async () => {
  await using at = await openEngine()
  at.script.plan('mail', refusing)
  at.script.plan('chat', refusing)
  const run = await at.begin()
  await at.decide(run.id, 'skip', 'mail')
  await at.press(run.id, { kind: 'close-debt', step: MAIL, evidence: 'made by hand' })
  await at.decide(run.id, 'retry', 'chat')
  expect(await at.run(run.id)).toMatchObject({ status: 'succeeded' })
})
