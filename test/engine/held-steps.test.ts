import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Hold } from '../../src/domain/hold.ts'
import { workflow } from '../../src/engine/define-workflow.ts'
import { JANE, TEAM } from '../support/test-ids.ts'
import { OPAL } from './asked-people.ts'
import { openEngine } from './open-engine.ts'
import { onWire, refusing, unavailable, vendor } from './scripted-egress.ts'

type At = Awaited<ReturnType<typeof openEngine>>

const MINUTE = 60_000
const VENDOR = { of: 'service', service: 'vendor' } as const

const pause = async (at: At, scope: Hold['scope'] = VENDOR): Promise<Hold> => {
  const answer = await at.engine().holds.pause({ team: TEAM, scope, by: JANE, reason: 'audit week', until: null })
  if (answer.kind !== 'done') throw new Error(answer.kind)
  await at.clock.advance(0)
  return answer.hold
}

const resume = async (at: At, hold: Hold): Promise<void> => {
  await at.engine().holds.decide({ team: TEAM, hold: hold.id, kind: 'resume', by: JANE, reason: null })
  await at.clock.advance(0)
}

const resumeAtOf = async (at: At, run: Awaited<ReturnType<At['begin']>>): Promise<number> => {
  const step = await at.step(run.id, 'account')
  if (step.status !== 'backing-off') throw new Error(`it is ${step.status}`)
  return step.resumeAt
}

describe('a step that backs off when a pause begins', () => {
  test('is held at once, and is tried no earlier than it would have been', async () => {
    await using at = await openEngine()
    at.script.plan('account', unavailable(30 * MINUTE))
    const run = await at.begin()
    const resumeAt = await resumeAtOf(at, run)
    const hold = await pause(at)
    expect(await at.step(run.id, 'account')).toMatchObject({ status: 'held', why: 'pause', hold: hold.id, resumeAt })
    expect((await at.run(run.id)).status).toBe('paused')
    await at.clock.advance(5 * MINUTE)
    await resume(at, hold)
    expect(await at.step(run.id, 'account')).toMatchObject({ status: 'backing-off', resumeAt, attemptsInRow: 1 })
    await at.clock.advance(resumeAt - at.clock.now() - 1)
    expect(at.engine().holds.standing(TEAM)).toEqual([])
    expect(at.script.of('account')).toHaveLength(1)
    await at.clock.advance(1)
    expect(await at.statuses(run.id)).toBe('succeeded succeeded succeeded succeeded')
  })

  test('is held also when Purser dies before it has told the run', async () => {
    await using at = await openEngine()
    at.script.plan('account', unavailable(30 * MINUTE))
    const run = await at.begin()
    at.refuse.commit = (change) => (change.run ? new Promise(() => {}) : null)
    await pause(at)
    at.refuse.commit = null
    await at.kill()
    await at.clock.advance(0)
    expect(await at.step(run.id, 'account')).toMatchObject({ status: 'held', why: 'pause' })
  })

  test('is held by its own run’s pause, and backs off again when that ends', async () => {
    await using at = await openEngine()
    at.script.plan('account', unavailable(30 * MINUTE))
    const run = await at.begin()
    const resumeAt = await resumeAtOf(at, run)
    await at.press(run.id, { kind: 'pause', until: null })
    expect(await at.step(run.id, 'account')).toMatchObject({ status: 'held', hold: null, resumeAt })
    await at.press(run.id, { kind: 'resume' })
    expect(await at.step(run.id, 'account')).toMatchObject({ status: 'backing-off', resumeAt })
  })

  test('stays held by a pause that stands beside the one that ended', async () => {
    await using at = await openEngine()
    at.script.plan('account', unavailable(30 * MINUTE))
    const run = await at.begin()
    const first = await pause(at)
    const second = await pause(at, { of: 'everything' })
    await resume(at, first)
    expect(await at.step(run.id, 'account')).toMatchObject({ status: 'held', hold: second.id })
  })

  test('is told of within its time all the same: a pause says nothing of what fails', async () => {
    await using at = await openEngine()
    at.script.plan('account', unavailable(30 * MINUTE))
    const run = await at.begin()
    await pause(at)
    expect(await at.step(run.id, 'account')).toMatchObject({ alerted: false })
    await at.clock.advance(MINUTE)
    expect(await at.step(run.id, 'account')).toMatchObject({ status: 'held', alerted: true })
    expect(at.stale.filter(({ kind }) => kind === 'failure')).not.toEqual([])
  })
})

