import type { Store, StoredRun } from '../../db/store.ts'
import type { RunId } from '../domain/ids.ts'
import type { LiveRuns } from './live-runs.ts'

const PAGE = 500

interface RecoverPorts {
  store: Pick<Store, 'unfinishedRuns'>
  live: LiveRuns
  /** Told of a run that could not be taken up; the others are all the same. */
  onError(error: unknown): void
}

/** Takes up what a stop or a crash cut off, oldest first: each attempt goes on under a new name. Answers with how many. */
export async function recover({ store, live, onError }: RecoverPorts): Promise<number> {
  let lost = 0
  let after: RunId | null = null
  for (;;) {
    const rows = await store.unfinishedRuns(after, PAGE)
    await Promise.all(rows.map((row) => takeUp(live, row).catch(onError)))
    lost += rows.reduce((sum, row) => sum + row.attempts.length, 0)
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return lost
    after = last.id
  }
}

async function takeUp(live: LiveRuns, row: StoredRun): Promise<void> {
  if (row.attempts.length === 0) return
  const run = await live.read(row.team, row.id)
  for (const step of run?.steps ?? []) {
    if (step.status === 'running') {
      await live.post(row.team, row.id, { kind: 'attempt-lost', step: step.key, attempt: step.attempt })
    }
    if (step.escalation?.status === 'opening') {
      await live.post(row.team, row.id, { kind: 'attempt-lost', step: step.key, attempt: step.escalation.attempt })
    }
  }
}
