import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { z } from 'zod'
import { subjectsIn } from '../../db/sqlite/forget-subjects.ts'
import { listSegments } from '../../db/sqlite/segment-queries.ts'
import { EntryCore, type EntryKind } from '../domain/entry.ts'
import { readSegment } from '../ledger/retention/read-segment.ts'
import type { SubjectKeys } from '../secrets/subject-keys.ts'
import { names } from './queries-naming.ts'

/** Entries of what people type: commands, and questions in mentions and direct messages. */
const TYPED: readonly EntryKind[] = ['command.received', 'event.received']

const Typed = z.looseObject({ text: z.string().catch('') })

export interface TypedNaming {
  /** Whose keys seal what was typed and names one of them; each is of that one entry. */
  owners: string[]
  /** Entries from before such keys: they are under the workspace's key, which stays. */
  beyondReach: number
}

/** What people typed that names one of these subjects, in the database and in segments. */
export function typedNaming(
  { db, keys, segments }: { db: Database.Database; keys: Pick<SubjectKeys, 'open'>; segments: string },
  subjects: readonly string[],
): TypedNaming {
  const wanted = subjectsIn(db, subjects)
  const found: TypedNaming = { owners: [], beyondReach: 0 }
  const teams = new Set(wanted.map(({ team }) => team))
  for (const bytes of typed(db, segments, teams)) {
    const { team, body, subjects: owners } = EntryCore.parse(JSON.parse(bytes))
    const opened = body === undefined ? null : keys.open(body)
    if (!opened) continue
    const { text } = Typed.parse(JSON.parse(Buffer.from(opened).toString()))
    if (!wanted.some((subject) => subject.team === team && names(text, subject))) continue
    if (owners.length === 0) found.beyondReach += 1
    else found.owners.push(...owners)
  }
  return found
}

function* typed(db: Database.Database, segments: string, teams: ReadonlySet<string>): Generator<string> {
  const ofKind = db
    .prepare<[string, string], string>(
      "SELECT bytes FROM entries WHERE team = ? AND kind = ? AND substr(kind, 1, 5) <> 'call.'",
    )
    .pluck()
  for (const team of teams) for (const kind of TYPED) yield* ofKind.iterate(team, kind)
  const isTyped = (bytes: string): boolean => TYPED.some((kind) => bytes.includes(`"kind":"${kind}"`))
  for (const { file } of listSegments(db)) {
    for (const { bytes } of readSegment(join(segments, file))) if (isTyped(bytes)) yield bytes
  }
}
