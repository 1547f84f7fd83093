import { randomBytes } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openDatabase } from '../../db/sqlite/open-database.ts'
import { lockDataFolder } from '../../db/sqlite/process-lock.ts'
import { openSqliteStore } from '../../db/sqlite/sqlite-store.ts'
import { type SubjectTraces, subjectTraces } from '../../db/sqlite/subject-traces.ts'
import { systemClock } from '../clock.ts'
import { actorText } from '../domain/actor.ts'
import { PersonNeeded, UserMistake } from '../domain/errors.ts'
import { createIds } from '../domain/ids.ts'
import { createLedger } from '../ledger/create-ledger.ts'
import { createSubjectKeys } from '../secrets/create-subject-keys.ts'
import { loadMasterKey } from '../secrets/master-key.ts'
import type { SubjectKeys } from '../secrets/subject-keys.ts'
import { readTombstones } from '../secrets/tombstones.ts'
import { eraseWhere, wipeFreeSpace } from './erase-where.ts'
import { dataFolderOf, readEnvironment } from './read-environment.ts'
import { scanForTraces, type Trace } from './scan-for-traces.ts'

interface Wanted {
  subject: string
  by: string
  second: string
  data: string
  tombstones: string | undefined
  masterKey: string | undefined
}

/** `purser erase SUBJECT --by NAME --second NAME [--data DIR] [--tombstones FILE]`: takes a person out of all that Purser keeps. */
export async function erase(args: readonly string[]): Promise<void> {
  const wanted = readWanted(args)
  const paths = { db: join(wanted.data, 'purser.db'), keys: join(wanted.data, 'keys.db') }
  if (!existsSync(paths.db) || !existsSync(paths.keys)) {
    throw mistake(
      `${wanted.data} holds no data of Purser's.`,
      'Name the data folder with --data DIR, or set PURSER_DATA.',
    )
  }
  const unlock = lockDataFolder(wanted.data, `purser erase, process ${process.pid}`)
  try {
    const file = join(wanted.data, 'master.key')
    const masterKey = loadMasterKey({ environment: wanted.masterKey, file, keysPath: paths.keys })
    const keys = createSubjectKeys({ path: paths.keys, masterKey: masterKey.key, clock: systemClock })
    try {
      const found = lookAt(paths, wanted.subject)
      // Before anything is erased, so that a place that takes no file is told in time.
      writeTombstones(wanted, paths.keys)
      const typedBefore = await eraseWhere({ databasePath: paths.db, keys }, ids(found), systemClock.now())
      await record(paths.db, { keys, found, wanted })
      const left = await scanTwice(wanted.data, { paths, traces: found.traces })
      writeTombstones(wanted, paths.keys)
      const rules = versionsNaming(paths.db, found.traces)
      tell(found, { left, rules, tombstones: wanted.tombstones, typedBefore })
    } finally {
      keys.close()
    }
  } finally {
    unlock()
  }
}

function writeTombstones({ tombstones }: Wanted, keys: string): void {
  if (tombstones === undefined) return
  writeFileSync(tombstones, `${JSON.stringify(readTombstones(keys), null, 2)}\n`, { mode: 0o600 })
}

const mistake = (message: string, hint: string): UserMistake => new UserMistake({ code: 'erase', message, hint })

function readWanted(args: readonly string[]): Wanted {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      by: { type: 'string' },
      second: { type: 'string' },
      data: { type: 'string' },
      tombstones: { type: 'string' },
    },
  })
  const env = readEnvironment()
  const subject = positionals[0]?.trim() ?? ''
  const by = values.by?.trim() ?? ''
  const second = values.second?.trim() ?? ''
  if (positionals.length !== 1 || subject === '') {
    throw mistake('Whom?', 'purser erase jane.doe@acme.example --by "Olga Ops" --second "Mona Manager"')
  }
  if (by === '' || second === '' || by.toLowerCase() === second.toLowerCase()) {
    throw mistake('Erasing cannot be undone: two people stand for it.', 'Name both: --by NAME --second NAME')
  }
  const data = values.data ?? dataFolderOf(env)
  return { subject, by, second, data, tombstones: values.tombstones, masterKey: env.PURSER_MASTER_KEY }
}

interface Looked extends SubjectTraces {
  traces: Trace[]
}

const ids = ({ subjects }: SubjectTraces): string[] => subjects.map(({ id }) => id)

/** What there is to erase; refuses while something of it is still going on. */
function lookAt(paths: { db: string; keys: string }, subject: string): Looked {
  const db = openDatabase(paths.db)
  const keysDb = openDatabase(paths.keys)
  try {
    const found = subjectTraces(db, subject)
    if (found.subjects.length === 0) {
      throw mistake(`Purser knows nobody by ${subject}.`, 'Name the e-mail address, or the subject’s id of an entry.')
    }
    if (found.openRuns.length > 0) throw stillOpen(found)
    const wrapped = keysDb.prepare<[string], Buffer>('SELECT wrapped FROM keys WHERE owner = ?').pluck()
    const traces = found.subjects.flatMap(({ id, key, label }) => {
      const wrappedKey = wrapped.get(id)
      return [
        { what: 'the address', bytes: Buffer.from(key) },
        ...(found.isNamesake ? [] : [{ what: 'the name', bytes: Buffer.from(label) }]),
        ...(wrappedKey ? [{ what: 'the key', bytes: wrappedKey }] : []),
      ]
    })
    return { ...found, traces: traces.filter(({ bytes }) => !isReplacement(bytes)) }
  } finally {
    db.close()
    keysDb.close()
  }
}