test('an attempt that fails while its service is paused is held, and not shown as about to be tried', async () => {
  await using at = await openEngine()
  const call = onWire()
  at.script.plan('account', call.behaviour)
  const run = await at.begin()
  const hold = await pause(at)
  call.fail(await unavailable(30 * MINUTE)({} as never).catch((error: unknown) => error))
  await at.clock.advance(0)
  expect(await at.step(run.id, 'account')).toMatchObject({ status: 'held', hold: hold.id })
  expect(await at.kinds(run.id)).toEqual(['run.started', 'step.backing-off', 'step.held'])
})

test('a step that is held and never failed has no failure card', async () => {
  await using at = await openEngine()
  const hold = await pause(at)
  await at.begin()
  await resume(at, hold)
  expect(at.stale.filter(({ kind }) => kind === 'failure')).toEqual([])
})

test('a failed step that is retried under a pause is held, and its card is drawn anew when it is let go', async () => {
  await using at = await openEngine()
  at.script.plan('account', refusing, onWire().behaviour)
  const run = await at.begin()
  const hold = await pause(at)
  await at.decide(run.id, 'retry', 'account')
  expect(await at.step(run.id, 'account')).toMatchObject({ status: 'held' })
  at.stale.length = 0
  await resume(at, hold)
  expect(await at.step(run.id, 'account')).toMatchObject({ status: 'running' })
  expect(at.stale.filter(({ kind }) => kind === 'failure')).toHaveLength(1)
})

test('a held step can be marked done: what comes behind it is held in its turn', async () => {
  await using at = await openEngine()
  await pause(at)
  const run = await at.begin()
  expect(await at.decide(run.id, 'mark-done', 'account')).toMatchObject({ kind: 'decided' })
  expect(await at.statuses(run.id)).toBe('succeeded held held pending')
})

const output = z.object({ id: z.string() })
const make = { uses: [vendor], output } as const

const child = workflow(
  { name: 'child', version: 1, title: 'Child', input: z.object({}), subject: () => ({ key: 'child', label: 'Child' }) },
  ({ step }) => {
    step('only', { ...make, title: 'Only', run: ({ use }) => use(vendor).make() })
  },
)

