import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmdirSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { copyDatabase, faultsOf } from '../../db/sqlite/copy-database.ts'
import { subjectsIn } from '../../db/sqlite/forget-subjects.ts'
import { openDatabase } from '../../db/sqlite/open-database.ts'
import { lockDataFolder } from '../../db/sqlite/process-lock.ts'
import { systemClock } from '../clock.ts'
import { PersonNeeded, UserMistake } from '../domain/errors.ts'
import { writePause } from '../engine/pause.ts'
import { writeRestored } from '../engine/restored.ts'
import { createSubjectKeys } from '../secrets/create-subject-keys.ts'
import { loadMasterKey } from '../secrets/master-key.ts'
import { readTombstones, Tombstones } from '../secrets/tombstones.ts'
import { BACKUP_FILES, type BackupNote, copySegments, digestOfFile, isFree, readBackupNote } from './backup-folder.ts'
import { eraseWhere } from './erase-where.ts'
import { openRunsInWords } from './open-runs.ts'
import { dataFolderOf, readEnvironment } from './read-environment.ts'

/** Beside the keys: each opens, signs or refreshes something that no backup holds. */
const BESIDE_KEYS = ['master.key', 'ledger.key', 'gusto-grant.json', 'checkpoints.txt']

interface Wanted {
  from: string
  data: string
  /** The folder with keys.db. */
  keys: string
  /** Files of tombstones that were written after the backup. */
  tombstones: readonly string[]
  masterKey: string | undefined
}

/** `purser restore --from DIR --keys DIR [--data DIR] [--tombstones FILE]…`: a data folder from a backup, marked as paused. */
export async function restore(args: readonly string[]): Promise<void> {
  const wanted = readWanted(args)
  const note = readBackupNote(wanted.from)
  checkFree(wanted.data)
  checkKeys(wanted)
  // Built aside and put in place whole: a restore that was cut off leaves no folder that Purser would start on.
  const aside = `${resolve(wanted.data)}.restoring`
  rmSync(aside, { recursive: true, force: true })
  mkdirSync(aside, { recursive: true, mode: 0o700 })
  try {
    const told = await fill(aside, wanted, note)
    if (existsSync(wanted.data)) rmdirSync(wanted.data)
    mkdirSync(dirname(resolve(wanted.data)), { recursive: true })
    renameSync(aside, wanted.data)
    process.stdout.write(`${told}\n`)
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
}

function readWanted(args: readonly string[]): Wanted {
  const { values } = parseArgs({
    args: [...args],
    options: {
      from: { type: 'string' },
      keys: { type: 'string' },
      data: { type: 'string' },
      tombstones: { type: 'string', multiple: true },
    },
  })
  const { from, keys, tombstones = [] } = values
  if (from === undefined) throw mistake('Restore from where?', 'purser restore --from BACKUP --keys DIR --data DIR')
  if (keys === undefined) {
    throw mistake('No keys: nothing of a backup can be read without keys.db.', 'Name the folder with it: --keys DIR')
  }
  const env = readEnvironment()
  return { from, keys, tombstones, data: values.data ?? dataFolderOf(env), masterKey: env.PURSER_MASTER_KEY }
}

const mistake = (message: string, hint: string): UserMistake => new UserMistake({ code: 'restore', message, hint })

function checkFree(data: string): void {
  if (isFree(data)) return
  if (existsSync(join(data, 'purser.lock.db'))) lockDataFolder(data, `purser restore, process ${process.pid}`)()
  throw mistake(`${data} is not empty.`, 'Nothing is written over: move the folder away, or name another with --data.')
}

function checkKeys({ keys, masterKey }: Wanted): void {
  if (!existsSync(join(keys, 'keys.db'))) {
    throw mistake(`There is no keys.db in ${keys}.`, 'Without it nothing of a backup can be read.')
  }
  if ((masterKey ?? '').trim() !== '' || existsSync(join(keys, 'master.key'))) return
  throw mistake(
    `There is no master key, neither in PURSER_MASTER_KEY nor as ${join(keys, 'master.key')}: it opens keys.db.`,
    'Set it, or put the copy that you kept there (chmod 600). A new one opens nothing.',
  )
}

async function fill(folder: string, wanted: Wanted, note: BackupNote): Promise<string> {
  const now = systemClock.now()
  const made = new Date(note.at).toISOString().slice(0, 16).replace('T', ' ')
  writePause(folder, { reason: `restored from the backup of ${made} UTC`, since: now, by: 'purser restore' })
  writeRestored(folder, { backupAt: note.at })
  copyDatabase(join(wanted.keys, 'keys.db'), join(folder, 'keys.db'))
  for (const name of BESIDE_KEYS) {
    const file = join(wanted.keys, name)
    if (existsSync(file)) copyFileSync(file, join(folder, name))
  }
  const source = join(wanted.from, BACKUP_FILES.database)
  const digest = await digestOfFile(source)
  const faults = digest === note.sha256 ? faultsOf(source) : ['its digest is not the one that was noted']
  if (faults.length > 0) throw damaged(wanted.from, faults)
  const database = join(folder, 'purser.db')
  copyDatabase(source, database)
  copySegments(wanted.from, folder)

  const masterKey = loadMasterKey({
    environment: wanted.masterKey,
    file: join(folder, 'master.key'),
    keysPath: join(folder, 'keys.db'),
  })
  const keys = createSubjectKeys({ path: join(folder, 'keys.db'), masterKey: masterKey.key, clock: systemClock })
  try {
    const erased = erasedSince(wanted, folder)
    await eraseWhere({ databasePath: database, keys }, erased, now)
    return await openRunsInWords({
      databasePath: database,
      keys,
      made,
      erased: subjectsOf(database, erased),
      data: wanted.data,
    })
  } finally {
    keys.close()
  }
}

/** How many of them are people or firms: what came in and what was typed has keys of its own, erased with theirs. */
function subjectsOf(databasePath: string, erased: readonly string[]): number {
  const db = openDatabase(databasePath)
  try {
    return subjectsIn(db, erased).length
  } finally {
    db.close()
  }
}

/** Whoever was erased before or after the backup stays erased. */
function erasedSince({ from, tombstones }: Wanted, folder: string): string[] {
  const beside = join(from, BACKUP_FILES.tombstones)
  const files = [...(existsSync(beside) ? [beside] : []), ...tombstones]
  const told = [readTombstones(join(folder, 'keys.db')), ...files.map(readFile)]
  return [...new Set(told.flatMap((each) => each.tombstones.map(({ owner }) => owner)))]
}

function readFile(file: string): Tombstones {
  try {
    return Tombstones.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (cause) {
    throw new UserMistake({
      code: 'tombstones-unreadable',
      message: `${file} holds no tombstones that can be read: nothing was restored.`,
      hint: 'Name the file that `purser erase` wrote, so that nobody who was erased comes back.',
      cause,
    })
  }
}

const damaged = (from: string, faults: readonly string[]): PersonNeeded =>
  new PersonNeeded({
    code: 'backup-damaged',
    message: `The database in ${from} is damaged: ${faults.slice(0, 3).join('; ')}. Nothing was restored.`,
    hint: 'Restore an earlier backup.',
  })
