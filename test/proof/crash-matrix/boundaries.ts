import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Change } from '../../../db/store.ts'
import { RetryLater } from '../../../src/domain/errors.ts'
import type { Between } from '../support/open-purser.ts'

/** Where a crash may come: around a commit, or around a request, which the service gets or has already carried out. */
export type Place = 'before-commit' | 'after-commit' | 'before-send' | 'after-effect'

export interface Boundary {
  boundary: number
  place: Place
  what: string
}

export interface Files {
  purserDb: Buffer
  keysDb: Buffer
}

/** Counts the store's commits and the egress's requests, in their order, and lets a test look at the files at each. */
export function createBoundaries(
  folder: string,
  reached: (boundary: Boundary, files: () => Files) => void,
  refuses: (boundary: number) => boolean = () => false,
) {
  let files: ReturnType<typeof openFiles> | null = null
  let count = 0
  let activity = 0
  let sent = 0
  let isGone = false
  /** Entries of commits that were answered as done. */
  const kept = new Set<string>()
  // Of this life alone: whoever waits for it goes with it, and one for all would hold every life that ever died.
  const never = new Promise<never>(() => undefined)
  const at = (boundary: number, place: Place, what: string): void => {
    activity += 1
    if (files) reached({ boundary, place, what }, files.copy)
  }
  /** A process that is gone hears nothing any more. */
  const heard = async <T>(work: Promise<T>): Promise<T> => {
    await Promise.allSettled([work])
    if (isGone) return await never
    return await work
  }
  const between: Between = {
    async commit(change, go) {
      if (isGone) return await never
      const boundary = ++count
      at(boundary, 'before-commit', inWords(change))
      if (files && refuses(boundary)) throw diskFull()
      const outcome = await heard(go())
      at(boundary, 'after-commit', inWords(change))
      if (files && outcome.kind === 'committed') for (const { core } of change.entries) kept.add(core.id)
      return outcome
    },
    async send(request, go) {
      if (isGone) return await never
      const boundary = ++count
      const what = `${request.method} ${request.url.pathname}`
      files?.expectIntents(++sent, what)
      at(boundary, 'before-send', what)
      try {
        return await heard(go())
      } finally {
        at(boundary, 'after-effect', what)
      }
    },
  }
  return {
    between,
    count: () => count,
    kept: (): ReadonlySet<string> => kept,
    /** The process is gone from this moment on: nothing of it is written or sent any more. What is on disk then. */
    die(): Files {
      isGone = true
      if (!files) throw new Error('it has not begun')
      return files.copy()
    },
    /** Rises with everything that is written or sent. */
    activity: () => activity,
    /** The files are there; `before`: requests that were sent in earlier lives. */
    begin(before: number) {
      sent = before
      files = openFiles(folder)
    },
    end() {
      files?.close()
      files = null
    },
  }
}

/** As the store tells it: nothing was written. */
const diskFull = (): RetryLater =>
  new RetryLater({ code: 'disk-full', message: 'The disk is full.', hint: 'Make room on the disk.' })

/** The files as they are on disk, read behind Purser's back. */
function openFiles(folder: string) {
  const open = (name: string): Database.Database => new Database(join(folder, name), { readonly: true })
  const [purserDb, keysDb] = [open('purser.db'), open('keys.db')]
  const intents = purserDb.prepare<[], number>("SELECT count(*) FROM entries WHERE kind = 'call.intended'").pluck()
  return {
    copy: (): Files => ({ purserDb: purserDb.serialize(), keysDb: keysDb.serialize() }),
    /** P4: whatever leaves has its intent on disk. */
    expectIntents(least: number, what: string): void {
      const found = intents.get() ?? 0
      if (found < least) throw new Error(`P4: ${what} is request ${least} and leaves with ${found} intents on disk`)
    },
    close() {
      purserDb.close()
      keysDb.close()
    },
  }
}

function inWords({ entries, run, painted }: Change): string {
  const kinds = entries.map(({ core }) => `${core.kind}${core.operation ? ` ${core.operation}` : ''}`)
  const parts = [
    run ? `run v${run.run.version}` : '',
    painted ? `painted ${painted.id.split('/', 1)[0]}` : '',
    ...kinds,
  ]
  return parts.filter((part) => part !== '').join(', ')
}
