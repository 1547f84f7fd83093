import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { failureCardId } from '../../src/domain/card.ts'
import { type RunId, StepKey } from '../../src/domain/ids.ts'
import { optional, workflow } from '../../src/engine/define-workflow.ts'
import { JANE, TEAM } from '../support/test-ids.ts'
import { settle } from '../support/turns.ts'
import { openEngine } from './open-engine.ts'
import { onWire, refusing, unavailable, vendor } from './scripted-egress.ts'

const Contact = z.object({ email: z.email(), name: z.string() })
const output = z.object({ id: z.string() })

/** prepare → for each contact, two at once → tell, which goes without. */
const inviting = workflow(
  {
    name: 'inviting',
    version: 1,
    title: 'Inviting',
    input: z.object({ email: z.email(), name: z.string(), contacts: z.any().optional() }),
    subject: ({ email, name }) => ({ key: email, label: name }),
  },
  ({ step, each }) => {
    const make = { uses: [vendor], output } as const
    const prepare = step('prepare', { ...make, title: 'Prepare', run: ({ use }) => use(vendor).make() })
    const invited = each('invite', {
      ...make,
      title: 'Invite',
      after: [prepare],
      items: ({ input }) => input.contacts,
      item: Contact,
      key: ({ email }) => email,
      label: ({ name }) => name,
      concurrency: 2,
      run: async ({ use, item }) => ({ id: `${item.name} ${(await use(vendor).make()).id}` }),
    })
    step('tell', {
      ...make,
      title: 'Tell',
      needs: [optional(invited)],
      async run({ use, from }) {
        await use(vendor).make()
        return { id: (from(optional(invited)) ?? []).map(({ key, result }) => `${key}=${result?.id}`).join(' ') }
      },
    })
  },
)

const contact = (name: string) => ({ email: `${name}@acme.example`, name })
const open = () => openEngine({ workflow: inviting })
type At = Awaited<ReturnType<typeof open>>

async function statusesOf(at: At, run: RunId): Promise<string> {
  const { steps } = await at.run(run)
  return steps.flatMap(({ key, status }) => (key.startsWith('invite') ? [status] : [])).join(' ')
}

describe('a step for each item of a list', () => {
  test('does it for every one, and its result is the list of their results in order', async () => {
    await using at = await open()
    const run = await at.begin({ contacts: ['ann', 'ben', 'cal'].map(contact) })
    expect(await statusesOf(at, run.id)).toBe('succeeded succeeded succeeded succeeded')
    const { steps } = await at.run(run.id)
    expect(steps.map(({ key }) => key)).toEqual(['prepare', 'invite', 'invite:1', 'invite:2', 'invite:3', 'tell'])
    const results = ['ann', 'ben', 'cal'].map((name) => ({
      key: `${name}@acme.example`,
      result: { id: expect.stringContaining(name) },
    }))
    expect(await at.step(run.id, 'invite')).toMatchObject({ status: 'succeeded', output: results })
    expect((await at.run(run.id)).status).toBe('succeeded')
  })

  test('keeps what identifies the items out of the open part of the ledger', async () => {
    await using at = await open()
    const run = await at.begin({ contacts: [contact('ann')] })
    const entries = await at.store.entries({ team: TEAM, run: run.id }, null, 100)
    expect(entries.map(({ core }) => core.step)).toContain('invite:1')
    for (const { bytes } of entries) expect(bytes).not.toContain('ann')
    expect(at.script.of('invite:1')[0]?.scope.attempt?.step).toBe('invite:1')
  })

  test('runs as many at once as it says, and no more', async () => {
    await using at = await open()
    const wires = [1, 2, 3].map((place) => {
      const wire = onWire()
      at.script.plan(`invite:${place}`, wire.behaviour)
      return wire
    })
    const run = await at.begin({ contacts: ['ann', 'ben', 'cal'].map(contact) })
    expect(await statusesOf(at, run.id)).toBe('waiting running running pending')
    wires[1]?.answer('b')
    await settle()
    expect(await statusesOf(at, run.id)).toBe('waiting running succeeded running')
    wires[0]?.answer('a')
    wires[2]?.answer('c')
    await settle()
    expect((await at.run(run.id)).status).toBe('succeeded')
  })

  test('is done at once with an empty list', async () => {
    await using at = await open()
    const run = await at.begin({ contacts: [] })
    expect(await at.step(run.id, 'invite')).toMatchObject({ status: 'succeeded', output: [] })
    expect((await at.run(run.id)).status).toBe('succeeded')
  })

  test.each([
    { contacts: 'nobody', code: 'not-a-list' },
    { contacts: [contact('ann'), contact('ann')], code: 'item-twice' },
    { contacts: [contact('ann'), { email: 'no address', name: 'x' }], code: 'item-does-not-fit' },
    { contacts: Array.from({ length: 1_001 }, (_, place) => contact(`a${place}`)), code: 'list-too-long' },
  ])('fails as a whole, before anything is done, when its list is $code', async ({ contacts, code }) => {
    await using at = await open()
    const run = await at.begin({ contacts })
    expect(await at.step(run.id, 'invite')).toMatchObject({ status: 'failed', failing: { failure: { code } } })
    expect(at.script.calls.map(({ step }) => step)).toEqual(['prepare'])
    expect(at.stale.map(({ id }) => id)).toContain(failureCardId(run.id, StepKey.parse('invite')))
    await at.decide(run.id, 'skip', 'invite')
    expect(await at.step(run.id, 'tell')).toMatchObject({ output: { id: '' } })
  })
})

