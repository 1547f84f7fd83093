import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { Paused } from './decisions.ts'

const Pause = z.object({
  reason: z.string(),
  /** Milliseconds since 1970. */
  since: z.int().nonnegative(),
  by: z.string(),
})
export type Pause = z.infer<typeof Pause>

const fileIn = (dataFolder: string): string => join(dataFolder, 'paused.json')

/** Why Purser stands still, as its data folder says; null when it does not. */
export function readPause(dataFolder: string): Pause | null {
  const file = fileIn(dataFolder)
  if (!existsSync(file)) return null
  try {
    return Pause.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    // Somebody wanted a pause: what cannot be read is no leave to go on.
    return { reason: `${file} cannot be read`, since: 0, by: 'unknown' }
  }
}

/** Marks a data folder, on disk when it returns: a Purser that starts on it stands still. */
export function writePause(dataFolder: string, pause: Pause): void {
  const file = fileIn(dataFolder)
  const handle = openSync(`${file}.new`, 'w', 0o600)
  try {
    writeSync(handle, `${JSON.stringify(pause)}\n`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(`${file}.new`, file)
}

/** Takes the mark away; a Purser that stands still goes on within a second. */
export function liftPause(dataFolder: string): void {
  rmSync(fileIn(dataFolder), { force: true })
}

/** What people are told who want to start or decide something meanwhile. */
export function pausedInWords({ reason, since, by }: Pause): Paused {
  const at = since === 0 ? '' : ` since ${new Date(since).toISOString().slice(0, 16).replace('T', ' ')} UTC`
  return {
    code: 'paused',
    message: `Purser is paused${at}, by ${by}: ${reason}. Nothing is started, tried or decided meanwhile.`,
    hint: 'Whoever runs Purser looks at the open runs first, then lets it go on: purser resume',
  }
}

const LOOK_MS = 1000

export interface PauseGate {
  current(): Pause | null
  /** Calls `begin` now, or when the pause is lifted. */
  whenOpen(begin: () => Promise<void>): Promise<void>
  stop(): void
}

/** Holds Purser back for as long as its data folder is marked; the mark is read at the start and can only be lifted. */
export function createPauseGate(options: {
  dataFolder: string
  clock: Clock
  onLifted(): void
  onError(error: unknown): void
}): PauseGate {
  let pause = readPause(options.dataFolder)
  let cancel = (): void => {}
  const look = (begin: () => Promise<void>): void => {
    cancel = options.clock.after(LOOK_MS, () => {
      if (readPause(options.dataFolder) !== null) return look(begin)
      pause = null
      options.onLifted()
      begin().catch(options.onError)
    })
  }
  return {
    current: () => pause,
    async whenOpen(begin) {
      if (pause === null) await begin()
      else look(begin)
    },
    stop: () => cancel(),
  }
}