/** What stands in the directory already when somebody is erased a second time. */
const isReplacement = (bytes: Buffer): boolean => /^(erased:|Erased$)/.test(bytes.toString())

function stillOpen({ openRuns }: SubjectTraces): PersonNeeded {
  const runs = openRuns.map(({ short_id, workflow }) => `${short_id} (${workflow})`).join(', ')
  return new PersonNeeded({
    code: 'subject-has-open-runs',
    message: `Not erased: runs about them have not ended: ${runs}`,
    hint: 'Start Purser, let them end or cancel them on their cards, stop Purser, then erase.',
  })
}

/** That it was done is kept for good, by the id alone; who stood for it is sealed under the workspace's key. */
async function record(
  databasePath: string,
  { keys, found, wanted }: { keys: SubjectKeys; found: Looked; wanted: Wanted },
): Promise<void> {
  const store = openSqliteStore({
    path: databasePath,
    onDiskFailure(error) {
      throw error
    },
  })
  try {
    const ledger = createLedger({ keys, store, clock: systemClock, scrubText: (text) => text })
    const makeIds = createIds({ now: systemClock.now, randomBytes })
    await keys.ensure(found.subjects.map(({ team }) => team))
    await ledger.record(
      found.subjects.map(({ id, team }) => ({
        id: makeIds.entry(),
        team,
        at: systemClock.now(),
        kind: 'subject.erased' as const,
        actor: actorText({ kind: 'machine', part: 'operator' }),
        subjects: [],
        facts: { subject: id },
        body: { by: wanted.by, second: wanted.second },
      })),
    )
  } finally {
    await store.close()
  }
}

/** SQLite wipes what it deletes; where a page was rebuilt something may be left, and the file is written anew. */
async function scanTwice(
  folder: string,
  { paths, traces }: { paths: { db: string; keys: string }; traces: readonly Trace[] },
): Promise<string[]> {
  const first = await scanForTraces(folder, traces)
  if (first.length === 0) return []
  wipeFreeSpace(paths.db)
  wipeFreeSpace(paths.keys)
  return await scanForTraces(folder, traces)
}

/** Versions of the rules that name them: these are what past decisions were made by, and stay as they are. */
function versionsNaming(path: string, traces: readonly Trace[]): number[] {
  const db = openDatabase(path)
  try {
    const naming = db.prepare<[string], number>('SELECT version FROM rules_versions WHERE instr(text, ?) > 0').pluck()
    const found = traces.flatMap(({ what, bytes }) => (what === 'the key' ? [] : naming.all(bytes.toString())))
    return [...new Set(found)].sort((a, b) => a - b)
  } finally {
    db.close()
  }
}

interface Outcome {
  /** Entries of what people typed that name them and cannot be erased by themselves. */
  typedBefore: number
  left: readonly string[]
  rules: readonly number[]
  tombstones: string | undefined
}

const typedInWords = (count: number): string =>
  `${count} older ${count === 1 ? 'entry of what somebody typed names' : 'entries of what people typed name'} them, sealed under the workspace’s key: such a one is erased by itself only since Purser gives it a key of its own.`

function tell(found: Looked, { left, rules, tombstones, typedBefore }: Outcome): void {
  const messages = found.messages.map(({ channel, ts }) => `  ${channel} ${ts}`)
  const lines = [
    `Erased: ${ids(found).join(', ')}. Entries of the ledger stay as evidence; what was sealed in them is closed for good.`,
    left.length === 0
      ? 'Every file of the data folder was read: nothing is left of the name, the address and the key.'
      : `STILL FOUND, outside of what Purser may change by itself: ${left.join('; ')}`,
    ...(rules.length === 0 || left.length === 0
      ? []
      : [
          `They are named in the rules, version ${rules.join(', ')}. Versions are kept as they were; take the name out of the rules file.`,
        ]),
    ...(typedBefore === 0 ? [] : [typedInWords(typedBefore)]),
    ...(messages.length === 0
      ? []
      : ['Delete these messages in Slack (channel, time stamp; chat.delete):', ...messages]),
    'Not in reach from here: the services themselves, exports, logs, and backups.',
    tombstones === undefined
      ? 'Older backups hold them still. Keep the tombstones beside the backups: purser erase … --tombstones FILE'
      : `Keep ${tombstones} beside the backups, and name it when you restore one: --tombstones ${tombstones}`,
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
  if (left.length > 0) process.exitCode = 1
}
