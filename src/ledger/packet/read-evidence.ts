import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { listSegments } from '../../../db/sqlite/segment-queries.ts'
import { EntryCore } from '../../domain/entry.ts'
import { UserMistake } from '../../domain/errors.ts'
import type { TeamId } from '../../domain/ids.ts'
import { isQuietLook, quietLook } from '../../domain/looks.ts'
import type { SubjectKeys } from '../../secrets/subject-keys.ts'
import type { OpenedBody } from '../ledger.ts'
import { firstIdAt } from '../reader/read-page.ts'
import { readSegment } from '../retention/read-segment.ts'
import type { PacketScope } from './packet-scope.ts'

/** An entry with what it says; `leaf` is null while it is not sealed. */
export interface Evidence {
  core: EntryCore
  body: OpenedBody
  leaf: number | null
}

interface Question {
  db: Database.Database
  keys: Pick<SubjectKeys, 'open'>
  team: TeamId
  scope: PacketScope
  /** The folder of the segments. */
  segments: string
}

/** More would not fit into memory, nor into anybody's reading. */
const MOST = 100_000

interface Found {
  bytes: string
  leaf: number | null
}

/**
 * Every entry in the packet's scope, oldest first, those in segments too, but for looks that found a service well:
 * there are thousands a day. Throws UserMistake where there are too many.
 */
export function readEvidence({ db, keys, team, scope, segments }: Question): Evidence[] {
  const found = new Map<string, Evidence>()
  for (const { bytes, leaf } of [...fromSegments(db, { scope, segments }), ...fromDatabase(db, scope)]) {
    const core = EntryCore.parse(JSON.parse(bytes))
    if (core.team === team && !isQuietLook(core)) found.set(core.id, { core, leaf, body: opened(keys, core) })
    if (found.size > MOST) throw tooMany(scope)
  }
  return [...found.values()].sort((a, b) => (a.core.id < b.core.id ? -1 : 1))
}

function opened(keys: Pick<SubjectKeys, 'open'>, core: EntryCore): OpenedBody {
  if (core.body === undefined) return { kind: 'none' }
  const bytes = keys.open(core.body)
  if (bytes === null) return { kind: 'erased' }
  return { kind: 'open', body: JSON.parse(Buffer.from(bytes).toString()) as Record<string, unknown> }
}

function* fromDatabase(db: Database.Database, scope: PacketScope): Generator<Found> {
  const leaf = 'LEFT JOIN leaves l ON l.entry_row = e.rowid'
  if (scope.kind === 'time') {
    yield* db
      .prepare<[string, string], Found>(
        `SELECT e.bytes, l.leaf FROM entries e ${leaf} WHERE e.id >= ? AND e.id < ? AND NOT ${quietLook('e.')}
          ORDER BY e.id`,
      )
      .iterate(firstIdAt(scope.since), firstIdAt(scope.until))
    return
  }
  const ofSubject = db.prepare<[string], Found>(
    `SELECT e.bytes, l.leaf FROM entry_subjects s JOIN entries e ON e.id = s.entry ${leaf} WHERE s.subject = ?
      ORDER BY s.entry`,
  )
  for (const subject of scope.subjects) yield* ofSubject.iterate(subject)
}

function* fromSegments(
  db: Database.Database,
  { scope, segments }: Pick<Question, 'scope' | 'segments'>,
): Generator<Found> {
  const bounds = scope.kind === 'time' ? { from: firstIdAt(scope.since), to: firstIdAt(scope.until) } : null
  const wanted = new Set<string>(scope.kind === 'subjects' ? scope.subjects : [])
  for (const { file, newest } of listSegments(db)) {
    if (scope.kind === 'time' && newest < scope.since) continue
    for (const { id, bytes, leaf } of readSegment(join(segments, file))) {
      if (bounds ? id >= bounds.from && id < bounds.to : isAbout(bytes, wanted)) yield { bytes, leaf }
    }
  }
}

const isAbout = (bytes: string, wanted: ReadonlySet<string>): boolean =>
  (JSON.parse(bytes) as { subjects: string[] }).subjects.some((subject) => wanted.has(subject))

const tooMany = ({ title }: PacketScope): UserMistake =>
  new UserMistake({
    code: 'packet-too-large',
    message: `The ledger holds more than ${MOST.toLocaleString('en')} entries of ${title}: too much for one packet.`,
    hint: 'Ask for a shorter time, 2026-10 for instance, or for one person.',
  })