/** every → (ask | write | wait | child), with nothing that calls the vendor but the items. */
const mixed = workflow(
  {
    name: 'mixed',
    version: 1,
    title: 'Mixed',
    input: z.object({ email: z.email(), name: z.string() }),
    subject: ({ email, name }) => ({ key: email, label: name }),
  },
  ({ step, each, approval, task, delay, subflow }) => {
    each('every', {
      ...make,
      title: 'Every',
      items: () => ['a', 'b', 'c', 'd', 'e'],
      item: z.string(),
      key: (item) => item,
      concurrency: 2,
      run: ({ use }) => use(vendor).make(),
    })
    const first = step('first', { ...make, title: 'First', run: ({ use }) => use(vendor).make() })
    approval('ask', { title: 'Ask' })
    task('write', { title: 'Write', instructions: () => 'Write it.', evidence: z.string() })
    delay('rest', { title: 'Rest', for: () => 10 * MINUTE })
    subflow('child', { title: 'Child', workflow: child, after: [first], input: () => ({}) })
  },
)
describe('a pause of what does more than call', () => {
  const open = () => openEngine({ workflow: mixed, others: [child] })
  const itemsOf = async (at: At, run: Awaited<ReturnType<At['begin']>>): Promise<string> =>
    (await at.run(run.id)).steps.flatMap(({ key, status }) => (key.startsWith('every:') ? [status] : [])).join(' ')
  const statusOf = async (at: At, run: Awaited<ReturnType<At['begin']>>, keys: string[]): Promise<string[]> =>
    await Promise.all(keys.map(async (key) => (await at.step(run.id, key)).status))

  test('holds the items of a list, no more than may be under way, and lets them go on so', async () => {
    await using at = await open()
    const calls = ['a', 'b', 'c', 'd', 'e'].map(() => onWire())
    for (const [index, { behaviour }] of calls.entries()) at.script.plan(`every:${index + 1}`, behaviour)
    const run = await at.begin()
    const hold = await pause(at)
    calls[0]?.answer('done')
    await at.clock.advance(0)
    expect(await itemsOf(at, run)).toBe('succeeded running held pending pending')
    calls[1]?.answer('done')
    await at.clock.advance(0)
    expect(await itemsOf(at, run)).toBe('succeeded succeeded held held pending')
    await resume(at, hold)
    expect(await itemsOf(at, run)).toBe('succeeded succeeded running running pending')
    for (const call of calls) call.answer('done')
    await at.clock.advance(0)
    expect(await itemsOf(at, run)).toBe('succeeded succeeded succeeded succeeded succeeded')
  })

  test('of the run itself does the same to its items', async () => {
    await using at = await open()
    const calls = ['a', 'b', 'c', 'd', 'e'].map(() => onWire())
    for (const [index, { behaviour }] of calls.entries()) at.script.plan(`every:${index + 1}`, behaviour)
    const run = await at.begin()
    await at.press(run.id, { kind: 'pause', until: null })
    for (const call of calls) call.answer('done')
    await at.clock.advance(0)
    expect(await itemsOf(at, run)).toBe('succeeded succeeded held held pending')
    await at.press(run.id, { kind: 'resume' })
    expect(await itemsOf(at, run)).toBe('succeeded succeeded succeeded succeeded succeeded')
  })

  test('of a service leaves alone what people are asked and what waits for a time', async () => {
    await using at = await open()
    await pause(at)
    const run = await at.begin()
    expect(await statusOf(at, run, ['first', 'every', 'ask', 'write', 'rest', 'child'])).toEqual([
      ...['held', 'held', 'waiting', 'waiting', 'waiting', 'pending'],
    ])
    await at.clock.advance(11 * MINUTE)
    expect(await statusOf(at, run, ['rest'])).toEqual(['succeeded'])
  })

  test('of a service or a workflow holds the first step of the run that a step begins', async () => {
    for (const scope of [VENDOR, { of: 'workflow', workflow: 'child' } as const]) {
      await using at = await open()
      const call = onWire()
      at.script.plan('first', call.behaviour)
      const run = await at.begin()
      const hold = await pause(at, scope)
      call.answer('done')
      await at.clock.advance(0)
      const [row] = await at.store.runs({ team: TEAM, workflow: 'child' }, 5)
      if (!row) throw new Error('the child has not begun')
      expect(await at.step(row.id, 'only')).toMatchObject({ status: 'held', hold: hold.id })
      expect(at.script.of('only')).toEqual([])
      expect(await at.engine().holds.waiting(hold.id)).toBeGreaterThan(0)
      await resume(at, hold)
      await at.clock.advance(MINUTE)
      expect(await statusOf(at, run, ['child'])).toEqual(['succeeded'])
    }
  })

  test('of a service holds the first steps of a run that goes on from another one, too', async () => {
    await using at = await openEngine()
    at.script.plan('account', refusing)
    const run = await at.begin()
    const hold = await pause(at)
    await at.press(run.id, { kind: 'restart', undo: false, input: run.input })
    const [next] = await at.store.runs({ team: TEAM, statuses: ['paused'] }, 5)
    if (!next) throw new Error('none has begun')
    expect(next.id).not.toBe(run.id)
    expect(await at.step(next.id, 'account')).toMatchObject({ status: 'held', hold: hold.id })
    expect(at.script.of('account')).toHaveLength(1)
    await resume(at, hold)
    await at.clock.advance(MINUTE)
    expect((await at.run(next.id)).status).toBe('succeeded')
  })

  test('of the run lets people answer and time pass, and begins nothing behind them', async () => {
    await using at = await open()
    const call = onWire()
    at.script.plan('first', call.behaviour)
    const run = await at.begin()
    await at.press(run.id, { kind: 'pause', until: null })
    const write = await at.step(run.id, 'write')
    const { actor, ...as } = OPAL
    const complete = { kind: 'complete', step: write.key, stepVersion: write.version, as, output: 'written' }
    expect(await at.press(run.id, complete, actor)).toMatchObject({ kind: 'decided' })
    call.answer('done')
    await at.clock.advance(11 * MINUTE)
    expect(await statusOf(at, run, ['first', 'write', 'rest', 'child'])).toEqual([
      ...['succeeded', 'succeeded', 'succeeded', 'held'],
    ])
    expect(await at.store.runs({ team: TEAM, workflow: 'child' }, 5)).toEqual([])
    await at.press(run.id, { kind: 'resume' })
    await at.clock.advance(0)
    expect(await statusOf(at, run, ['child'])).toEqual(['succeeded'])
  })

  test('of a run does not stop the run that it has begun already: that one has a pause of its own', async () => {
    await using at = await open()
    const call = onWire()
    at.script.plan('only', call.behaviour)
    const run = await at.begin()
    await at.press(run.id, { kind: 'pause', until: null })
    const [row] = await at.store.runs({ team: TEAM, workflow: 'child' }, 5)
    if (!row) throw new Error('the child has not begun')
    expect((await at.run(row.id)).status).toBe('running')
    call.answer('done')
    await at.clock.advance(0)
    expect((await at.run(row.id)).status).toBe('succeeded')
    expect(await statusOf(at, run, ['child'])).toEqual(['succeeded'])
  })
})