describe('an item', () => {
  test('fails on a card of its own while the others go on, and is retried by itself', async () => {
    await using at = await open()
    at.script.plan('invite:2', refusing)
    const run = await at.begin({ contacts: ['ann', 'ben', 'cal'].map(contact) })
    expect(await statusesOf(at, run.id)).toBe('waiting succeeded failed succeeded')
    expect((await at.run(run.id)).status).toBe('blocked')
    expect(at.stale.map(({ id }) => id)).toContain(failureCardId(run.id, StepKey.parse('invite:2')))
    expect(await at.decide(run.id, 'retry', 'invite:2')).toMatchObject({ kind: 'decided' })
    expect((await at.run(run.id)).status).toBe('succeeded')
    expect(at.script.of('invite:2')[1]?.scope.attempt?.earlierCalls).toBe(true)
    expect(at.script.of('invite:1')).toHaveLength(1)
  })

  test('that is retried waits for its turn', async () => {
    await using at = await open()
    const wires = [onWire(), onWire()]
    at.script.plan('invite:1', refusing)
    at.script.plan('invite:2', wires[0]?.behaviour ?? refusing)
    at.script.plan('invite:3', wires[1]?.behaviour ?? refusing)
    const run = await at.begin({ contacts: ['ann', 'ben', 'cal', 'dot'].map(contact) })
    await at.decide(run.id, 'retry', 'invite:1')
    expect(await statusesOf(at, run.id)).toBe('waiting pending running running pending')
    wires[0]?.answer('b')
    await settle()
    expect(at.script.calls.slice(-2).map(({ step }) => step)).toEqual(['invite:1', 'invite:4'])
    wires[1]?.answer('c')
    await settle()
    expect((await at.run(run.id)).status).toBe('succeeded')
  })

  test('backs off without keeping the others from their turn, and resumes when there is room', async () => {
    await using at = await open()
    const wires = [onWire(), onWire()]
    at.script.plan('invite:1', unavailable())
    at.script.plan('invite:2', wires[0]?.behaviour ?? refusing)
    at.script.plan('invite:3', wires[1]?.behaviour ?? refusing)
    const run = await at.begin({ contacts: ['ann', 'ben', 'cal'].map(contact) })
    expect(await statusesOf(at, run.id)).toBe('waiting backing-off running running')
    await at.clock.advance(120_000)
    expect(await statusesOf(at, run.id)).toBe('waiting backing-off running running')
    expect(await at.step(run.id, 'invite:1')).toMatchObject({ alerted: true })
    wires[0]?.answer('b')
    await settle()
    expect(await statusesOf(at, run.id)).toBe('waiting succeeded succeeded running')
    wires[1]?.answer('c')
    await settle()
    expect((await at.run(run.id)).status).toBe('succeeded')
  })

  test('that is skipped is owed and has no result; one that is marked done has the one that is given', async () => {
    await using at = await open()
    at.script.plan('invite:1', refusing)
    at.script.plan('invite:2', refusing)
    const run = await at.begin({ contacts: ['ann', 'ben'].map(contact) })
    await at.decide(run.id, 'skip', 'invite:1')
    await at.decide(run.id, 'mark-done', 'invite:2', { output: { id: 'by hand' } })
    expect(await at.step(run.id, 'invite')).toMatchObject({
      output: [{ key: 'ann@acme.example' }, { key: 'ben@acme.example', result: { id: 'by hand' } }],
    })
    const { status, debts } = await at.run(run.id)
    expect([status, debts.map(({ step }) => step)]).toEqual(['succeeded-with-debt', ['invite:1']])
    expect(await at.step(run.id, 'tell')).toMatchObject({
      output: { id: 'ann@acme.example=undefined ben@acme.example=by hand' },
    })
  })

  test('is not needed one by one where somebody has done all of it by hand', async () => {
    await using at = await open()
    const run = await at.begin({ contacts: 'nobody' })
    await at.decide(run.id, 'mark-done', 'invite', { output: {} })
    expect(await at.step(run.id, 'invite')).toMatchObject({ status: 'succeeded', output: [], markedBy: JANE })
    expect((await at.run(run.id)).status).toBe('succeeded')
  })

  test('that is escalated has a ticket of its own', async () => {
    await using at = await open()
    at.script.plan('invite:2', refusing)
    const run = await at.begin({ contacts: ['ann', 'ben'].map(contact) })
    await at.decide(run.id, 'escalate', 'invite:2')
    expect(await at.step(run.id, 'invite:2')).toMatchObject({
      escalation: { status: 'open', ticket: { key: 'OPS-1' } },
    })
  })
})

