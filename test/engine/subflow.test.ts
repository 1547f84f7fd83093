import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { RunId } from '../../src/domain/ids.ts'
import type { Run } from '../../src/domain/run.ts'
import { optional, workflow } from '../../src/engine/define-workflow.ts'
import { JANE, TEAM } from '../support/test-ids.ts'
import { settle } from '../support/turns.ts'
import { answer, MAYA } from './asked-people.ts'
import { openEngine } from './open-engine.ts'
import { onWire, refusing, vendor } from './scripted-egress.ts'

const output = z.object({ id: z.string() })
const make = { uses: [vendor], output } as const

/** ok? → sign */
const contract = workflow(
  {
    name: 'contract',
    version: 1,
    title: 'Contract',
    input: z.object({ firm: z.string().min(2) }),
    subject: ({ firm }) => ({ key: firm, label: firm }),
  },
  ({ step, approval }) => {
    const ok = approval('ok', { title: 'Approval', rule: 'manager-approval' })
    const undo = {
      title: 'Withdraw it',
      run: async ({ use }: { use: (of: typeof vendor) => unknown }) => void use(vendor),
    }
    step('sign', { ...make, title: 'Sign', after: [ok], undo, run: ({ use }) => use(vendor).make() })
  },
)

/** prepare → contract → open (needs it), tell (goes without). */
const client = workflow(
  {
    name: 'client',
    version: 1,
    title: 'Client',
    input: z.object({ email: z.email(), name: z.string(), firm: z.string().optional() }),
    subject: ({ email, name }) => ({ key: email, label: name }),
  },
  ({ step, subflow }) => {
    const prepare = step('prepare', { ...make, title: 'Prepare', run: ({ use }) => use(vendor).make() })
    const signed = subflow('contract', {
      title: 'Contract',
      after: [prepare],
      workflow: contract,
      input: ({ input }) => ({ firm: input.firm ?? 'Acme' }),
    })
    step('open', { ...make, title: 'Open', needs: [signed], run: ({ use }) => use(vendor).make() })
    step('tell', {
      ...make,
      title: 'Tell',
      needs: [optional(signed)],
      run: async ({ use, from }) => ({ id: `${(await use(vendor).make()).id} ${from(optional(signed))?.debts}` }),
    })
  },
)

const open = () => openEngine({ workflow: client, others: [contract] })
type At = Awaited<ReturnType<typeof open>>

async function childOf(at: At, parent: RunId): Promise<Run> {
  const { wait } = await at.step(parent, 'contract')
  if (wait?.kind !== 'run') throw new Error('it waits for no run')
  return await at.run(wait.run)
}
const approve = (at: At, run: Run) => answer(at, run.id, MAYA, { kind: 'approve', step: 'ok' })
const refuse = (at: At, run: Run) => answer(at, run.id, MAYA, { kind: 'refuse', step: 'ok', reason: 'too dear' })

describe('a step that runs another workflow', () => {
  test('begins it in its own commit, waits for its end, and goes on with what it came to', async () => {
    await using at = await open()
    const commits: unknown[] = []
    at.refuse.commit = (change) => {
      if (change.children) commits.push(change.children.map(({ run }) => run.workflow))
      return null
    }
    const run = await at.begin()
    expect(commits).toEqual([['contract']])
    expect(await at.statuses(run.id)).toBe('succeeded waiting pending pending')
    expect((await at.run(run.id)).status).toBe('waiting')
    const child = await childOf(at, run.id)
    expect(child).toMatchObject({
      status: 'waiting',
      startedBy: JANE,
      parent: { run: run.id, step: 'contract', workflow: 'client', title: 'Client' },
    })
    await approve(at, child)
    expect((await at.run(child.id)).status).toBe('succeeded')
    expect(await at.statuses(run.id)).toBe('succeeded succeeded succeeded succeeded')
    expect(await at.step(run.id, 'contract')).toMatchObject({ output: { run: child.id, debts: 0 } })
    expect(at.errors).toEqual([])
  })

  test('is not approved by who started the one that began it', async () => {
    await using at = await open()
    const run = await at.begin()
    const starter = { ...MAYA, actor: JANE, email: 'starter@acme.example' }
    const child = await childOf(at, run.id)
    expect(await answer(at, child.id, starter, { kind: 'approve', step: 'ok' })).toMatchObject({ code: 'own-run' })
  })

  test('is refused when the other one is: what needs it falls away', async () => {
    await using at = await open()
    const run = await at.begin()
    await refuse(at, await childOf(at, run.id))
    expect(await at.statuses(run.id)).toBe('succeeded refused not-needed succeeded')
    expect(await at.run(run.id)).toMatchObject({ status: 'refused' })
    expect(await at.step(run.id, 'contract')).toMatchObject({ reason: 'too dear' })
  })

  test('fails when the other one is cancelled, and a retry begins a new one', async () => {
    await using at = await open()
    const run = await at.begin()
    const first = await childOf(at, run.id)
    await at.press(first.id, { kind: 'cancel', reason: 'wrong paper' })
    expect(await at.step(run.id, 'contract')).toMatchObject({
      status: 'failed',
      failing: { failure: { code: 'subflow-cancelled', message: expect.stringContaining('wrong paper') } },
    })
    await at.decide(run.id, 'retry', 'contract')
    const second = await childOf(at, run.id)
    expect(second.id).not.toBe(first.id)
    await approve(at, second)
    expect((await at.run(run.id)).status).toBe('succeeded')
  })

  test('goes on when the other one leaves something owed; the debt stays there', async () => {
    await using at = await open()
    at.script.plan('sign', refusing)
    const run = await at.begin()
    const child = await childOf(at, run.id)
    await approve(at, child)
    expect((await at.run(run.id)).status).toBe('waiting')
    await at.decide(child.id, 'skip', 'sign')
    expect((await at.run(child.id)).status).toBe('succeeded-with-debt')
    expect(await at.step(run.id, 'contract')).toMatchObject({ output: { debts: 1 } })
    expect(await at.run(run.id)).toMatchObject({ status: 'succeeded', debts: [] })
  })

  test('that finds the other one under way about the same says so, and can be retried when it has ended', async () => {
    await using at = await open()
    const before = await at.engine().start({
      team: TEAM,
      workflow: 'contract',
      input: { firm: 'Acme' },
      actor: JANE,
      startKey: 'by hand',
    })
    if (before.kind !== 'started') throw new Error('not started')
    const run = await at.begin()
    expect(await at.step(run.id, 'contract')).toMatchObject({
      status: 'failed',
      alerted: true,
      failing: { failure: { code: 'subject-busy', message: expect.stringContaining(before.run.id.slice(-8)) } },
    })
    await approve(at, before.run)
    await at.decide(run.id, 'retry', 'contract')
    await approve(at, await childOf(at, run.id))
    expect((await at.run(run.id)).status).toBe('succeeded')
  })

  test('fails when what it gives does not fit the other one’s input', async () => {
    await using at = await open()
    const run = await at.begin({ firm: 'A' })
    expect(await at.step(run.id, 'contract')).toMatchObject({
      status: 'failed',
      failing: { failure: { code: 'input-does-not-fit' } },
    })
  })
})

