import type { Store, StoredRun } from '../../db/store.ts'
import type { RunId } from '../domain/ids.ts'
import type { LiveRuns } from './live-runs.ts'
import { settleKin } from './settle-kin.ts'

const PAGE = 500

interface RecoverPorts {
  store: Pick<Store, 'unfinishedRuns' | 'kin' | 'run'>
  live: LiveRuns
  /** Told of a run that could not be taken up; the others are all the same. */
  onError(error: unknown): void
}

/** Takes up what a stop or a crash cut off, oldest first: each attempt goes on under a new name. Answers with how many. */
export async function recover({ store, live, onError }: RecoverPorts): Promise<number> {
  let lost = 0
  let after: RunId | null = null
  await settleAll({ store, live, onError })
  for (;;) {
    const rows = await store.unfinishedRuns(after, PAGE)
    await Promise.all(rows.map((row) => takeUp(live, row).catch(onError)))
    lost += rows.reduce((sum, row) => sum + row.attempts.length, 0)
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return lost
    after = last.id
  }
}

/** Tells every run what a crash left untold of those that its steps began. */
async function settleAll({ store, live, onError }: RecoverPorts): Promise<void> {
  let after: RunId | null = null
  for (;;) {
    const kin = await store.kin(after, PAGE)
    await Promise.all(kin.map((each) => settleKin({ store, live }, each).catch(onError)))
    const last = kin.at(-1)
    if (!last || kin.length < PAGE) return
    after = last.child
  }
}

async function takeUp(live: LiveRuns, row: StoredRun): Promise<void> {
  if (row.attempts.length === 0 && row.status !== 'cancelling' && row.status !== 'blocked') return
  const run = await live.read(row.team, row.id)
  for (const step of run?.steps ?? []) {
    if (step.status === 'running') {
      await live.post(row.team, row.id, { kind: 'attempt-lost', step: step.key, attempt: step.attempt })
    }
    if (step.status === 'cancelled' && step.attempt !== undefined) {
      await live.post(row.team, row.id, { kind: 'attempt-lost', step: step.key, attempt: step.attempt })
    }
    if (step.escalation?.status === 'opening') {
      await live.post(row.team, row.id, { kind: 'attempt-lost', step: step.key, attempt: step.escalation.attempt })
    }
  }
}
