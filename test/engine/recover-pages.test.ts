import { expect, test } from 'vitest'
import type { Kin, Store, StoredRun } from '../../db/store.ts'
import type { RunId } from '../../src/domain/ids.ts'
import type { LiveRuns } from '../../src/engine/live-runs.ts'
import { recover } from '../../src/engine/recover.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { sampleChanges } from '../support/sample-changes.ts'
import { TEAM, testIds } from '../support/test-ids.ts'
import { openEngine } from './open-engine.ts'

const MANY = 1_001

test('a start takes up all runs and ends of children, however many pages they are, and then notes the deploy', async () => {
  await using engine = await openEngine()
  const clock = createFakeClock()
  const ids = testIds(clock)
  const sample = sampleChanges(clock, ids)
  const runs: StoredRun[] = Array.from({ length: MANY }, () => ({ ...sample.run(), attempts: [ids.attempt()] }))
  const kin = runs.map(({ team, id }): Kin => ({ team, parent: ids.run(), child: id }))
  const told: string[] = []
  const settled = new Set<RunId>()
  const behind = <T>(all: readonly T[], isLast: (each: T) => boolean, limit: number): T[] => {
    const from = all.findIndex(isLast) + 1
    return all.slice(from, from + limit)
  }
  const store = {
    unfinishedRuns: async (after: RunId | null, limit: number) => behind(runs, ({ id }) => id === after, limit),
    kin: async (after: RunId | null, limit: number) => behind(kin, ({ child }) => child === after, limit),
    async run(_team: unknown, id: RunId) {
      settled.add(id)
      return null
    },
    definitions: async () => [],
    commit: async () => {
      told.push('deployed is noted')
      return { kind: 'committed' as const }
    },
  } as unknown as Store
  const live = {
    post: async (_team: unknown, id: RunId) => told.push(id),
    read: async () => null,
  } as unknown as LiveRuns
  const workflows = [{ name: runs[0]?.workflow, version: 2, shape: 'new' }] as unknown as Parameters<
    typeof recover
  >[0]['workflows']
  const onError = (error: unknown): void => expect(error).toBeNull()
  const lost = await recover({ store, live, workflows, ledger: engine.ledger, clock, ids, onError })
  expect(lost).toBe(MANY)
  expect(settled.size).toBe(MANY)
  expect(runs.every(({ team }) => team === TEAM)).toBe(true)
  expect(told).toEqual([...runs.map(({ id }) => id), 'deployed is noted'])
})
