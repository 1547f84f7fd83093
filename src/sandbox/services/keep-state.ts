import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { Clock } from '../../clock.ts'

const WAIT_MS = 250
/** Saving may take at most this part of the time. */
const SHARE = 20

interface Keeping {
  file: string
  clock: Clock
  snapshot: () => unknown
}

/** Writes snapshots some time after changes, each in one piece by a rename. */
export interface StateKeeper {
  changed: () => void
  /** Writes now what has not been written. */
  flush: () => void
}

/** Keeps `snapshot()` in a file. A disk that refuses does not stop the fakes; it is told on stderr. */
export function createStateKeeper({ file, clock, snapshot }: Keeping): StateKeeper {
  let stale = false
  let wait = WAIT_MS
  let cancel: (() => void) | null = null

  const flush = () => {
    cancel?.()
    cancel = null
    if (!stale) return
    stale = false
    const begun = clock.elapsed()
    try {
      writeFileSync(`${file}.new`, JSON.stringify(snapshot()))
      renameSync(`${file}.new`, file)
    } catch (error) {
      process.stderr.write(`The sandbox's services cannot save ${file}: ${String(error)}\n`)
    }
    wait = Math.max(WAIT_MS, (clock.elapsed() - begun) * SHARE)
  }

  return {
    flush,
    changed() {
      stale = true
      cancel ??= clock.after(wait, flush)
    },
  }
}

/** What a file holds; null when there is none. */
export function readState(file: string): unknown {
  if (!existsSync(file)) return null
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new Error(`${file} is not a state of the sandbox's services: delete it to begin anew`, { cause })
  }
}
