import { describe, expect, test } from 'vitest'
import type { ChildInsert, StoredRun } from '../../db/store.ts'
import { TEAM } from '../support/test-ids.ts'
import { type OpenStore, onStore } from './store-contract.ts'

/** What every store has to keep of runs that steps of other runs begin. */
export function childrenContract(open: OpenStore): void {
  const childOf = (parent: StoredRun, run: StoredRun, startKey = `child ${run.id}`): ChildInsert => ({
    run,
    parent: parent.id,
    startKey,
    subject: { id: run.subject, team: TEAM, key: `${run.subject}@acme.example`, label: 'Acme' },
  })

  describe('runs that begin with a change', () => {
    test('are there with it, with their subject and their start, and both are kin', () =>
      onStore(open, async ({ store, sample }) => {
        const parent = sample.run()
        await store.commit(sample.start(parent))
        const child = sample.run({ workflow: 'other' })
        const entry = sample.entry({ run: child.id })
        const children = [childOf(parent, child)]
        expect(await store.commit(sample.update(parent, 1, { children, entries: [entry] }))).toEqual({
          kind: 'committed',
        })
        expect(await store.run(TEAM, child.id)).toMatchObject({ id: child.id, status: 'running' })
        expect(await store.subjects(TEAM, [child.subject])).toHaveLength(1)
        expect(await store.kin(null, 10)).toEqual([{ team: TEAM, parent: parent.id, child: child.id }])
        expect(await store.kin(child.id, 10)).toEqual([])
        const again = childOf(parent, sample.run({ workflow: 'third' }), `child ${child.id}`)
        expect(await store.commit(sample.update(parent, 2, { children: [again] }))).toEqual({
          kind: 'already-started',
          run: child.id,
          child: again.run.id,
        })
      }))

    test('are not there when the change is not, nor is the change when one of them cannot be', () =>
      onStore(open, async ({ store, sample }) => {
        const parent = sample.run()
        await store.commit(sample.start(parent))
        const [lost, busy] = [sample.run({ workflow: 'other' }), sample.run({ workflow: 'busy' })]
        const moved = await store.commit(sample.update(parent, 7, { children: [childOf(parent, lost)] }))
        expect(moved).toEqual({ kind: 'version-moved' })
        await store.commit(sample.start(busy))
        const second = sample.run({ workflow: 'busy', subject: busy.subject })
        const children = [childOf(parent, lost), childOf(parent, second)]
        expect(
          await store.commit(sample.update(parent, 1, { children, entries: [sample.entry({ run: lost.id })] })),
        ).toEqual({
          kind: 'subject-busy',
          run: busy.id,
          child: second.id,
        })
        expect([await store.run(TEAM, lost.id), await store.run(TEAM, second.id)]).toEqual([null, null])
        expect((await store.run(TEAM, parent.id))?.version).toBe(1)
        expect(await store.kin(null, 10)).toEqual([])
      }))

    test('hold against each other: two about the same in one change are one too many', () =>
      onStore(open, async ({ store, sample }) => {
        const parent = sample.run()
        await store.commit(sample.start(parent))
        const first = sample.run({ workflow: 'other' })
        const twin = sample.run({ workflow: 'other', subject: first.subject })
        const children = [childOf(parent, first), childOf(parent, twin)]
        expect(await store.commit(sample.update(parent, 1, { children }))).toMatchObject({
          kind: 'subject-busy',
          child: twin.id,
        })
      }))

    test('are kin as long as one of the two has not ended', () =>
      onStore(open, async ({ store, sample, clock }) => {
        const parent = sample.run()
        await store.commit(sample.start(parent))
        const child = sample.run({ workflow: 'other' })
        await store.commit(sample.update(parent, 1, { children: [childOf(parent, child)] }))
        const end = { status: 'succeeded', endedAt: clock.now() } as const
        await store.commit(sample.update({ ...child, ...end }, 1))
        expect(await store.kin(null, 10)).toHaveLength(1)
        await store.commit(sample.update({ ...parent, ...end, version: 2 }, 2))
        expect(await store.kin(null, 10)).toEqual([])
      }))
  })
}
