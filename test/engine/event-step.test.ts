import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { StepKey } from '../../src/domain/ids.ts'
import type { InboxItem } from '../../src/domain/inbox-item.ts'
import type { Run } from '../../src/domain/run.ts'
import { workflow } from '../../src/engine/define-workflow.ts'
import { TEAM } from '../support/test-ids.ts'
import { openEngine } from './open-engine.ts'
import { vendor } from './scripted-egress.ts'

const Signed = z.object({ signedAt: z.string(), value: z.number() })

/** draw up the contract → it is signed → open the account. */
const client = workflow(
  {
    name: 'client-onboarding',
    version: 1,
    title: 'Client onboarding',
    input: z.object({ contract: z.string() }),
    subject: ({ contract }) => ({ key: contract, label: 'Acme Ltd' }),
  },
  ({ step, event }) => {
    const signed = event('signed', {
      title: 'Contract signed',
      event: 'contract-signed',
      key: ({ input }) => input.contract,
      payload: Signed,
    })
    step('account', {
      title: 'Open the account',
      needs: [signed],
      uses: [vendor],
      output: z.object({ id: z.string() }),
      run: async ({ use, from }) => {
        await use(vendor).make()
        return { id: from(signed).signedAt }
      },
    })
  },
)

const SIGNED = StepKey.parse('signed')
const DAY = 86_400_000

async function open(rules: NonNullable<Parameters<typeof openEngine>[0]> = {}) {
  const at = await openEngine({ ...rules, workflow: client })
  let count = 0
  const begin = (contract = 'acme-42', startKey = 'V1'): Promise<Run> => at.begin({ contract }, startKey)
  const item = (): InboxItem => ({
    ...{ id: `item-${++count}`, team: TEAM, source: 'contracts', event: `evt-${count}`, type: 'signed', status: 'new' },
    ...{ code: null, match: null, run: null, receivedAt: 0, settledAt: null, version: 1, sealed: Buffer.alloc(0) },
    owner: at.ids.subject(),
  })
  const come = async (run: Run, payload: unknown, key = 'acme-42') => {
    const came = item()
    await at.store.commit({ at: 0, entries: [], inbox: [{ kind: 'insert', item: came }] })
    const answer = await at.engine().give({
      team: TEAM,
      run: run.id,
      event: {
        ...{ kind: 'event-came', step: SIGNED, event: 'contract-signed', key, payload, item: came.id },
        by: { kind: 'machine', part: 'hook', name: 'contracts' },
        inbox: { kind: 'update', expected: 1, item: { ...came, status: 'taken', settledAt: 9, version: 2 } },
      },
    })
    return { answer, item: await at.store.inboxItem(TEAM, came.id) }
  }
  return { at, begin, come, [Symbol.asyncDispose]: () => at[Symbol.asyncDispose]() }
}

const PAYLOAD = { signedAt: '2026-11-02', value: 5 }

