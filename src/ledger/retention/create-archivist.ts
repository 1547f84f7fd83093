import type { Store } from '../../../db/store.ts'
import type { Clock } from '../../clock.ts'
import { actorText } from '../../domain/actor.ts'
import type { Ids, TeamId } from '../../domain/ids.ts'
import type { Ledger } from '../ledger.ts'
import type { Archive } from './archive-in-thread.ts'

const DAY_MS = 86_400_000
/** After a start, when everything else has been taken up. */
const FIRST_MS = 10 * 60_000
/** Entries that leave the database in one commit, and the rest that others get behind it. */
const AT_ONCE = 100
const REST_MS = 20

interface Options {
  store: Pick<Store, 'commit' | 'removeArchived'>
  ledger: Pick<Ledger, 'entry'>
  ids: Pick<Ids, 'entry'>
  team: TeamId
  clock: Clock
  folder: string
  archive: Archive
  /** Days for which entries stay in the database, by the rules of today. */
  keepDays(): number
  onError(error: unknown): void
}

export interface Archivist {
  start(): void
  /** Archives what is due now; ends when nothing is left, or when it is stopped. */
  pass(): Promise<void>
  stop(): Promise<void>
}

/**
 * Once a day, moves the part of the ledger that is older than the rules keep it into files. An entry leaves the database
 * only when its segment is on disk, was read again, and is recorded; a pass that was cut off goes on with the next one.
 */
export function createArchivist(options: Options): Archivist {
  const { store, clock } = options
  const stopping = new AbortController()
  let cancel: (() => void) | null = null
  let running: Promise<void> = Promise.resolve()

  const removeArchived = async (): Promise<void> => {
    while (!stopping.signal.aborted && (await store.removeArchived(AT_ONCE)) > 0) {
      await clock.sleep(REST_MS, stopping.signal).catch(() => undefined)
    }
  }
  const archiveAll = async (): Promise<void> => {
    await removeArchived()
    while (!stopping.signal.aborted) {
      const now = clock.now()
      const { folder, archive, keepDays } = options
      const segment = await archive({ folder, now, olderThan: now - keepDays() * DAY_MS })
      if (segment === null) return
      await store.commit({ at: now, segment, entries: [entryOf(options, segment)] })
      await removeArchived()
    }
  }
  const pass = (): Promise<void> => {
    running = running.then(archiveAll).catch(options.onError)
    return running
  }
  const wait = (ms: number): void => {
    cancel = clock.after(ms, () => {
      void pass().then(() => {
        if (!stopping.signal.aborted) wait(DAY_MS)
      })
    })
  }
  return {
    start: () => wait(FIRST_MS),
    pass,
    async stop() {
      cancel?.()
      stopping.abort()
      await running
    },
  }
}

function entryOf(
  { ledger, ids, team, clock }: Options,
  segment: { fromLeaf: number; toLeaf: number; file: string; digest: string },
) {
  const { fromLeaf, toLeaf, file, digest } = segment
  return ledger.entry({
    id: ids.entry(),
    team,
    at: clock.now(),
    kind: 'ledger.archived',
    actor: actorText({ kind: 'machine', part: 'ledger' }),
    subjects: [],
    facts: { from: fromLeaf, to: toLeaf, file, digest },
  })
}
