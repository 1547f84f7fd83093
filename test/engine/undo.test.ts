import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { failureCardId, noteCardId } from '../../src/domain/card.ts'
import { StepKey } from '../../src/domain/ids.ts'
import { undoPlan } from '../../src/domain/undo-plan.ts'
import { type WorkflowDefinition, workflow } from '../../src/engine/define-workflow.ts'
import { settle } from '../support/turns.ts'
import { openEngine } from './open-engine.ts'
import { onWire, refusing, unavailable, vendor } from './scripted-egress.ts'

const output = z.object({ id: z.string() })
const undone: string[] = []

/** account → (mail | groups, one for each) → welcome, which cannot be undone. */
const joining: WorkflowDefinition = workflow(
  {
    name: 'joining',
    version: 1,
    title: 'Joining',
    input: z.object({ email: z.email(), name: z.string() }),
    subject: ({ email, name }) => ({ key: email, label: name }),
  },
  ({ step, each }) => {
    const make = { uses: [vendor], output } as const
    const account = step('account', {
      ...make,
      title: 'Account',
      run: ({ use }) => use(vendor).make(),
      undo: {
        title: 'Suspend it',
        async run({ use, result }) {
          await use(vendor).make()
          undone.push(`account ${result?.id}`)
        },
      },
    })
    const needs = [account] as const
    const mail = step('mail', {
      ...make,
      title: 'Mailbox',
      needs,
      run: ({ use }) => use(vendor).make(),
      undo: {
        title: 'Close it',
        async run({ use, result }) {
          await use(vendor).make()
          undone.push(`mail ${result?.id}`)
        },
      },
    })
    const groups = each('groups', {
      ...make,
      title: 'Groups',
      needs,
      items: () => ['a', 'b', 'c'],
      item: z.string(),
      key: (group) => group,
      concurrency: 2,
      run: ({ use }) => use(vendor).make(),
      undo: {
        title: 'Leave it',
        async run({ use, item }) {
          await use(vendor).make()
          undone.push(`groups ${item}`)
        },
      },
    })
    step('welcome', { ...make, title: 'Welcome', after: [mail, groups], run: ({ use }) => use(vendor).make() })
  },
)

const open = async () => {
  undone.length = 0
  return await openEngine({ workflow: joining })
}
/** The run comes as far as its welcome, which is refused. */
const openStuck = async () => {
  const at = await open()
  at.script.plan('welcome', refusing)
  return at
}
const cancel = { kind: 'cancel', reason: 'The offer was withdrawn', undo: true }

describe('a cancel with its undo', () => {
  test('takes back what was done, what builds on others first, and then the run has ended', async () => {
    await using at = await openStuck()
    const run = await at.begin()
    const plan = undoPlan(joining.outline, await at.run(run.id))
    expect(plan.undone.map(({ step }) => step.key)).toEqual(['groups:3', 'groups:2', 'groups:1', 'mail', 'account'])
    const account = onWire()
    at.script.plan('account~undo', account.behaviour)
    await at.press(run.id, cancel)
    expect(undone.slice(0, 4).sort()).toEqual(['groups a', 'groups b', 'groups c', 'mail mail-2'])
    expect(await at.run(run.id)).toMatchObject({ status: 'cancelling', endedAt: null })
    account.answer('x')
    await settle()
    expect(undone.at(-1)).toBe('account account-1')
    expect(await at.run(run.id)).toMatchObject({ status: 'cancelled', debts: [] })
    expect((await at.kinds(run.id)).filter((kind) => kind === 'step.undone')).toHaveLength(5)
    expect(await at.step(run.id, 'welcome~undo').catch(() => 'none')).toBe('none')
  })

  test('calls services under keys of its own', async () => {
    await using at = await openStuck()
    const run = await at.begin()
    await at.press(run.id, cancel)
    expect(at.script.of('account~undo')[0]?.scope.attempt).toMatchObject({ step: 'account~undo', earlierCalls: false })
  })

  test('that is not wanted ends the run at once and leaves everything as it is', async () => {
    await using at = await openStuck()
    const run = await at.begin()
    await at.press(run.id, { ...cancel, undo: false })
    expect([undone, (await at.run(run.id)).status]).toEqual([[], 'cancelled'])
  })

  test('ends the run at once when there is nothing to undo', async () => {
    await using at = await open()
    at.script.plan('account', refusing)
    const run = await at.begin()
    at.script.calls.length = 0
    await at.press(run.id, { kind: 'cancel', undo: true })
    expect([at.script.calls, (await at.run(run.id)).status]).toEqual([[], 'cancelled'])
  })

  test('undoes items within their concurrency', async () => {
    await using at = await openStuck()
    const wires = [1, 2, 3].map((place) => {
      const wire = onWire()
      at.script.plan(`groups:${place}~undo`, wire.behaviour)
      return wire
    })
    const run = await at.begin()
    await at.press(run.id, cancel)
    const running = async () => (await at.run(run.id)).steps.filter(({ status }) => status === 'running').length
    expect(await running()).toBe(2)
    for (const wire of wires) wire.answer('x')
    await settle()
    expect((await at.run(run.id)).status).toBe('cancelled')
  })
})

