import type { Clock } from '../clock.ts'
import { judgeSigns, type Limits, type Signs, type Trouble } from './judge-signs.ts'
import type { Spool, SpoolRecord } from './spool.ts'

/** The same trouble is told again only after so long, in milliseconds, however often it comes and goes. */
const AGAIN_AFTER_MS = 300_000
/** Milliseconds until what no path took is tried again. */
const RETRY_AFTER_MS = 30_000

export type WatchdogPath = SpoolRecord['path']

/** What is told on a path. `key`: the same for the begin of a trouble and for its end. */
export interface Told {
  key: string
  tells: 'begun' | 'over'
  text: string
  at: number
}

interface Options {
  clock: Clock
  spool: Spool
  limits: Limits
  paths: Readonly<Partial<Record<WatchdogPath, (told: Told) => Promise<void>>>>
  signs(): Signs
  onError(error: unknown): void
}

interface Known {
  key: string
  text: string
  /** Paths that took the begin of it. */
  took: Set<WatchdogPath>
  triedAt: number
}

export interface Watchdog {
  /** Looks once, and tells what has changed. */
  look(): Promise<void>
  /** Whether everything that is wrong has been told on some path. */
  hasTold(): boolean
}

/** Tells what is wrong with Purser, once, and when it is over. What it sent is in its spool before it leaves. */
export function createWatchdog(options: Options): Watchdog {
  const { clock, spool } = options
  const open = new Map<Trouble, Known>(openTroubles(spool.read()))
  const lastTold = new Map<Trouble, number>()

  /** Where even the spool cannot be written, people are told all the same: the log has it. */
  const note = (record: SpoolRecord): void => {
    try {
      spool.write(record)
    } catch (error) {
      options.onError(error)
    }
  }

  const send = async (trouble: Trouble, path: WatchdogPath, told: Told): Promise<boolean> => {
    const { key, ...parts } = told
    const record: SpoolRecord = { ...parts, id: `${key}/${told.tells}/${path}`, trouble, path, state: 'sending' }
    note(record)
    try {
      await options.paths[path]?.(told)
      note({ ...record, state: 'sent' })
      return true
    } catch (error) {
      // To the log alone: an alert about an alert would find the same path broken.
      note({ ...record, state: 'failed' })
      options.onError(error)
      return false
    }
  }

  const begin = async (trouble: Trouble, known: Known): Promise<void> => {
    known.triedAt = clock.elapsed()
    for (const path of pathsOf(options)) {
      if (known.took.has(path)) continue
      const told = { key: known.key, tells: 'begun', text: known.text, at: clock.now() } as const
      if (await send(trouble, path, told)) known.took.add(path)
    }
  }

  return {
    async look() {
      const troubles = judgeSigns(options.signs(), options.limits)
      for (const [trouble, text] of troubles) {
        const known = open.get(trouble)
        const isNew = !known && clock.elapsed() - (lastTold.get(trouble) ?? Number.NEGATIVE_INFINITY) >= AGAIN_AFTER_MS
        if (isNew) {
          const made = { key: `${trouble}/${clock.now()}`, text, took: new Set<WatchdogPath>(), triedAt: 0 }
          open.set(trouble, made)
          lastTold.set(trouble, clock.elapsed())
          await begin(trouble, made)
        } else if (known && known.took.size === 0 && clock.elapsed() - known.triedAt >= RETRY_AFTER_MS) {
          await begin(trouble, known)
        }
      }
      for (const [trouble, known] of [...open]) {
        if (troubles.has(trouble)) continue
        open.delete(trouble)
        const told = { key: known.key, tells: 'over', text: known.text, at: clock.now() } as const
        for (const path of known.took) await send(trouble, path, told)
      }
    },
    hasTold: () => [...open.values()].every(({ took }) => took.size > 0),
  }
}

const pathsOf = ({ paths }: Options): WatchdogPath[] =>
  (['pagerduty', 'mail'] as const).filter((path) => paths[path] !== undefined)

/** What an earlier watchdog told the begin of, and not the end: its successor tells that. */
function openTroubles(records: readonly SpoolRecord[]): [Trouble, Known][] {
  const open = new Map<Trouble, Known>()
  for (const { trouble, tells, id, path, text, state } of records) {
    const key = id.slice(0, -`/${tells}/${path}`.length)
    if (tells === 'over' && open.get(trouble)?.key === key) open.delete(trouble)
    if (tells !== 'begun' || state === 'failed') continue
    const known = open.get(trouble)
    if (known?.key === key) known.took.add(path)
    else open.set(trouble, { key, text, took: new Set([path]), triedAt: 0 })
  }
  return [...open]
}
