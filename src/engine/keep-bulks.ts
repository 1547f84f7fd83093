import type { Actor } from '../domain/actor.ts'
import { type Bulk, type BulkMember, MOST_IN_BULK } from '../domain/bulk.ts'
import type { BulkId, TeamId } from '../domain/ids.ts'
import { createBulkBook } from './bulk-book.ts'
import { createBulkCarrier } from './carry-on-bulk.ts'
import type { EngineOptions } from './create-engine.ts'
import { forgetDraft, startBulk, stopBulk } from './decide-bulk.ts'
import type { LiveRuns } from './live-runs.ts'
import { decodeBulk } from './run-codec.ts'

export interface BulkDraft {
  team: TeamId
  by: Actor
  filter: string
  /** Oldest first. */
  members: readonly Omit<BulkMember, 'outcome'>[]
  leftOut: number
}

export interface BulkStart {
  team: TeamId
  bulk: BulkId
  by: Actor
  name: string
  perMinute: number
  /** Whether they may retry runs of this workflow, at this moment. */
  may(workflow: string): boolean
}

/** What people ask and decide about retries of many steps. */
export interface Bulks {
  /** Keeps what is shown to somebody before they ask for it: exactly that is retried, and only as it stood. */
  draft(draft: BulkDraft): Promise<Bulk>
  /** Null when the draft is gone, or somebody else's. The same again answers with what was started. */
  start(call: BulkStart): Promise<Bulk | null>
  /** Null when nothing is left to stop. */
  stop(call: { team: TeamId; bulk: BulkId; by: Actor }): Promise<Bulk | null>
  find(team: TeamId, id: BulkId): Promise<Bulk | null>
  /** Those that were started, newest first. */
  recent(team: TeamId, limit: number): Promise<Bulk[]>
}

/** Milliseconds for which a window may be open before it is sent. */
const DRAFT_MS = 3_600_000

/** Keeps retries of many steps, and carries them on in the background. */
export function keepBulks(options: EngineOptions, live: () => Pick<LiveRuns, 'post' | 'read'>) {
  const { store, keys, clock, ids } = options
  const book = createBulkBook(options)
  const carrier = createBulkCarrier({
    book,
    clock,
    paused: () => options.paused?.() ?? null,
    post: (team, run, event, part) => live().post(team, run, event, part),
    read: (team, run) => live().read(team, run),
    onError: options.onError,
  })

  const forgetOld = async (): Promise<void> => {
    const now = clock.now()
    for (const { id, status, since } of book.standing()) {
      if (status === 'draft' && since + DRAFT_MS < now) await book.change(id, (bulk) => forgetDraft(bulk, now))
    }
  }

  const bulks: Bulks = {
    async draft({ team, by, filter, members, leftOut }) {
      await forgetOld()
      const now = clock.now()
      const bulk: Bulk = {
        ...{ id: ids.bulk(), team, version: 1, status: 'draft', name: '', filter, by, perMinute: 1 },
        ...{ since: now, nextAt: now, leftOut, stopped: null, endedAt: null },
        members: members.slice(0, MOST_IN_BULK).map((member) => ({ ...member, outcome: 'waiting' })),
      }
      await book.draw(bulk)
      return bulk
    },
    async start({ team, bulk: id, by, name, perMinute, may }) {
      const before = await book.find(team, id)
      if (!before || JSON.stringify(before.by) !== JSON.stringify(by)) return null
      await book.change(id, (bulk) => startBulk(bulk, { name, perMinute, may, now: clock.now() }))
      const started = await book.find(team, id)
      if (started?.status !== 'running' && started?.status !== 'ended') return null
      carrier.nudge(id)
      return started
    },
    async stop({ team, bulk: id, by }) {
      if (!(await book.find(team, id))) return null
      const stopped = await book.change(id, (bulk) => stopBulk(bulk, { by, now: clock.now() }))
      if (stopped) carrier.nudge(id)
      return stopped
    },
    find: (team, id) => book.find(team, id),
    async recent(team, limit) {
      const rows = await store.recentBulkRetries(team, limit)
      return rows.flatMap((row) => decodeBulk(row, keys) ?? [])
    },
  }

  return {
    bulks,
    onChanged: carrier.onChanged,
    /** Takes up what the last process left. */
    async start(): Promise<void> {
      await book.load()
      for (const { id, status } of book.standing()) if (status === 'running') carrier.nudge(id)
    },
    stop: carrier.stop,
  }
}
