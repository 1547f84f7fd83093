import type { Store } from '../../db/store.ts'
import type { Clock } from '../clock.ts'
import type { Hold } from '../domain/hold.ts'
import type { HoldId, RunId, TeamId } from '../domain/ids.ts'
import type { RunEvent } from './events.ts'

interface Ports {
  store: Pick<Store, 'runs'>
  clock: Clock
  post(team: TeamId, run: RunId, event: RunEvent): Promise<unknown>
  onError(error: unknown): void
}

const PAGE = 100
/** Milliseconds between two pages: whoever clicks meanwhile goes first. */
const REST_MS = 20
/** In these a step may back off. */
const STATUSES = ['running', 'blocked', 'cancelling'] as const

/** Tells runs that a hold was opened: their steps that back off are then shown as held, not as about to be tried again. */
export function createHoldTeller({ store, clock, post, onError }: Ports) {
  const stopping = new AbortController()
  const telling = new Map<HoldId, Promise<void>>()

  const tell = async ({ team, scope }: Hold): Promise<void> => {
    const workflow = scope.of === 'workflow' ? { workflow: scope.workflow } : {}
    let before: RunId | null = null
    while (!stopping.signal.aborted) {
      const rows = await store.runs({ team, statuses: STATUSES, ...workflow, ...(before ? { before } : {}) }, PAGE)
      await Promise.all(rows.map(({ id }) => post(team, id, { kind: 'hold-opened' }).catch(onError)))
      before = rows.at(-1)?.id ?? null
      if (rows.length < PAGE) return
      await clock.sleep(REST_MS, stopping.signal)
    }
  }

  return {
    /** Of a brake nobody need be told: it holds only runs that are started. */
    opened(hold: Hold): void {
      if (hold.status !== 'open' || hold.kind === 'brake') return
      const before = telling.get(hold.id) ?? Promise.resolve()
      const told = before
        .then(() => tell(hold))
        .catch((error: unknown) => {
          if (!stopping.signal.aborted) onError(error)
        })
        .then(() => {
          if (telling.get(hold.id) === told) telling.delete(hold.id)
        })
      telling.set(hold.id, told)
    },
    stop: () => stopping.abort(new Error('Purser stops')),
  }
}
