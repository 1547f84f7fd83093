import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type Database from 'better-sqlite3'
import { strToU8, zipSync } from 'fflate'
import type { SubjectId, TeamId } from '../../domain/ids.ts'
import type { SubjectKeys } from '../../secrets/subject-keys.ts'
import { readSigningKey, verifierKeyText } from '../checkpoint-key.ts'
import { csvTable, jsonLines } from '../export-entries.ts'
import { newestCheckpoint } from '../verify/export-ledger.ts'
import { selectedLines } from '../verify/prove-entries.ts'
import type { PacketScope } from './packet-scope.ts'
import { packetSummary } from './packet-summary.ts'
import { type Names, type PacketTables, packetTables } from './packet-tables.ts'
import { type Evidence, readEvidence } from './read-evidence.ts'

export interface PacketOrder {
  team: TeamId
  scope: PacketScope
  /** Who asks, in words. */
  by: string
  /** Milliseconds since 1970. */
  at: number
}

export interface Packet {
  /** The files, as one ZIP archive. */
  zip: Uint8Array
  entries: number
  runs: number
}

interface Ports {
  db: Database.Database
  keys: Pick<SubjectKeys, 'open'>
  /** Where the ledger's key and segments are. */
  dataFolder: string
  /** Names of those who acted, as far as somebody knows them. */
  nameActors(actors: readonly string[]): Promise<Readonly<Record<string, string>>>
}

const VERIFIER = fileURLToPath(new URL('../../../verify/verify.mjs', import.meta.url))

/** Everything that an auditor needs about some subjects or a time, in one archive. Throws UserMistake. */
export async function makePacket(ports: Ports, order: PacketOrder): Promise<Packet> {
  const { db, keys, dataFolder } = ports
  const segments = join(dataFolder, 'segments')
  const evidence = readEvidence({ db, keys, team: order.team, scope: order.scope, segments })
  const names = await namesFor(ports, evidence)
  const tables = packetTables(evidence, names)
  const { size } = newestCheckpoint(db)
  const proven = evidence.flatMap(({ leaf }) => (leaf !== null && leaf < size ? [leaf] : []))
  const rules = rulesIn(db, evidence)
  const summary = packetSummary(tables, {
    ...{ title: order.scope.title, by: order.by, at: order.at, size },
    entries: evidence.length,
    unproven: evidence.length - proven.length,
    rules: rules.map(({ version }) => version),
  })
  const files = {
    'summary.md': summary,
    ...tableFiles(tables),
    'entries.jsonl': jsonLines(
      evidence.map(({ core, body }) => ({ core, body, subjectLabels: core.subjects.map((id) => names.subject(id)) })),
    ),
    'proof.jsonl': proven.length === 0 ? '' : [...selectedLines(db, proven, segments)].join(''),
    'public-key.txt': `${verifierKeyText(readSigningKey(join(dataFolder, 'ledger.key')))}\n`,
    'verify.mjs': readFileSync(VERIFIER, 'utf8'),
    ...Object.fromEntries(rules.map(({ version, text }) => [`rules/version-${version}.yml`, text])),
  }
  const zip = zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])), {
    mtime: order.at,
  })
  return { zip, entries: evidence.length, runs: tables.population.rows.length }
}

const tableFiles = (tables: PacketTables): Record<string, string> =>
  Object.fromEntries(
    Object.entries(tables).map(([name, { columns, rows }]) => [`${name}.csv`, csvTable(columns, rows)]),
  )

async function namesFor({ db, nameActors }: Ports, evidence: readonly Evidence[]): Promise<Names> {
  const actors = [...new Set(evidence.map(({ core }) => core.actor))]
  const known = await nameActors(actors)
  const label = db.prepare<[string], string>('SELECT label FROM subjects WHERE id = ?').pluck()
  const labels = new Map<string, string>()
  const subjects = new Set<SubjectId>(evidence.flatMap(({ core }) => core.subjects))
  for (const id of subjects) labels.set(id, label.get(id) ?? id)
  return {
    // With the id: names change, and two people may share one.
    actor: (actor) => (known[actor] ? `${known[actor]} (${actor})` : actor),
    subject: (id) => labels.get(id) ?? id,
  }
}

/** The rules that runs in the packet went by. */
function rulesIn(db: Database.Database, evidence: readonly Evidence[]): { version: number; text: string }[] {
  const versions = new Set(
    evidence.flatMap(({ core }) => {
      const version = core.kind === 'run.started' ? core.facts?.rules : undefined
      return typeof version === 'number' ? [version] : []
    }),
  )
  const text = db.prepare<[number], string>('SELECT text FROM rules_versions WHERE version = ?').pluck()
  return [...versions]
    .sort((a, b) => a - b)
    .flatMap((version) => {
      const found = text.get(version)
      return found === undefined ? [] : [{ version, text: found }]
    })
}
