import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '../clock.ts'
import { type Check, note, ok, wrong } from './doctor-check.ts'

const MB = 1024 ** 2
/** Below it a busy day's ledger may not fit. */
const ENOUGH_BYTES = 1024 * MB
/** More than that is read on every start, and shows that something keeps the database from being tidied. */
const WAL_BYTES = 64 * MB
/** Every acknowledgement waits for one; people notice what takes longer. */
const SYNC_MS = 100
const SYNCS = 9

/** Whether the disk under the data has room, keeps what it is given, and how far the database is behind with tidying. */
export const checkDisk = (folder: string, isThere: boolean): Check[] => [
  judgeSpace(freeBytes(folder)),
  ...(isThere ? [checkSync(folder), ...checkWal(folder)] : []),
]

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

export function judgeSpace(free: number): Check {
  const says = `${Math.floor(free / MB).toLocaleString('en')} MB free where the data is kept`
  return free >= ENOUGH_BYTES
    ? ok('Disk', says)
    : wrong(
        'Disk',
        says,
        'Make room: a million entries take about 2.2 GB. A full disk stops Purser from calling anything.',
      )
}

/** Writes a few bytes in a folder that is gone again afterwards. `sync`: hands a file to the disk. */
export function checkSync(folder: string, sync: (file: number) => void = fsyncSync): Check {
  const what = 'Disk, writing'
  let trial: string | null = null
  try {
    trial = mkdtempSync(join(folder, '.doctor-'))
    const file = openSync(join(trial, 'trial'), 'w')
    try {
      return judgeSyncs(Array.from({ length: SYNCS }, () => timed(file, sync)))
    } finally {
      closeSync(file)
    }
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    return wrong(
      what,
      `the disk does not take what is written: ${said}`,
      'Look at it (dmesg, df -h, df -i) and mend it, or move PURSER_DATA to another disk: Purser acknowledges nothing that is not on it.',
    )
  } finally {
    if (trial !== null) rmSync(trial, { recursive: true, force: true })
  }
}

function timed(file: number, sync: (file: number) => void): number {
  const begun = systemClock.elapsed()
  writeSync(file, 'purser')
  sync(file)
  return systemClock.elapsed() - begun
}

export function judgeSyncs(ms: readonly number[]): Check {
  const middle = ms.toSorted((a, b) => a - b)[Math.floor(ms.length / 2)] ?? 0
  const says = `${middle < 10 ? middle.toFixed(1) : Math.round(middle)} ms until something written is on it`
  if (middle < SYNC_MS) return ok('Disk, writing', says)
  return note(
    'Disk, writing',
    `${says}: each click and each call waits for that. Keep PURSER_DATA on a disk of this machine (an SSD; no share over the network)`,
  )
}

function checkWal(folder: string): Check[] {
  const size = statSync(join(folder, 'purser.db-wal'), { throwIfNoEntry: false })?.size
  return size === undefined ? [] : [judgeWal(size)]
}

export function judgeWal(bytes: number): Check {
  const says = `purser.db-wal has ${Math.ceil(bytes / MB).toLocaleString('en')} MB`
  return bytes <= WAL_BYTES
    ? ok('Open writes', says)
    : wrong(
        'Open writes',
        `${says}: something reads the database without end`,
        'End what else has purser.db open (lsof purser.db shows it; copy it with purser backup alone), then restart Purser.',
      )
}
