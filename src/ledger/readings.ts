import { randomUUID } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Store } from '../../db/store.ts'
import { actorText } from '../domain/actor.ts'
import { type Ids, SubjectId, TeamId } from '../domain/ids.ts'
import type { Ledger } from './ledger.ts'

const FOLDER = 'readings'

/** Somebody at the terminal has opened entries of the ledger, beside the process that alone may write. */
const Reading = z.object({
  team: TeamId,
  at: z.int().nonnegative(),
  /** As they gave it. */
  by: z.string(),
  /** Whom it is about: ids, so that nothing of anybody lies in the open. */
  subjects: z.array(SubjectId),
  /** A time that was read, as `2026Q3`; null where subjects were. */
  period: z.string().nullable(),
  entries: z.int().nonnegative(),
  runs: z.int().nonnegative(),
})
export type Reading = z.infer<typeof Reading>

/** Leaves word of a reading, on disk when it returns: the Purser that runs on the folder, or its next start, enters it. */
export function leaveReading(dataFolder: string, reading: Reading): void {
  const folder = join(dataFolder, FOLDER)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, `${randomUUID()}.json`)
  const file = openSync(`${path}.new`, 'wx', 0o600)
  try {
    writeSync(file, `${JSON.stringify(reading)}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(`${path}.new`, path)
}

interface Ports {
  store: Pick<Store, 'commit'>
  ledger: Pick<Ledger, 'entry'>
  clock: { now(): number }
  ids: Pick<Ids, 'entry'>
}

const MOST_SUBJECTS = 20

/** Enters in the ledger what was read at the terminal, each once. */
export async function takeInReadings(ports: Ports, dataFolder: string): Promise<void> {
  const folder = join(dataFolder, FOLDER)
  if (!existsSync(folder)) return
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
  const taken = await Promise.allSettled(names.map((name) => takeIn(ports, { folder, name })))
  // One that cannot be read stays where it is, and holds up no other.
  const failed = taken.find((each) => each.status === 'rejected')
  if (failed) throw failed.reason
}

async function takeIn(
  { store, ledger, clock, ids }: Ports,
  { folder, name }: { folder: string; name: string },
): Promise<void> {
  const path = join(folder, name)
  const { team, at, by, subjects, period, entries, runs } = Reading.parse(JSON.parse(readFileSync(path, 'utf8')))
  const entry = ledger.entry({
    ...{ id: ids.entry(), at: clock.now(), team, kind: 'ledger.read' },
    actor: actorText({ kind: 'machine', part: 'operator' }),
    subjects: subjects.slice(0, MOST_SUBJECTS),
    facts: { entries, runs, packet: true, readAt: at },
    body: { query: period === null ? 'packet' : `packet ${period}`, by },
  })
  await store.commit({ at: clock.now(), entries: [entry], once: { team, source: 'reading', id: name } })
  rmSync(path, { force: true })
}
