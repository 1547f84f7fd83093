import { describe, expect, test } from 'vitest'
import type { StoredBulk, StoredRun } from '../../db/store.ts'
import type { RunId } from '../../src/domain/ids.ts'
import type { SampleChanges } from '../support/sample-changes.ts'
import { OTHER_TEAM, TEAM } from '../support/test-ids.ts'
import { type OpenStore, onStore } from './store-contract.ts'

const ended = (run: StoredRun, at: number): StoredRun => ({ ...run, status: 'cancelled', endedAt: at })

const bulkOf = (sample: SampleChanges, parts: Partial<StoredBulk> = {}): StoredBulk => ({
  id: sample.ids.bulk(),
  team: TEAM,
  status: 'running',
  version: 1,
  since: 1_000,
  sealed: Buffer.from('sealed'),
  ...parts,
})

/** What every store has to keep of restarts, debts, deploys and bulk retries. */
export function decisionsContract(open: OpenStore): void {
  describe('a run that begins as another one ends', () => {
    test('begins with that change, about the same subject, and is found by its start', () =>
      onStore(open, async ({ store, sample, clock }) => {
        const first = sample.run()
        await store.commit(sample.start(first))
        const next = sample.run({ subject: first.subject })
        const begins = [{ kind: 'insert', run: next, startKey: 'restart' }] as const
        const change = sample.update(ended(first, clock.now()), 1, { begins })
        expect(await store.commit(change)).toEqual({ kind: 'committed' })
        expect(await store.run(TEAM, next.id)).toMatchObject({ status: 'running', subject: first.subject })
        expect(await store.run(TEAM, first.id)).toMatchObject({ status: 'cancelled' })
        const again = sample.start(sample.run(), { startKey: 'restart' })
        expect(await store.commit(again)).toEqual({ kind: 'already-started', run: next.id })
      }))

    test('does not begin when the other one does not end, or was changed first; then neither is written', () =>
      onStore(open, async ({ store, sample, clock }) => {
        const first = sample.run()
        await store.commit(sample.start(first))
        const next = sample.run({ subject: first.subject })
        const begins = [{ kind: 'insert', run: next, startKey: 'restart' }] as const
        expect(await store.commit(sample.update(first, 1, { begins }))).toEqual({ kind: 'subject-busy', run: first.id })
        expect(await store.commit(sample.update(ended(first, clock.now()), 7, { begins }))).toEqual({
          kind: 'version-moved',
        })
        expect(await store.run(TEAM, next.id)).toBeNull()
        expect(await store.run(TEAM, first.id)).toMatchObject({ version: 1, status: 'running' })
        expect(await store.commit(sample.start(sample.run(), { startKey: 'restart' }))).toEqual({ kind: 'committed' })
      }))
  })

  test('runs of which something is owed are found, and no longer when it is closed', () =>
    onStore(open, async ({ store, sample }) => {
      const [owing, other] = [sample.run({ owes: 2 }), sample.run()]
      const elsewhere = sample.run({ owes: 1, team: OTHER_TEAM })
      for (const run of [owing, other, elsewhere]) await store.commit(sample.start(run))
      const found = async () => (await store.runs({ team: TEAM, owing: true }, 10)).map(({ id }) => id)
      expect(await found()).toEqual([owing.id])
      await store.commit(sample.update({ ...owing, owes: 0 }, 1))
      expect(await found()).toEqual([])
    }))

  test('runs that wait to begin are found in the order of their start, and no longer when they have begun', () =>
    onStore(open, async ({ store, sample }) => {
      const [later, first] = [sample.run({ inLine: 2_000 }), sample.run({ inLine: 1_000 })]
      for (const run of [later, sample.run(), first]) await store.commit(sample.start(run))
      const found = async (limit = 10) => (await store.runsInLine(limit)).map(({ id }) => id)
      expect(await found()).toEqual([first.id, later.id])
      expect(await found(1)).toEqual([first.id])
      expect((await store.idleRuns(10)).map(({ id }) => id)).not.toContain(first.id)
      await store.commit(sample.update({ ...first, inLine: null }, 1))
      expect(await found()).toEqual([later.id])
    }))

  test('runs that ask people are found page by page, newest first, and no longer when they are answered', () =>
    onStore(open, async ({ store, sample }) => {
      const asking = Array.from({ length: 5 }, () => sample.run({ asks: 1 }))
      const elsewhere = sample.run({ asks: 1, team: OTHER_TEAM })
      for (const run of [...asking, sample.run(), elsewhere]) await store.commit(sample.start(run))
      const page = async (before?: RunId) =>
        (await store.runs({ team: TEAM, asking: true, ...(before ? { before } : {}) }, 3)).map(({ id }) => id)
      const first = await page()
      const newest = asking.map(({ id }) => id).reverse()
      expect([...first, ...(await page(first.at(-1)))]).toEqual(newest)
      const [one] = asking
      if (one) await store.commit(sample.update({ ...one, asks: 0 }, 1))
      expect([...first, ...(await page(first.at(-1)))]).toEqual(newest.slice(0, -1))
    }))

  test('of each workflow of a team the definition that ran last is known', () =>
    onStore(open, async ({ store, sample }) => {
      const first = { team: TEAM, workflow: 'a', version: 1, shape: 'one', at: 1 }
      const other = { ...first, workflow: 'b' }
      await store.commit(sample.write({ deployed: [first, other, { ...first, team: OTHER_TEAM, shape: 'theirs' }] }))
      await store.commit(sample.write({ deployed: [{ ...first, version: 2, shape: 'two', at: 2 }] }))
      const known = await store.definitions(TEAM)
      expect(known.sort((one, two) => one.workflow.localeCompare(two.workflow))).toEqual([
        { ...first, version: 2, shape: 'two', at: 2 },
        other,
      ])
    }))

  describe('bulk retries', () => {
    test('are kept, changed by whoever comes first, and belong to their team', () =>
      onStore(open, async ({ store, sample }) => {
        const bulk = bulkOf(sample)
        await store.commit(sample.write({ bulk: { kind: 'insert', bulk } }))
        expect(await store.bulkRetry(TEAM, bulk.id)).toMatchObject({ id: bulk.id, version: 1 })
        expect(await store.bulkRetry(OTHER_TEAM, bulk.id)).toBeNull()
        const next = { ...bulk, version: 2, status: 'ended', since: 2_000, sealed: Buffer.from('next') } as const
        const update = { kind: 'update', bulk: next, expected: 1 } as const
        expect(await store.commit(sample.write({ bulk: update }))).toEqual({ kind: 'committed' })
        const entry = sample.entry()
        expect(await store.commit(sample.write({ bulk: update, entries: [entry] }))).toEqual({ kind: 'version-moved' })
        expect(await store.entry(TEAM, entry.core.id)).toBeNull()
        expect(await store.bulkRetry(TEAM, bulk.id)).toMatchObject({ version: 2, status: 'ended', since: 2_000 })
      }))

    test('change with the run that a member is of, or neither does', () =>
      onStore(open, async ({ store, sample }) => {
        const [run, bulk] = [sample.run(), bulkOf(sample)]
        await store.commit(sample.start(run, { bulk: { kind: 'insert', bulk } }))
        const moved = { kind: 'update', bulk: { ...bulk, version: 2 }, expected: 9 } as const
        expect(await store.commit(sample.update(run, 1, { bulk: moved }))).toEqual({ kind: 'version-moved' })
        expect(await store.run(TEAM, run.id)).toMatchObject({ version: 1 })
        const fits = { ...moved, expected: 1 }
        expect(await store.commit(sample.update(run, 7, { bulk: fits }))).toEqual({ kind: 'version-moved' })
        expect(await store.bulkRetry(TEAM, bulk.id)).toMatchObject({ version: 1 })
        expect(await store.commit(sample.update(run, 1, { bulk: fits }))).toEqual({ kind: 'committed' })
      }))

    test('are listed: those that have not ended for a restart, those that somebody started for people', () =>
      onStore(open, async ({ store, sample }) => {
        const made = {
          draft: bulkOf(sample, { status: 'draft' }),
          running: bulkOf(sample, { since: 3_000 }),
          ended: bulkOf(sample, { status: 'ended', since: 2_000 }),
          forgotten: bulkOf(sample, { status: 'forgotten' }),
          theirs: bulkOf(sample, { team: OTHER_TEAM }),
        }
        for (const bulk of Object.values(made)) await store.commit(sample.write({ bulk: { kind: 'insert', bulk } }))
        const ids = (all: readonly StoredBulk[]) => all.map(({ id }) => id)
        expect(ids(await store.openBulkRetries())).toEqual([made.draft.id, made.running.id, made.theirs.id])
        expect(ids(await store.recentBulkRetries(TEAM, 10))).toEqual([made.running.id, made.ended.id])
        expect(ids(await store.recentBulkRetries(TEAM, 1))).toEqual([made.running.id])
      }))
  })
}
