import { describe, expect, test } from 'vitest'
import type { StoredHold, StoredRun } from '../../db/store.ts'
import { UserId } from '../../src/domain/ids.ts'
import type { SampleChanges } from '../support/sample-changes.ts'
import { OTHER_TEAM, TEAM } from '../support/test-ids.ts'
import { type OpenStore, onStore } from './store-contract.ts'

const holdOf = (sample: SampleChanges, parts: Partial<StoredHold> = {}): StoredHold => ({
  id: sample.ids.hold(),
  team: TEAM,
  kind: 'pause',
  scope: 'everything',
  status: 'open',
  version: 1,
  since: 1_000,
  sealed: Buffer.from('sealed'),
  ...parts,
})

const opening = (hold: StoredHold) => ({ hold: { kind: 'insert', hold } as const })
/** The next state of a hold, made from the one that it was at `expected`. */
const moved = (hold: StoredHold, parts: Partial<StoredHold>, expected = hold.version) => {
  const next = { ...hold, version: expected + 1, ...parts }
  return { next, write: { hold: { kind: 'update', hold: next, expected } as const } }
}

/** What every store has to keep of what keeps runs from going on. */
export function holdsContract(open: OpenStore): void {
  describe('a hold', () => {
    test('whatever changes in a run alone is kept', () =>
      onStore(open, async ({ store, sample }) => {
        const hold = holdOf(sample)
        await store.commit(sample.write(opening(hold)))
        let run = sample.run()
        await store.commit(sample.start(run))
        const moves: Partial<StoredRun>[] = [
          { sealed: Buffer.from('another state') },
          { attempts: [sample.ids.attempt()] },
          { definition: 7 },
          { status: 'waiting' },
          { wakeAt: 5 },
          { inLine: 6 },
          { owes: 1 },
          { asks: 2 },
          { starter: UserId.parse('U0STARTER') },
          { manager: UserId.parse('U0MANAGER') },
          { held: [hold.id] },
          { held: [], owes: 0 },
          { endedAt: 9 },
        ]
        for (const move of moves) {
          run = { ...run, ...move }
          expect(await store.commit(sample.update(run, run.version))).toEqual({ kind: 'committed' })
          run = { ...run, version: run.version + 1 }
          expect(await store.run(run.team, run.id)).toEqual(run)
        }
      }))

    test('is found by its team with all that was written, and among those that stand', () =>
      onStore(open, async ({ store, sample }) => {
        const holds = [
          holdOf(sample, { scope: 'service:github', kind: 'incident', since: 5, sealed: Buffer.from('one') }),
          holdOf(sample, { scope: 'workflow:onboarding', kind: 'brake' }),
          holdOf(sample, { team: OTHER_TEAM }),
        ]
        for (const hold of holds) expect(await store.commit(sample.write(opening(hold)))).toEqual({ kind: 'committed' })
        const [first] = holds as [StoredHold]
        const found = await store.hold(TEAM, first.id)
        expect({ ...found, sealed: Buffer.from(found?.sealed ?? []).toString() }).toEqual({ ...first, sealed: 'one' })
        expect(await store.hold(OTHER_TEAM, first.id)).toBeNull()
        expect((await store.openHolds()).map(({ id }) => id)).toEqual(holds.map(({ id }) => id))
      }))

    test('stands once of its kind over the same: the second one is told of the first, and nothing of it is written', () =>
      onStore(open, async ({ store, sample }) => {
        const first = holdOf(sample)
        await store.commit(sample.write(opening(first)))
        const second = holdOf(sample)
        const entry = sample.entry()
        const refused = await store.commit(sample.write({ ...opening(second), entries: [entry] }))
        expect(refused).toEqual({ kind: 'hold-stands', hold: first.id })
        expect(await store.hold(TEAM, second.id)).toBeNull()
        expect(await store.entries({ team: TEAM }, null, 10)).toEqual([])
        for (const parts of [{ kind: 'brake' as const }, { scope: 'service:github' }, { team: OTHER_TEAM }]) {
          const other = holdOf(sample, parts)
          expect(await store.commit(sample.write(opening(other)))).toEqual({ kind: 'committed' })
        }
        const { write } = moved(first, { status: 'closed' })
        await store.commit(sample.write(write))
        expect(await store.commit(sample.write(opening(second)))).toEqual({ kind: 'committed' })
        expect(await store.latestHold(TEAM, 'pause', 'everything')).toMatchObject({ id: second.id })
      }))

    test('is changed by one of two who saw the same', () =>
      onStore(open, async ({ store, sample }) => {
        const hold = holdOf(sample)
        await store.commit(sample.write(opening(hold)))
        const outcomes = await Promise.all(
          ['releasing', 'closed'].map((status) =>
            store.commit(sample.write(moved(hold, { status: status as StoredHold['status'] }).write)),
          ),
        )
        expect(outcomes).toEqual([{ kind: 'committed' }, { kind: 'version-moved' }])
        expect(await store.hold(TEAM, hold.id)).toMatchObject({ status: 'releasing', version: 2 })
      }))

    test('is not closed while a run waits for it, and closed when none does', () =>
      onStore(open, async ({ store, sample }) => {
        const hold = holdOf(sample)
        await store.commit(sample.write(opening(hold)))
        const run = sample.run({ held: [hold.id], status: 'paused' })
        await store.commit(sample.start(run))
        const { write } = moved(hold, { status: 'closed' })
        expect(await store.commit(sample.write(write))).toEqual({ kind: 'hold-in-use' })
        expect(await store.hold(TEAM, hold.id)).toMatchObject({ status: 'open', version: 1 })
        await store.commit(sample.update({ ...run, held: [], status: 'running' }, 1))
        expect(await store.commit(sample.write(write))).toEqual({ kind: 'committed' })
        expect(await store.openHolds()).toEqual([])
      }))

    test('that is closed, or that nobody knows, takes no run that would wait for it', () =>
      onStore(open, async ({ store, sample }) => {
        const hold = holdOf(sample)
        await store.commit(sample.write(opening(hold)))
        const run = sample.run()
        await store.commit(sample.start(run))
        await store.commit(sample.write(moved(hold, { status: 'closed' }).write))
        for (const id of [hold.id, sample.ids.hold()]) {
          expect(await store.commit(sample.update({ ...run, held: [id] }, 1))).toEqual({ kind: 'hold-gone' })
          expect(await store.commit(sample.start(sample.run({ held: [id] })))).toEqual({ kind: 'hold-gone' })
        }
        expect(await store.run(TEAM, run.id)).toMatchObject({ version: 1, held: [] })
      }))

    test('that is closed takes none that begins with another one either', () =>
      onStore(open, async ({ store, sample }) => {
        const hold = holdOf(sample)
        await store.commit(sample.write(opening(hold)))
        const run = sample.run()
        await store.commit(sample.start(run))
        const begun = () => sample.run({ workflow: 'other', held: [hold.id] })
        const childOf = (of: ReturnType<typeof begun>) => ({
          run: of,
          parent: run.id,
          startKey: `child ${of.id}`,
          subject: { id: of.subject, team: TEAM, key: `${of.subject}@acme.example`, label: 'Acme' },
        })
        expect(await store.commit(sample.update(run, 1, { children: [childOf(begun())] }))).toEqual({
          kind: 'committed',
        })
        const [waiting] = await store.runsHeldBy(hold.id, 1)
        if (!waiting) throw new Error('nothing waits for it')
        const child = await store.run(TEAM, waiting.id)
        await store.commit(sample.update({ ...run, ...child, held: [], endedAt: 5 }, 1))
        await store.commit(sample.write(moved(hold, { status: 'closed' }).write))
        for (const parts of [
          { children: [childOf(begun())] },
          { begins: [{ kind: 'insert' as const, run: begun(), startKey: 'next' }] },
        ]) {
          expect(await store.commit(sample.update(run, 2, parts))).toEqual({ kind: 'hold-gone' })
        }
        expect(await store.run(TEAM, run.id)).toMatchObject({ version: 2 })
      }))

    test('and the run that it lets go on are written together, or neither is', () =>
      onStore(open, async ({ store, sample }) => {
        const hold = holdOf(sample)
        await store.commit(sample.write(opening(hold)))
        const run = sample.run({ held: [hold.id] })
        await store.commit(sample.start(run))
        const { write } = moved(hold, {})
        const together = (expected: number) => sample.update({ ...run, held: [] }, expected, write)
        expect(await store.commit(together(7))).toEqual({ kind: 'version-moved' })
        expect(await store.hold(TEAM, hold.id)).toMatchObject({ version: 1 })
        expect(await store.commit(together(1))).toEqual({ kind: 'committed' })
        expect(await store.hold(TEAM, hold.id)).toMatchObject({ version: 2 })
        expect(await store.run(TEAM, run.id)).toMatchObject({ version: 2, held: [] })
      }))
  })

  test('that looks at a service are overruled is written with the decision or not at all, and stands until one is answered', () =>
    onStore(open, async ({ store, sample }) => {
      const hold = holdOf(sample, { scope: 'service:github', kind: 'incident' })
      await store.commit(sample.write(opening(hold)))
      const overruled = { looks: { kind: 'overruled', team: TEAM, service: 'github' } as const }
      const late = moved(hold, {}, 7)
      expect(await store.commit(sample.write({ ...late.write, ...overruled }))).toEqual({ kind: 'version-moved' })
      expect(await store.overruledLooks(TEAM)).toEqual([])
      for (const expected of [1, 2])
        await store.commit(sample.write({ ...moved(hold, {}, expected).write, ...overruled }))
      expect(await store.overruledLooks(TEAM)).toEqual(['github'])
      expect(await store.overruledLooks(OTHER_TEAM)).toEqual([])
      for (const service of ['jira', 'github']) {
        await store.commit(sample.write({ looks: { kind: 'answered', team: TEAM, service } }))
        expect(await store.overruledLooks(TEAM)).toEqual(service === 'jira' ? ['github'] : [])
      }
    }))

  test('the runs that wait for a hold are counted and listed, oldest first, whatever else holds them', () =>
    onStore(open, async ({ store, sample }) => {
      const [one, other] = [holdOf(sample), holdOf(sample, { scope: 'service:github' })]
      for (const hold of [one, other]) await store.commit(sample.write(opening(hold)))
      const runs = [
        sample.run({ held: [one.id] }),
        sample.run({ held: [other.id, one.id] }),
        sample.run({ held: [other.id] }),
        sample.run(),
      ]
      for (const run of runs) await store.commit(sample.start(run))
      const [first, second] = runs.map(({ id }) => id)
      expect((await store.runsHeldBy(one.id, 10)).map(({ id }) => id)).toEqual([first, second])
      expect((await store.runsHeldBy(one.id, 1)).map(({ id }) => id)).toEqual([first])
      expect(await store.runsHeldBy(one.id, 1)).toEqual([{ team: TEAM, id: first, workflow: 'employee-onboarding' }])
      expect([await store.countHeldBy(one.id), await store.countHeldBy(other.id)]).toEqual([2, 2])
      expect(await store.countHeldBy(sample.ids.hold())).toBe(0)
    }))
}
