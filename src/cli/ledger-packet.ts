import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type Database from 'better-sqlite3'
import { systemClock } from '../clock.ts'
import { UserMistake } from '../domain/errors.ts'
import { SubjectId, TeamId } from '../domain/ids.ts'
import { makePacket } from '../ledger/packet/make-packet.ts'
import { type PacketScope, periodOf } from '../ledger/packet/packet-scope.ts'
import { leaveReading } from '../ledger/readings.ts'
import { loadMasterKey } from '../secrets/master-key.ts'
import { readSubjectKeys } from '../secrets/read-subject-keys.ts'
import { dataFolder, openForReading } from './ledger-files.ts'
import { readEnvironment } from './read-environment.ts'

/** `purser ledger packet WHO|PERIOD --out FILE.zip`: everything an auditor needs about somebody, or a quarter. */
export async function ledgerPacket(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { data: { type: 'string' }, out: { type: 'string' }, by: { type: 'string' }, team: { type: 'string' } },
  })
  const [about] = positionals
  if (about === undefined || positionals.length > 1) throw mistake('Of whom, or of when?', EXAMPLE)
  if (values.out === undefined) throw mistake('--out FILE is missing.', EXAMPLE)
  const folder = dataFolder(values.data)
  const db = openForReading(folder)
  const keysPath = join(folder, 'keys.db')
  const masterKey = loadMasterKey({
    environment: readEnvironment().PURSER_MASTER_KEY,
    file: join(folder, 'master.key'),
    keysPath,
  })
  const keys = readSubjectKeys(keysPath, masterKey.key)
  try {
    const team = teamOf(db, values.team)
    const order = { team, scope: scopeOf(db, team, about), by: values.by ?? 'an operator', at: systemClock.now() }
    // The workspace's directory is not at hand here: people stand in it by their ids.
    const packet = await makePacket({ db, keys, dataFolder: folder, nameActors: async () => ({}) }, order)
    const { scope, by, at } = order
    // Before anybody has what was read: that it was.
    leaveReading(folder, {
      ...{ team, at, by, entries: packet.entries, runs: packet.runs },
      subjects: scope.kind === 'subjects' ? [...scope.subjects] : [],
      period: scope.kind === 'time' ? scope.title : null,
    })
    writeFileSync(values.out, packet.zip, { mode: 0o600 })
    process.stdout.write(
      `Wrote ${packet.entries} entries of ${packet.runs === 1 ? '1 run' : `${packet.runs} runs`} to ${values.out}; summary.md in it says what is what.\n`,
    )
  } finally {
    keys.close()
    db.close()
  }
}

const EXAMPLE =
  'purser ledger packet jane.doe@acme.example --out jane.zip, or: purser ledger packet 2026Q3 --out q3.zip'
const mistake = (message: string, hint: string): UserMistake => new UserMistake({ code: 'packet', message, hint })

function teamOf(db: Database.Database, given: string | undefined): TeamId {
  const teams = db.prepare<[], string>("SELECT DISTINCT team FROM runs WHERE team <> 'T0UNKNOWN'").pluck().all()
  const [team = given] = given === undefined ? teams : teams.filter((each) => each === given)
  if (team !== undefined && (teams.length < 2 || given !== undefined)) return TeamId.parse(team)
  const hint = teams.length === 0 ? 'There is no run yet.' : `Say which with --team: ${teams.join(', ')}.`
  throw mistake('It is not clear which workspace is meant.', hint)
}

function scopeOf(db: Database.Database, team: TeamId, about: string): PacketScope {
  const period = periodOf(about)
  if (period) return period
  const subjects = db
    .prepare<[string, string, string], { id: string; label: string }>(
      'SELECT id, label FROM subjects WHERE team = ? AND (key = ? COLLATE NOCASE OR id = ?)',
    )
    .all(team, about, about)
  const [first] = subjects
  if (!first)
    throw mistake(`Purser knows nobody by ${about}.`, 'Name the e-mail address, or a period: 2026Q3, 2026-10, 2026.')
  return { kind: 'subjects', subjects: subjects.map(({ id }) => SubjectId.parse(id)), title: first.label }
}
