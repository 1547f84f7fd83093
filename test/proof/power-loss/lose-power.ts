import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '../../../db/sqlite/open-database.ts'
import { quickFolder } from '../../support/temp-folder.ts'
import type { Random } from '../support/random.ts'
import { bodyOf, type Recording } from './record-writes.ts'

/** What disks write whole or not at all. */
const SECTOR = 512

export interface PowerLossReport {
  states: number
  /** Writes that were on their way, and came to be dropped, torn, or there before older ones. */
  dropped: number
  torn: number
  /** States in which something that was acknowledged is gone. */
  lost: number
  /** States that cannot be read, or in which a group is there in part. */
  corrupt: number
}

/** Takes the power away at so many moments, each time with another fate of what was not synced, and opens what is left. */
export function losePower(recording: Recording, states: number, random: Random): PowerLossReport {
  const report: PowerLossReport = { states, dropped: 0, torn: 0, lost: 0, corrupt: 0 }
  for (let state = 0; state < states; state++) {
    const moment = Math.floor(random() * recording.operations.length) + 1
    const left = leftAt(recording, moment, random, report)
    const found = open(left, recording, random)
    if (found === 'corrupt') report.corrupt += 1
    else if (left.acknowledged.some((group) => !found.has(group))) report.lost += 1
  }
  return report
}

interface Left {
  db: Buffer
  wal: Buffer
  acknowledged: number[]
}

function leftAt(recording: Recording, moment: number, random: Random, report: PowerLossReport): Left {
  const done = recording.operations.slice(0, moment)
  const lastSync = { db: syncedUpTo(done, 'db'), wal: syncedUpTo(done, 'wal') }
  // One disk drops nearly everything that it has not been told to keep, another next to nothing.
  const keeps = random()
  const files = { db: imageOf(recording.db, done, 'db'), wal: imageOf(recording.wal, done, 'wal') }
  for (const [at, operation] of done.entries()) {
    if (operation.kind !== 'write') continue
    const image = files[operation.file]
    if (at < lastSync[operation.file] || random() < keeps) put(image, operation.at, operation.bytes)
    else if (random() < 0.5) report.dropped += 1
    else {
      report.torn += 1
      tear(image, operation, random)
    }
  }
  const acknowledged = done.flatMap((each) => (each.kind === 'acknowledged' ? [each.group] : []))
  const [db, wal] = [files.db, files.wal].map(({ bytes, length }) => bytes.subarray(0, length))
  return { db: db ?? recording.db, wal: wal ?? recording.wal, acknowledged }
}

const syncedUpTo = (done: Recording['operations'], file: 'db' | 'wal'): number =>
  done.findLastIndex((each) => each.kind === 'sync' && each.file === file)

/** A file that grows as far as it was written. */
interface Image {
  bytes: Buffer
  length: number
}

function imageOf(before: Buffer, done: Recording['operations'], file: 'db' | 'wal'): Image {
  const ends = done.map((each) => (each.kind === 'write' && each.file === file ? each.at + each.bytes.length : 0))
  const bytes = Buffer.alloc(Math.max(before.length, ...ends))
  before.copy(bytes)
  return { bytes, length: before.length }
}

function put(image: Image, at: number, bytes: Buffer): void {
  bytes.copy(image.bytes, at)
  image.length = Math.max(image.length, at + bytes.length)
}

/** Some sectors of a write are there, in no order. */
function tear(image: Image, { at, bytes }: { at: number; bytes: Buffer }, random: Random): void {
  // A write begins anywhere in a sector: the cuts are the disk's, not the write's.
  for (let from = 0; from < bytes.length; ) {
    const to = Math.min(bytes.length, from + SECTOR - ((at + from) % SECTOR))
    if (random() < 0.5) put(image, at + from, bytes.subarray(from, to))
    from = to
  }
}

/** The groups that are there, each whole; or that what is left cannot be trusted. */
function open(left: Left, { groups }: Recording, random: Random): Set<number> | 'corrupt' {
  using folder = quickFolder()
  const path = join(folder.path, 'purser.db')
  writeFileSync(path, left.db)
  writeFileSync(`${path}-wal`, left.wal)
  // The index of the log is memory: after a loss of power it is not there, or is something else.
  if (random() < 0.5) writeFileSync(`${path}-shm`, Buffer.alloc(32_768, Math.floor(random() * 256)))
  try {
    const db = openDatabase(path)
    try {
      if (db.pragma('integrity_check', { simple: true }) !== 'ok') return 'corrupt'
      const rows = db.prepare<[], [number, number, Buffer]>('SELECT grp, number, body FROM kept').raw().all()
      const counts = new Map<number, number>()
      for (const [group, number, body] of rows) {
        if (!body.equals(bodyOf(group, number))) return 'corrupt'
        counts.set(group, (counts.get(group) ?? 0) + 1)
      }
      const inPart = [...counts].some(([group, count]) => count !== groups[group])
      return inPart ? 'corrupt' : new Set(counts.keys())
    } finally {
      db.close()
    }
  } catch {
    return 'corrupt'
  }
}