describe('a step that waits for an event', () => {
  it('waits for its key, and takes what comes as its result', async () => {
    await using opened = await open()
    const { at, begin, come } = opened
    const run = await begin()
    expect(await at.statuses(run.id)).toBe('waiting pending')
    expect((await at.run(run.id)).status).toBe('waiting')
    const wait = (await at.step(run.id, 'signed')).wait
    expect(wait).toMatchObject({ kind: 'event', event: 'contract-signed', key: 'acme-42', deadline: null })
    const { answer, item } = await come(run, PAYLOAD, ' ACME-42')
    expect(answer.kind).toBe('changed')
    expect(item).toMatchObject({ status: 'taken', settledAt: 9 })
    await at.clock.advance(0)
    expect(await at.step(run.id, 'account')).toMatchObject({ status: 'succeeded', output: { id: '2026-11-02' } })
    expect(await at.kinds(run.id)).toEqual(expect.arrayContaining(['step.waiting', 'step.succeeded', 'run.ended']))
  })

  it('keeps in the store what it waits for, from when it begins until it is over', async () => {
    await using opened = await open()
    const { at, begin, come } = opened
    const run = await begin()
    const [begun] = at.awaiting
    expect(begun).toMatchObject({ run: run.id, step: 'signed', event: 'contract-signed' })
    expect(await at.store.awaiting(TEAM, begun?.match ?? '')).toHaveLength(1)
    await come(run, PAYLOAD)
    expect(await at.store.awaiting(TEAM, begun?.match ?? '')).toEqual([])
  })

  it('takes one of two that come, and the other has no effect', async () => {
    await using opened = await open()
    const { at, begin, come } = opened
    const run = await begin()
    const [one, other] = await Promise.all([come(run, PAYLOAD), come(run, { ...PAYLOAD, value: 6 })])
    expect([one.answer.kind, other.answer.kind].sort()).toEqual(['changed', 'too-late'])
    expect(new Set([one.item?.status, other.item?.status])).toEqual(new Set(['new', 'taken']))
    expect(await at.statuses(run.id)).toBe('succeeded succeeded')
  })

  it('refuses what does not say what it needs, and goes on waiting', async () => {
    await using opened = await open()
    const { at, begin, come } = opened
    const run = await begin()
    const { answer, item } = await come(run, { signedAt: 5 })
    expect(answer).toMatchObject({ kind: 'refused', code: 'payload-not-valid' })
    expect(item?.status).toBe('new')
    expect(await at.statuses(run.id)).toBe('waiting pending')
  })

  it('has nothing to do with another key, nor with a run that has ended', async () => {
    await using opened = await open()
    const { at, begin, come } = opened
    const run = await begin()
    expect((await come(run, PAYLOAD, 'globex-1')).answer.kind).toBe('too-late')
    await at.press(run.id, { kind: 'cancel' })
    const late = await come(run, PAYLOAD)
    expect(late.answer.kind).toBe('too-late')
    expect(late.item?.status).toBe('new')
    expect((await at.run(run.id)).status).toBe('cancelled')
  })

  it('is marked done by hand with what the event would have said, and by nothing less', async () => {
    await using opened = await open()
    const { at, begin } = opened
    const run = await begin()
    expect(await at.decide(run.id, 'mark-done', 'signed', { output: { signedAt: 'x' } })).toMatchObject({
      kind: 'refused',
      code: 'output-incomplete',
    })
    expect(await at.decide(run.id, 'mark-done', 'signed', { output: PAYLOAD })).toMatchObject({ kind: 'decided' })
    expect(await at.statuses(run.id)).toBe('succeeded succeeded')
  })

  it('may be skipped and escalated while it waits, and not retried', async () => {
    await using opened = await open()
    const { at, begin } = opened
    const run = await begin()
    expect(await at.decide(run.id, 'retry', 'signed')).toMatchObject({ kind: 'too-late' })
    expect(await at.decide(run.id, 'escalate', 'signed')).toMatchObject({ kind: 'decided' })
    expect((await at.step(run.id, 'signed')).status).toBe('waiting')
    expect(await at.decide(run.id, 'skip', 'signed')).toMatchObject({ kind: 'decided' })
    expect(await at.statuses(run.id)).toBe('skipped not-needed')
  })

  it('is overdue when it does not come by when it should, and says so once', async () => {
    await using opened = await open({ event: { expectedAfterMs: DAY } })
    const { at, begin } = opened
    const run = await begin()
    await at.clock.advance(DAY - 1)
    expect(await at.store.overdueAwaited(at.clock.now(), 10)).toEqual([])
    await at.clock.advance(1)
    expect(await at.store.overdueAwaited(at.clock.now(), 10)).toHaveLength(1)
    await at.clock.advance(DAY)
    expect((await at.kinds(run.id)).filter((kind) => kind === 'step.overdue')).toHaveLength(1)
    expect(await at.statuses(run.id)).toBe('waiting pending')
  })

  it('fails at its deadline, and a retry waits anew', async () => {
    await using opened = await open({ event: { deadline: { afterMs: DAY, outcome: 'fail' } } })
    const { at, begin, come } = opened
    const run = await begin()
    await at.clock.advance(DAY)
    expect(await at.step(run.id, 'signed')).toMatchObject({
      status: 'failed',
      alerted: true,
      failing: { failure: { code: 'event-did-not-come' } },
    })
    expect((await at.run(run.id)).status).toBe('blocked')
    await at.decide(run.id, 'retry', 'signed')
    expect(await at.step(run.id, 'signed')).toMatchObject({
      status: 'waiting',
      wait: { deadline: { at: at.clock.now() + DAY } },
    })
    expect((await come(run, PAYLOAD)).answer.kind).toBe('changed')
  })

  it('goes on without it, or opens a ticket and goes on waiting, where the rules say so', async () => {
    await using without = await open({ event: { deadline: { afterMs: DAY, outcome: 'not-needed' } } })
    const first = await without.begin()
    await without.at.clock.advance(DAY)
    expect(await without.at.statuses(first.id)).toBe('not-needed not-needed')
    await using ticket = await open({ event: { deadline: { afterMs: DAY, outcome: 'escalate' } } })
    const second = await ticket.begin()
    await ticket.at.clock.advance(DAY)
    expect(await ticket.at.step(second.id, 'signed')).toMatchObject({
      status: 'waiting',
      escalation: { status: 'open' },
    })
  })

  it('fails at once when nobody can tell what to wait for', async () => {
    await using opened = await open()
    const { at, begin } = opened
    const run = await begin('  ')
    expect(await at.step(run.id, 'signed')).toMatchObject({
      status: 'failed',
      failing: { failure: { code: 'no-event-key' } },
    })
  })

  it('goes on waiting after a crash, for what it waited for', async () => {
    await using opened = await open()
    const { at, begin, come } = opened
    const run = await begin()
    await at.crash()
    expect((await come(run, PAYLOAD)).answer.kind).toBe('changed')
    await at.clock.advance(0)
    expect(await at.statuses(run.id)).toBe('succeeded succeeded')
  })
})
