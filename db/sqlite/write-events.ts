import type Database from 'better-sqlite3'
import { alertCardId } from '../../src/domain/card.ts'
import type { AlertWrite } from '../alert-store.ts'
import type { AwaitedWrite, EventWrites, InboxWrite } from '../event-store.ts'
import type { CommitOutcome } from '../store.ts'

/** Writes what a change holds of inbox, waits for events, schedules and alerts. */
export function createEventWriter(db: Database.Database) {
  const rows = prepare(db)

  const writeInbox = ({ kind, item }: InboxWrite): void => {
    if (kind === 'insert') rows.insertItem.run(item)
    else rows.updateItem.run(item)
  }
  const writeAwaited = ({ begun, over }: AwaitedWrite): void => {
    for (const { team, match, run, step } of over) rows.noLonger.run({ team, match, run, step })
    for (const each of begun) rows.awaits.run(each)
  }
  const writeAlert = (write: AlertWrite): void => {
    switch (write.kind) {
      case 'raise':
        rows.raiseAlert.run({ ...write.alert, matter: JSON.stringify(write.alert.matter) })
        return
      case 'case': {
        const { team, alert: id, raisedAt: at } = write.case
        rows.addCase.run({ ...write.case, matter: JSON.stringify(write.case.matter), card: alertCardId(id) })
        rows.moveAlert.run({ team, id, at })
        return
      }
      case 'case-over': {
        const { case: over, at } = write
        rows.endCase.run({ ...over, at })
        rows.moveAlert.run({ team: over.team, id: over.alert, at })
        return
      }
      case 'settle':
        rows.settleAlert.run({ team: write.team, id: write.id, at: write.at })
    }
  }

  return {
    guard({ inbox }: EventWrites): CommitOutcome | null {
      for (const write of inbox ?? []) {
        if (write.kind === 'insert') {
          const { team, source, event } = write.item
          if (rows.itemLike.get(team, source, event)) return { kind: 'seen' }
        } else if (rows.itemVersion.get(write.item.id)?.version !== write.expected) return { kind: 'inbox-moved' }
      }
      return null
    },
    write({ inbox, awaited, schedule, alerts }: EventWrites): void {
      inbox?.forEach(writeInbox)
      if (awaited) writeAwaited(awaited)
      if (schedule) rows.schedule.run(schedule)
      alerts?.forEach(writeAlert)
    },
  }
}

function prepare(db: Database.Database) {
  return {
    itemLike: db.prepare('SELECT 1 FROM inbox WHERE team = ? AND source = ? AND event = ?'),
    itemVersion: db.prepare<[string], { version: number }>('SELECT version FROM inbox WHERE id = ?'),
    insertItem: db.prepare(`INSERT INTO inbox (id, team, source, event, type, status, code, match, run, owner,
        received_at, settled_at, version, sealed)
      VALUES (:id, :team, :source, :event, :type, :status, :code, :match, :run, :owner,
        :receivedAt, :settledAt, :version, :sealed)`),
    updateItem: db.prepare(`UPDATE inbox SET type = :type, status = :status, code = :code, match = :match, run = :run,
        settled_at = :settledAt, version = :version, sealed = :sealed
      WHERE id = :id`),
    awaits: db.prepare(`INSERT INTO awaited (team, match, run, step, event, since, expected_by)
      VALUES (:team, :match, :run, :step, :event, :since, :expectedBy)
      ON CONFLICT (team, match, run, step) DO UPDATE SET since = excluded.since, expected_by = excluded.expected_by`),
    noLonger: db.prepare('DELETE FROM awaited WHERE team = :team AND match = :match AND run = :run AND step = :step'),
    schedule: db.prepare(`INSERT INTO schedules (team, name, spec, since, due_at, fired_at, outcome, run)
      VALUES (:team, :name, :spec, :since, :dueAt, :firedAt, :outcome, :run)
      ON CONFLICT (team, name) DO UPDATE SET spec = excluded.spec, since = excluded.since, due_at = excluded.due_at,
        fired_at = excluded.fired_at, outcome = excluded.outcome, run = excluded.run`),
    raiseAlert:
      db.prepare(`INSERT INTO alerts (team, id, run, step, matter, since, raised_at, settled_at, cause, moved_at)
      VALUES (:team, :id, :run, :step, :matter, :since, :raisedAt, :settledAt, :cause, :movedAt)
      ON CONFLICT (team, id) DO UPDATE SET since = excluded.since, raised_at = excluded.raised_at, settled_at = NULL,
        cause = excluded.cause, moved_at = excluded.moved_at`),
    // Its card is marked already by what is written with it.
    addCase:
      db.prepare(`INSERT INTO alert_cases (team, alert, id, run, step, matter, since, raised_at, settled_at, mark)
      VALUES (:team, :alert, :id, :run, :step, :matter, :since, :raisedAt, :settledAt,
        coalesce((SELECT revision FROM cards WHERE team = :team AND id = :card), 0))
      ON CONFLICT (team, alert, id) DO UPDATE SET since = excluded.since, raised_at = excluded.raised_at,
        settled_at = NULL, mark = excluded.mark`),
    endCase: db.prepare(
      'UPDATE alert_cases SET settled_at = :at WHERE team = :team AND alert = :alert AND id = :id AND settled_at IS NULL',
    ),
    moveAlert: db.prepare('UPDATE alerts SET moved_at = :at WHERE team = :team AND id = :id'),
    settleAlert: db.prepare('UPDATE alerts SET settled_at = :at WHERE team = :team AND id = :id'),
  }
}
