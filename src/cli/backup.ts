import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { copyDatabase, countRows, faultsOf, type RowCounts } from '../../db/sqlite/copy-database.ts'
import { systemClock } from '../clock.ts'
import { PersonNeeded, UserMistake } from '../domain/errors.ts'
import { readTombstones } from '../secrets/tombstones.ts'
import { BACKUP_FILES, type BackupNote, copySegments, digestOfFile, isFree } from './backup-folder.ts'
import { dataFolderOf, readEnvironment } from './read-environment.ts'

/** `purser backup --to DIR [--with-keys DIR] [--data DIR]`: a checked copy of the database and the rules, also while Purser runs. */
export async function backup(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { to: { type: 'string' }, 'with-keys': { type: 'string' }, data: { type: 'string' } },
  })
  const env = readEnvironment()
  const data = values.data ?? dataFolderOf(env)
  const keysTo = values['with-keys']
  const to = values.to ?? missing('--to DIR', 'Name an empty folder for the copy, best on another disk.')
  checkPlaces({ data, to, keysTo })

  try {
    await copyAll({ data, to, keysTo, rules: env.PURSER_RULES?.trim() || 'rules.yml' })
  } catch (error) {
    // What is not whole is no backup, and would stand in the way of the next one.
    for (const folder of keysTo === undefined ? [to] : [to, keysTo]) empty(folder)
    throw error
  }
}

interface Places {
  data: string
  to: string
  keysTo: string | undefined
}

function empty(folder: string): void {
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true })
}

async function copyAll({ data, to, keysTo, rules }: Places & { rules: string }): Promise<void> {
  mkdirSync(to, { recursive: true, mode: 0o700 })
  const at = systemClock.now()
  const counts = copyChecked(join(data, 'purser.db'), join(to, BACKUP_FILES.database))
  if (existsSync(rules)) copyFileSync(rules, join(to, BACKUP_FILES.rules))
  // Behind the database: files are written before they are recorded, and never changed.
  copySegments(data, to)
  // Behind the database: keys are made before what they seal, so that these open all that was copied.
  if (keysTo !== undefined) copyKeys(join(data, 'keys.db'), keysTo)
  write(join(to, BACKUP_FILES.tombstones), readTombstones(join(data, 'keys.db')))
  const note: BackupNote = { v: 1, at, sha256: await digestOfFile(join(to, BACKUP_FILES.database)), counts }
  write(join(to, BACKUP_FILES.note), note)
  tell({ to, keysTo, counts, rules: existsSync(rules) ? null : rules })
}

function checkPlaces({ data, to, keysTo }: Places): void {
  if (!existsSync(join(data, 'purser.db'))) {
    throw new UserMistake({
      code: 'no-data',
      message: `${data} holds no database of Purser's.`,
      hint: 'Name the data folder with --data DIR, or set PURSER_DATA.',
    })
  }
  for (const folder of keysTo === undefined ? [to] : [to, keysTo]) {
    if (!isFree(folder)) throw notFree(folder)
    if (isWithin(data, folder)) missing('A folder outside the data folder', `${folder} lies in ${data}.`)
  }
  if (keysTo !== undefined && (isWithin(to, keysTo) || isWithin(keysTo, to))) {
    missing('Another folder for the keys', 'Keys beside the ledger open it for whoever finds the backup.')
  }
}

const isWithin = (outer: string, inner: string): boolean => {
  const way = relative(resolve(outer), resolve(inner))
  return way === '' || !(way.startsWith('..') || resolve(way) === way)
}

const notFree = (folder: string): UserMistake =>
  new UserMistake({
    code: 'folder-not-empty',
    message: `${folder} is not empty.`,
    hint: 'A backup is never written over another: name a new folder.',
  })

function missing(what: string, hint: string): never {
  throw new UserMistake({ code: 'backup-places', message: `${what} is needed.`, hint })
}

/** The copy is believed only when it is sound, and holds at least what was there before it was begun. */
function copyChecked(from: string, to: string): RowCounts {
  const before = countRows(from)
  copyDatabase(from, to)
  const faults = faultsOf(to)
  const counts = countRows(to)
  const after = countRows(from)
  const lost = (['entries', 'runs', 'starts', 'rules_versions'] as const).filter(
    (table) => counts[table] < before[table] || counts[table] > after[table],
  )
  if (faults.length === 0 && lost.length === 0) return counts
  throw new PersonNeeded({
    code: 'backup-not-sound',
    message: `The copy ${to} is not sound: ${[...faults.slice(0, 3), ...lost.map((table) => `rows of ${table} differ`)].join('; ')}`,
    hint: 'Look at the disks (dmesg), and back up anew to another one. Keep the backups of before.',
  })
}

function copyKeys(from: string, folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  copyDatabase(from, join(folder, 'keys.db'))
}

const write = (file: string, content: object): void =>
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 })

function tell(done: { to: string; keysTo: string | undefined; counts: RowCounts; rules: string | null }): void {
  const { to, keysTo, counts, rules } = done
  const lines = [
    `Backed up to ${to}: ${counts.runs === 1 ? '1 run' : `${counts.runs} runs`}, ${counts.entries} entries of the ledger; checked and found sound.`,
    ...(rules === null ? [] : [`There is no ${rules}: its last version is in the database.`]),
    ...(keysTo === undefined
      ? ['Without keys.db and master.key nobody can read it: keep those elsewhere (--with-keys DIR copies keys.db).']
      : [
          `The keys are in ${keysTo}. With them, the copy and master.key everything can be read. People who are erased`,
          'later live on in these keys: keep them apart, and only as long as you must.',
        ]),
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}