describe('a crash', () => {
  test('between the end of the one and its telling to the other is mended at the next start', async () => {
    await using at = await open()
    const run = await at.begin()
    const child = await childOf(at, run.id)
    let planted = 0
    at.refuse.commit = (change) => {
      if (change.run?.run.id !== run.id) return null
      planted += 1
      return Promise.reject(new Error('the process is gone'))
    }
    await approve(at, child)
    expect((await at.run(child.id)).status).toBe('succeeded')
    expect(planted).toBeGreaterThan(0)
    expect(await at.step(run.id, 'contract')).toMatchObject({ status: 'waiting' })
    at.refuse.commit = null
    await at.crash()
    expect((await at.run(run.id)).status).toBe('succeeded')
    await at.crash()
    expect((await at.kinds(run.id)).filter((kind) => kind === 'run.ended')).toHaveLength(1)
  })

  test('before the commit begins neither, after it both, and never a second one', async () => {
    await using at = await open()
    let planted = 0
    at.refuse.commit = (change) => {
      if (!change.children) return null
      planted += 1
      return Promise.reject(new Error('the process is gone'))
    }
    const run = await at.begin()
    expect(planted).toBeGreaterThan(0)
    expect(await at.store.runs({ team: TEAM, workflow: 'contract' }, 10)).toHaveLength(0)
    at.refuse.commit = null
    await at.crash()
    await at.crash()
    expect(await at.store.runs({ team: TEAM, workflow: 'contract' }, 10)).toHaveLength(1)
    await approve(at, await childOf(at, run.id))
    expect((await at.run(run.id)).status).toBe('succeeded')
  })

  test('between the cancel of the one and that of the other is mended too', async () => {
    await using at = await open()
    const run = await at.begin()
    const child = await childOf(at, run.id)
    let planted = 0
    at.refuse.commit = (change) => {
      if (change.run?.run.id !== child.id) return null
      planted += 1
      return Promise.reject(new Error('the process is gone'))
    }
    await at.press(run.id, { kind: 'cancel', reason: 'withdrawn' })
    expect(planted).toBeGreaterThan(0)
    expect([(await at.run(run.id)).status, (await at.run(child.id)).status]).toEqual(['cancelled', 'waiting'])
    at.refuse.commit = null
    await at.crash()
    expect(await at.run(child.id)).toMatchObject({ status: 'cancelled', cancelled: { by: JANE, reason: 'withdrawn' } })
  })
})

describe('a cancel', () => {
  test('ends the other one as well', async () => {
    await using at = await open()
    const run = await at.begin()
    const child = await childOf(at, run.id)
    await at.press(run.id, { kind: 'cancel' })
    expect([(await at.run(run.id)).status, (await at.run(child.id)).status]).toEqual(['cancelled', 'cancelled'])
  })

  test('with its undo has the other one undone first, and waits for that', async () => {
    await using at = await open()
    const run = await at.begin()
    const child = await childOf(at, run.id)
    const sign = onWire()
    at.script.plan('sign', sign.behaviour)
    await approve(at, child)
    await at.press(run.id, { kind: 'cancel', undo: true })
    expect([(await at.run(run.id)).status, (await at.run(child.id)).status]).toEqual(['cancelling', 'cancelling'])
    expect(await at.step(child.id, 'sign~undo')).toMatchObject({ status: 'pending' })
    await at.crash()
    expect(await at.step(child.id, 'sign~undo')).toMatchObject({ status: 'succeeded' })
    expect([(await at.run(run.id)).status, (await at.run(child.id)).status]).toEqual(['cancelled', 'cancelled'])
    expect(await at.step(run.id, 'contract~undo')).toMatchObject({ status: 'succeeded' })
    sign.answer('too late')
    await settle()
    expect(at.errors).toEqual([])
  })
})
