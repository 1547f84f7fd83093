import type Database from 'better-sqlite3'
import { z } from 'zod'
import { SubjectId, TeamId } from '../../src/domain/ids.ts'

const Row = z.object({ id: SubjectId, team: TeamId, key: z.string(), label: z.string() })
const OpenRun = z.object({ short_id: z.string(), workflow: z.string() })
const Message = z.object({ channel: z.string(), ts: z.string() })

/** What a database holds of a person or firm, before it is erased. */
export interface SubjectTraces {
  subjects: z.infer<typeof Row>[]
  openRuns: z.infer<typeof OpenRun>[]
  /** Messages in Slack that show their runs. */
  messages: z.infer<typeof Message>[]
  /** Whether somebody else goes by the same name, so that it may stand elsewhere with right. */
  isNamesake: boolean
}

/** Finds a subject by its key (an e-mail address) or its id; in several workspaces it has several ids. */
export function subjectTraces(db: Database.Database, keyOrId: string): SubjectTraces {
  const subjects = Row.array().parse(
    db
      .prepare('SELECT id, team, key, label FROM subjects WHERE key = ? COLLATE NOCASE OR id = ?')
      .all(keyOrId, keyOrId),
  )
  const ids = JSON.stringify(subjects.map(({ id }) => id))
  const labels = JSON.stringify(subjects.map(({ label }) => label))
  const openRuns = db
    .prepare(
      `SELECT short_id, workflow FROM runs
        WHERE subject IN (SELECT value FROM json_each(?)) AND (ended_at IS NULL OR attempts <> '[]')`,
    )
    .all(ids)
  const messages = db
    .prepare(
      `SELECT channel_id AS channel, ts FROM cards
        WHERE ts IS NOT NULL AND channel_id IS NOT NULL
          AND run IN (SELECT id FROM runs WHERE subject IN (SELECT value FROM json_each(?)))
        ORDER BY channel_id, ts`,
    )
    .all(ids)
  const namesakes = db
    .prepare<[string, string], number>(
      `SELECT count(*) FROM subjects
        WHERE label IN (SELECT value FROM json_each(?)) AND id NOT IN (SELECT value FROM json_each(?))`,
    )
    .pluck()
    .get(labels, ids)
  return {
    subjects,
    openRuns: OpenRun.array().parse(openRuns),
    messages: Message.array().parse(messages),
    isNamesake: (namesakes ?? 0) > 0,
  }
}
