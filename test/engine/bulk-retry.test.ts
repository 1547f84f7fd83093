import { describe, expect, test } from 'vitest'
import type { CommitOutcome } from '../../db/store.ts'
import { type Bulk, membersThat, wasRetried } from '../../src/domain/bulk.ts'
import type { BulkId } from '../../src/domain/ids.ts'
import type { Run } from '../../src/domain/run.ts'
import { JANE, JOHN, TEAM } from '../support/test-ids.ts'
import { openEngine } from './open-engine.ts'
import { refusing, unavailable } from './scripted-egress.ts'

type At = Awaited<ReturnType<typeof openEngine>>

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** Runs whose mailbox could not be opened. */
async function beginFailed(at: At, many: number, failure = refusing): Promise<Run[]> {
  const runs: Run[] = []
  for (let n = 0; n < many; n++) {
    at.script.plan('mail', failure)
    runs.push(await at.begin({ email: `person${n}@acme.example`, name: `Person ${n}` }, `V${n}`))
  }
  return runs
}

async function draft(at: At, runs: readonly Run[]): Promise<Bulk> {
  const members = await Promise.all(
    runs.map(async ({ id, workflow }) => {
      const { key, version } = await at.step(id, 'mail')
      return { run: id, workflow, step: key, version }
    }),
  )
  return await at.engine().bulks.draft({ team: TEAM, by: JANE, filter: 'service:vendor', members, leftOut: 0 })
}

const start = (at: At, { id }: Bulk, perMinute = 60, may = true) =>
  at.engine().bulks.start({ team: TEAM, bulk: id, by: JANE, name: 'Vendor outage', perMinute, may: () => may })

async function bulkOf(at: At, id: BulkId): Promise<Bulk> {
  const bulk = await at.engine().bulks.find(TEAM, id)
  if (!bulk) throw new Error('no such bulk retry')
  return bulk
}

const outcomes = async (at: At, id: BulkId) => (await bulkOf(at, id)).members.map(({ outcome }) => outcome)

const bulkKinds = async (at: At) => {
  const entries = await at.store.entries({ team: TEAM, kinds: ['bulk'] }, null, 100)
  return entries.map(({ core }) => core.kind).reverse()
}

/** How often a step was retried as a part of it. */
async function retriesIn(at: At, run: Run, id: BulkId): Promise<number> {
  const { decisions } = await at.step(run.id, 'mail')
  return decisions.filter(({ kind, bulk }) => kind === 'retry' && bulk === id).length
}