describe('undoing a step', () => {
  test('fails on a card of its own, and is retried, after which what comes next goes on', async () => {
    await using at = await openStuck()
    at.script.plan('mail~undo', refusing)
    const run = await at.begin()
    await at.press(run.id, cancel)
    expect(await at.run(run.id)).toMatchObject({ status: 'blocked' })
    expect(await at.step(run.id, 'account~undo')).toMatchObject({ status: 'pending' })
    expect(at.stale.map(({ id }) => id)).toContain(failureCardId(run.id, StepKey.parse('mail~undo')))
    await at.decide(run.id, 'retry', 'mail~undo')
    expect((await at.run(run.id)).status).toBe('cancelled')
    expect(undone.at(-1)).toBe('account account-1')
  })

  test('is repeated by itself as the policy says', async () => {
    await using at = await openStuck()
    at.script.plan('mail~undo', unavailable())
    const run = await at.begin()
    await at.press(run.id, cancel)
    expect(await at.step(run.id, 'mail~undo')).toMatchObject({ status: 'backing-off' })
    await at.clock.advance(60_000)
    expect((await at.run(run.id)).status).toBe('cancelled')
  })

  test('that is skipped is owed, and the run ends as cancelled all the same', async () => {
    await using at = await openStuck()
    at.script.plan('mail~undo', refusing)
    const run = await at.begin()
    await at.press(run.id, cancel)
    await at.decide(run.id, 'skip', 'mail~undo')
    const { status, debts } = await at.run(run.id)
    expect([status, debts.map(({ step }) => step)]).toEqual(['cancelled', ['mail~undo']])
  })

  test('can be escalated, or marked done where somebody did it by hand', async () => {
    await using at = await openStuck()
    at.script.plan('mail~undo', refusing)
    const run = await at.begin()
    await at.press(run.id, cancel)
    await at.decide(run.id, 'escalate', 'mail~undo')
    expect(await at.step(run.id, 'mail~undo')).toMatchObject({ escalation: { status: 'open' } })
    await at.decide(run.id, 'mark-done', 'mail~undo', { output: {} })
    expect((await at.run(run.id)).status).toBe('cancelled')
  })

  test('is stopped by a second cancel; a second one with its undo comes too late', async () => {
    await using at = await openStuck()
    at.script.plan('mail~undo', refusing)
    const run = await at.begin()
    await at.press(run.id, cancel)
    expect(await at.press(run.id, cancel)).toMatchObject({ kind: 'too-late', by: { kind: 'cancel' } })
    await at.press(run.id, { ...cancel, undo: false })
    expect(await at.run(run.id)).toMatchObject({ status: 'cancelled' })
    expect(await at.step(run.id, 'account~undo')).toMatchObject({ status: 'cancelled' })
    expect(undone).not.toContain('account account-1')
  })

  test('goes on after a restart wherever it stood, and nothing is undone twice that was written down', async () => {
    await using at = await openStuck()
    const mail = onWire()
    at.script.plan('mail~undo', mail.behaviour)
    const run = await at.begin()
    await at.press(run.id, cancel)
    expect(await at.crash()).toBe(1)
    expect(at.script.of('mail~undo')[0]?.scope.attempt).toMatchObject({ earlierCalls: true })
    expect(at.script.of('groups:1~undo')).toHaveLength(0)
    expect((await at.run(run.id)).status).toBe('cancelled')
  })
})

