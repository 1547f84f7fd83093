import { expect, test } from 'vitest'
import type { RunFilter, StoredRun } from '../../db/store.ts'
import { MOST_IN_BULK } from '../../src/domain/bulk.ts'
import { RunId } from '../../src/domain/ids.ts'
import type { Run } from '../../src/domain/run.ts'
import { findRetries } from '../../src/slack/bulk/find-retries.ts'
import { undoing } from '../gallery/sample-runs.ts'
import { TEAM } from '../support/test-ids.ts'
import { runWith, stepStates } from '../views/sample-states.ts'

const filter = { words: [], service: null, workflow: null, step: null, code: null, since: null, text: '' }
const idOf = (index: number): RunId => RunId.parse(`01990000-0000-7000-8000-${String(index).padStart(12, '0')}`)

/** So many open runs, the first the oldest; `stateOf` says how each stands. */
function openRuns(many: number, stateOf: (index: number) => keyof typeof stepStates) {
  const indexOf = (id: RunId): number => Number(id.slice(-12))
  const runOf = (index: number): Run => {
    const step = stepStates[stateOf(index)]
    if (!step) throw new Error('no such state')
    return { ...runWith(step), id: idOf(index), team: TEAM }
  }
  const opened = { count: 0, pages: 0, atOnce: 0 }
  const ports = {
    store: {
      async runs({ before }: RunFilter, limit: number): Promise<StoredRun[]> {
        const from = before ? indexOf(before) - 1 : many - 1
        const length = Math.max(0, Math.min(limit, from + 1))
        opened.pages += 1
        opened.atOnce = Math.max(opened.atOnce, length)
        return Array.from({ length }, (_, index) => {
          return { id: idOf(from - index), team: TEAM, workflow: 'employee-onboarding' } as StoredRun
        })
      },
    },
    engine: {
      async run(_team: unknown, id: RunId) {
        opened.count += 1
        return runOf(indexOf(id))
      },
    },
    workflows: [{ name: runOf(0).workflow, outline: undoing }],
  }
  return { ports: ports as unknown as Parameters<typeof findRetries>[0], opened }
}

test('finds what fails in every open run, however many newer ones there are, and holds no more of them than it takes', async () => {
  const { ports, opened } = openRuns(5_200, (index) =>
    index < 1_000 ? 'failed' : index < 1_100 ? 'unknown' : 'trying',
  )
  const found = await findRetries(ports, { team: TEAM, filter, may: () => true })
  expect(opened.count).toBe(5_200)
  expect(opened.atOnce).toBeLessThanOrEqual(200)
  expect(found.members).toHaveLength(MOST_IN_BULK)
  expect(found.members.map(({ run }) => run.id)).toEqual(Array.from({ length: MOST_IN_BULK }, (_, at) => idOf(at)))
  expect(found.more).toBe(1_000 - MOST_IN_BULK)
  expect(found.askingCount).toBe(100)
  expect(found.asking[0]?.run.id).toBe(idOf(1_000))
  expect(found.asking.length).toBeLessThanOrEqual(50)
})