test('a restart takes up every item that was under way, and the list stays as it was frozen', async () => {
  await using at = await open()
  at.script.plan('invite:1', onWire().behaviour)
  at.script.plan('invite:2', onWire().behaviour)
  const run = await at.begin({ contacts: ['ann', 'ben', 'cal'].map(contact) })
  expect(await at.crash()).toBe(2)
  expect((await at.run(run.id)).status).toBe('succeeded')
  expect(at.script.of('invite:1')[0]?.scope.attempt).toMatchObject({ earlierCalls: true })
})

test('five hundred items come through, each once, two at a time', async () => {
  await using at = await open()
  const run = await at.begin({ contacts: Array.from({ length: 500 }, (_, place) => contact(`a${place}`)) })
  for (let round = 0; round < 400 && (await at.run(run.id)).endedAt === null; round++) await settle()
  expect((await at.run(run.id)).status).toBe('succeeded')
  const calls = at.script.calls.filter(({ step }) => step.startsWith('invite:'))
  expect(new Set(calls.map(({ step }) => step)).size).toBe(500)
  expect(calls).toHaveLength(500)
})

test('a run that is cancelled stops its items, those that have not begun with them', async () => {
  await using at = await open()
  at.script.plan('invite:1', onWire().behaviour)
  at.script.plan('invite:2', onWire().behaviour)
  const run = await at.begin({ contacts: ['ann', 'ben', 'cal'].map(contact) })
  await at.press(run.id, { kind: 'cancel' })
  expect(await statusesOf(at, run.id)).toBe('cancelled cancelled cancelled cancelled')
  expect(at.script.of('invite:3')).toHaveLength(0)
})
