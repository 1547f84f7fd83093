import type Database from 'better-sqlite3'
import type { HoldId } from '../../src/domain/ids.ts'
import type { Change, CommitOutcome } from '../store.ts'

/** Guards and writes of holds: no run waits for what is closed, and nothing is closed for which a run waits. */
export function createHoldWriter(db: Database.Database) {
  const standing = db.prepare<[string, string, string], { id: HoldId }>(
    `SELECT id FROM holds WHERE team = ? AND kind = ? AND scope = ? AND status <> 'closed'`,
  )
  const row = db.prepare<[string], { version: number; status: string }>(
    'SELECT version, status FROM holds WHERE id = ?',
  )
  const waiting = db.prepare(
    `SELECT 1 FROM runs WHERE held <> '[]' AND EXISTS (SELECT 1 FROM json_each(runs.held) WHERE value = ?) LIMIT 1`,
  )
  const insert = db.prepare(`INSERT INTO holds (id, team, kind, scope, status, version, since, sealed)
    VALUES (:id, :team, :kind, :scope, :status, :version, :since, :sealed)`)
  const update = db.prepare('UPDATE holds SET status = :status, version = :version, sealed = :sealed WHERE id = :id')

  const overrule = db.prepare(`INSERT INTO overruled_looks (team, service, at) VALUES (:team, :service, :at)
    ON CONFLICT (team, service) DO UPDATE SET at = excluded.at`)
  const answered = db.prepare('DELETE FROM overruled_looks WHERE team = :team AND service = :service')

  return {
    guard({ run, begins = [], children = [], hold }: Change): CommitOutcome | null {
      const written = [...(run ? [run] : []), ...begins, ...children]
      for (const id of written.flatMap((each) => each.run.held)) {
        const status = row.get(id)?.status
        if (status === undefined || status === 'closed') return { kind: 'hold-gone' }
      }
      if (hold?.kind === 'insert') {
        const other = standing.get(hold.hold.team, hold.hold.kind, hold.hold.scope)
        return other ? { kind: 'hold-stands', hold: other.id } : null
      }
      if (hold && row.get(hold.hold.id)?.version !== hold.expected) return { kind: 'version-moved' }
      return hold?.hold.status === 'closed' && waiting.get(hold.hold.id) ? { kind: 'hold-in-use' } : null
    },
    write({ hold, looks, at }: Change): void {
      if (looks?.kind === 'overruled') overrule.run({ team: looks.team, service: looks.service, at })
      if (looks?.kind === 'answered') answered.run({ team: looks.team, service: looks.service })
      if (!hold) return
      const { id, status, version, sealed } = hold.hold
      if (hold.kind === 'insert') insert.run(hold.hold)
      else update.run({ id, status, version, sealed })
    },
  }
}