describe('a bulk retry', () => {
  test('retries one after another at its rate, by whoever asked for it, and ends when each has come to something', async () => {
    await using at = await openEngine()
    const runs = await beginFailed(at, 3)
    const bulk = await draft(at, runs)
    await at.clock.advance(MINUTE)
    expect(await outcomes(at, bulk.id)).toEqual(['waiting', 'waiting', 'waiting'])
    await start(at, bulk)
    await at.clock.advance(0)
    expect(await outcomes(at, bulk.id)).toEqual(['succeeded', 'waiting', 'waiting'])
    await at.clock.advance(SECOND)
    expect(await outcomes(at, bulk.id)).toEqual(['succeeded', 'succeeded', 'waiting'])
    await at.clock.advance(SECOND)
    expect(await bulkOf(at, bulk.id)).toMatchObject({ status: 'ended', name: 'Vendor outage' })
    expect(await outcomes(at, bulk.id)).toEqual(['succeeded', 'succeeded', 'succeeded'])
    const { decisions } = await at.step(runs[1]?.id as Run['id'], 'mail')
    expect(decisions).toMatchObject([{ kind: 'retry', by: JANE, bulk: bulk.id }])
    expect(await bulkKinds(at)).toEqual(['bulk.started', 'bulk.ended'])
    expect(at.stale.filter(({ kind }) => kind === 'bulk')).not.toEqual([])
    expect(at.stale.filter(({ clicked }) => clicked)).toEqual([])
    expect(await at.engine().bulks.recent(TEAM, 5)).toMatchObject([{ id: bulk.id, status: 'ended' }])
  })

  test('takes two hundred at the rate that was asked for, and never more', async () => {
    await using at = await openEngine()
    const runs = await beginFailed(at, 200)
    const bulk = await draft(at, runs)
    await start(at, bulk, 100)
    for (let minute = 1; minute <= 2; minute++) {
      await at.clock.advance(MINUTE - 1)
      expect((await bulkOf(at, bulk.id)).members.filter(wasRetried)).toHaveLength(minute * 100)
      await at.clock.advance(1)
    }
    expect(await bulkOf(at, bulk.id)).toMatchObject({ status: 'ended' })
    expect(membersThat(await bulkOf(at, bulk.id), 'succeeded')).toHaveLength(200)
  })

  test('tells apart what failed again, what somebody else decided first, and what is still tried', async () => {
    await using at = await openEngine()
    const runs = await beginFailed(at, 3)
    const bulk = await draft(at, runs)
    await at.decide(runs[1]?.id as Run['id'], 'skip', 'mail')
    at.script.plan('mail', refusing, unavailable())
    await start(at, bulk)
    await at.clock.advance(2 * SECOND)
    expect(await outcomes(at, bulk.id)).toEqual(['failed-again', 'decided', 'retried'])
    expect(await bulkOf(at, bulk.id)).toMatchObject({ status: 'running' })
    await at.clock.advance(30 * MINUTE)
    expect(await outcomes(at, bulk.id)).toEqual(['failed-again', 'decided', 'succeeded'])
    expect(await bulkOf(at, bulk.id)).toMatchObject({ status: 'ended' })
    const [refused] = await at.store.entries({ team: TEAM, kinds: ['decision.refused'] }, null, 5)
    expect(refused?.core).toMatchObject({ run: runs[1]?.id, facts: { bulk: bulk.id, why: 'too-late' } })
  })

  test('leaves alone what needs a second person, and what the person may not retry any more', async () => {
    await using at = await openEngine({ second: ['retry'] })
    const runs = await beginFailed(at, 2)
    const bulk = await draft(at, runs)
    await start(at, bulk)
    await at.clock.advance(SECOND)
    expect(await outcomes(at, bulk.id)).toEqual(['second-person', 'second-person'])
    expect((await at.run(runs[0]?.id as Run['id'])).proposals ?? []).toEqual([])
    const other = await draft(at, runs)
    await start(at, other, 60, false)
    await at.clock.advance(SECOND)
    expect(await outcomes(at, other.id)).toEqual(['not-allowed', 'not-allowed'])
    expect(await bulkOf(at, other.id)).toMatchObject({ status: 'ended' })
  })

  test('stops when somebody says so, and says who', async () => {
    await using at = await openEngine()
    const bulk = await draft(at, await beginFailed(at, 3))
    await start(at, bulk)
    await at.clock.advance(0)
    expect(await at.engine().bulks.stop({ team: TEAM, bulk: bulk.id, by: JOHN })).not.toBeNull()
    await at.clock.advance(MINUTE)
    expect(await outcomes(at, bulk.id)).toEqual(['succeeded', 'stopped', 'stopped'])
    expect(await bulkOf(at, bulk.id)).toMatchObject({ status: 'ended', stopped: { by: JOHN } })
    expect(await at.engine().bulks.stop({ team: TEAM, bulk: bulk.id, by: JOHN })).toBeNull()
    expect(await bulkKinds(at)).toEqual(['bulk.started', 'bulk.stopped', 'bulk.ended'])
  })

  test('is started once, by whoever drew it, and not when its window stood for too long', async () => {
    await using at = await openEngine()
    const bulk = await draft(at, await beginFailed(at, 1))
    const call = { team: TEAM, bulk: bulk.id, name: 'Mine now', perMinute: 1, may: () => true }
    expect(await at.engine().bulks.start({ ...call, by: JOHN })).toBeNull()
    await start(at, bulk)
    await at.clock.advance(0)
    expect(await start(at, bulk)).toMatchObject({ status: 'ended' })
    expect(await bulkKinds(at)).toEqual(['bulk.started', 'bulk.ended'])
    const old = await draft(at, [])
    await at.clock.advance(61 * MINUTE)
    await draft(at, [])
    expect(await start(at, old)).toBeNull()
    expect(await at.engine().bulks.recent(TEAM, 5)).toHaveLength(1)
  })

  test('goes on after a restart at its rate, without a burst', async () => {
    await using at = await openEngine()
    const runs = await beginFailed(at, 4)
    const bulk = await draft(at, runs)
    await start(at, bulk, 1)
    await at.clock.advance(0)
    await at.kill()
    await at.clock.advance(0)
    expect(await outcomes(at, bulk.id)).toEqual(['succeeded', 'waiting', 'waiting', 'waiting'])
    await at.clock.advance(MINUTE)
    expect(await outcomes(at, bulk.id)).toEqual(['succeeded', 'succeeded', 'waiting', 'waiting'])
  })
})

describe('a process that dies between any two writes of a bulk retry', () => {
  test('retries no member twice and forgets none', async () => {
    let killed = 0
    for (const moment of ['before', 'behind'] as const) {
      for (let write = 1; ; write++) {
        await using at = await openEngine()
        const runs = await beginFailed(at, 3)
        const bulk = await draft(at, runs)
        const died = dieAt(at, write, moment)
        start(at, bulk).catch(() => undefined)
        await at.clock.advance(10 * SECOND)
        const isDead = died()
        at.refuse.commit = null
        if (!isDead) break
        killed++
        await at.kill()
        // Whoever got no answer presses again.
        await start(at, bulk)
        await at.clock.advance(10 * MINUTE)
        expect(await bulkOf(at, bulk.id)).toMatchObject({ status: 'ended' })
        // Each retry and its account are one write: none is taken for somebody else's.
        expect(await outcomes(at, bulk.id)).toEqual(['succeeded', 'succeeded', 'succeeded'])
        for (const run of runs) {
          expect(await retriesIn(at, run, bulk.id)).toBe(1)
          expect(await at.run(run.id)).toMatchObject({ status: 'succeeded' })
        }
        expect(await bulkKinds(at)).toEqual(['bulk.started', 'bulk.ended'])
      }
    }
    // The start, three retries with what comes of each, and the end: each before and behind its write.
    expect(killed).toBeGreaterThan(20)
  })
})

/** From its nth write on nothing of the process reaches the disk, or nothing behind it; tells whether it came to that. */
function dieAt(at: At, write: number, moment: 'before' | 'behind'): () => boolean {
  let writes = 0
  const never = new Promise<CommitOutcome>(() => undefined)
  const guard = (change: Parameters<typeof at.store.commit>[0]): Promise<CommitOutcome> | null => {
    writes++
    if (writes < write) return null
    if (writes > write || moment === 'before') return never
    at.refuse.commit = null
    const written = at.store.commit(change)
    at.refuse.commit = guard
    return written.then(() => never)
  }
  at.refuse.commit = guard
  return () => writes >= write
}