describe('a step that is on the wire when its run is cancelled', () => {
  test('is undone when it turns out to have been done', async () => {
    await using at = await open()
    const mail = onWire()
    at.script.plan('mail', mail.behaviour)
    const run = await at.begin()
    await at.press(run.id, cancel)
    expect(await at.step(run.id, 'mail')).toMatchObject({ status: 'cancelled' })
    expect(await at.step(run.id, 'account~undo')).toMatchObject({ status: 'pending' })
    mail.answer('made after all')
    await settle()
    expect(undone).toEqual(expect.arrayContaining(['mail made after all', 'account account-1']))
    const { steps, history, status } = await at.run(run.id)
    expect(status).toBe('cancelled')
    expect(steps.find(({ key }) => key === 'mail')).toMatchObject({ late: { output: { id: 'made after all' } } })
    const line = history.findIndex(({ kind }) => kind === 'late-answer')
    expect(at.stale.map(({ id }) => id)).toContain(noteCardId(run.id, line))
    expect(await at.kinds(run.id)).toContain('step.late-answer')
  })

  test('has nothing to undo when it turns out to have been given up before it was sent', async () => {
    await using at = await open()
    at.script.plan('mail', async (scope) => {
      await at.clock.sleep(1_000_000, scope.signal)
      return { id: 'never' }
    })
    const run = await at.begin()
    await at.press(run.id, cancel)
    expect((await at.run(run.id)).status).toBe('cancelled')
    expect(undone).not.toContainEqual(expect.stringContaining('mail'))
    expect(await at.step(run.id, 'mail~undo')).toMatchObject({ status: 'not-needed', because: 'mail' })
  })

  test('is undone when nobody knows what it did, as the process was gone', async () => {
    await using at = await open()
    const mail = onWire()
    at.script.plan('mail', mail.behaviour)
    const run = await at.begin()
    await at.press(run.id, cancel)
    await at.crash()
    expect(undone).toEqual(expect.arrayContaining(['mail undefined', 'account account-1']))
    expect((await at.run(run.id)).status).toBe('cancelled')
  })

  test('is remembered and shown when undoing was not wanted', async () => {
    await using at = await open()
    const mail = onWire()
    at.script.plan('mail', mail.behaviour)
    const run = await at.begin()
    await at.press(run.id, { ...cancel, undo: false })
    mail.answer('made after all')
    await settle()
    expect(await at.step(run.id, 'mail')).toMatchObject({
      status: 'cancelled',
      late: { output: { id: 'made after all' } },
    })
    expect((await at.run(run.id)).status).toBe('cancelled')
    expect(undone).toEqual([])
  })
})

describe('what a step that names no operation of its own', () => {
  const one = { service: 'vendor', operation: 'thing.make', title: 'make', class: 'L', tries: 1, at: 0 } as const

  test('found at the first attempt was there before the run, and is left alone', async () => {
    await using at = await openStuck()
    at.script.plan('account', async (scope) => {
      scope.onCall?.({ ...one, outcome: 'found' })
      return { id: 'theirs' }
    })
    const run = await at.begin()
    const plan = undoPlan(joining.outline, await at.run(run.id))
    expect(plan.stays).toMatchObject([{ step: { key: 'account' }, why: 'there-before' }])
    await at.press(run.id, cancel)
    expect(undone.some((each) => each.startsWith('account'))).toBe(false)
  })

  test('found behind a lost answer was made by this run, and is undone', async () => {
    await using at = await openStuck()
    at.script.plan('account', async (scope) => {
      scope.onCall?.({ ...one, outcome: 'found', ours: true })
      return { id: 'ours' }
    })
    const run = await at.begin()
    await at.press(run.id, cancel)
    expect(undone).toContain('account ours')
  })
})
