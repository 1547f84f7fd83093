import type Database from 'better-sqlite3'
import { alertCardId } from '../../src/domain/card.ts'
import { isDiskFailure, translate } from '../../src/domain/disk-trouble.ts'
import type { SweepStore, SweptBefore } from '../sweep-store.ts'

interface CaseRow {
  team: string
  alert: string
  id: string
}

/** Takes out what is over. */
export function sweepQueries(db: Database.Database, onDiskFailure: (error: unknown) => void): SweepStore {
  const drafts = db.prepare<[number]>('DELETE FROM drafts WHERE at < ?')
  const oldCases = db.prepare<[number, number], CaseRow>(
    'SELECT team, alert, id FROM alert_cases WHERE settled_at < ? ORDER BY settled_at LIMIT ?',
  )
  const removeCase = db.prepare('DELETE FROM alert_cases WHERE team = :team AND alert = :alert AND id = :id')
  const counted = db.prepare('UPDATE alerts SET swept = swept + 1 WHERE team = :team AND id = :alert')
  // What Slack refuses stays stale for good.
  const oldAlerts = db.prepare<[number, number], Omit<CaseRow, 'alert'>>(
    `SELECT team, id FROM alerts WHERE settled_at < ?
      AND NOT EXISTS (SELECT 1 FROM alert_cases WHERE alert_cases.team = alerts.team AND alert = alerts.id)
      AND NOT EXISTS (SELECT 1 FROM cards WHERE cards.team = alerts.team AND cards.id = 'alert/' || alerts.id
        AND (told_at IS NOT NULL OR (stale_since IS NOT NULL AND undeliverable IS NULL)))
      LIMIT ?`,
  )
  const removeAlert = db.prepare('DELETE FROM alerts WHERE team = ? AND id = ?')
  const removeCard = db.prepare('DELETE FROM cards WHERE team = ? AND id = ?')

  const sweep = db.transaction((before: SweptBefore, limit: number): number => {
    const written = drafts.run(before.drafts).changes
    const cases = oldCases.all(before.alerts, limit)
    for (const each of cases) {
      removeCase.run(each)
      counted.run(each)
    }
    const alerts = oldAlerts.all(before.alerts, limit)
    for (const { team, id } of alerts) {
      removeAlert.run(team, id)
      removeCard.run(team, alertCardId(id))
    }
    return written + cases.length + alerts.length
  }).immediate

  return {
    async sweep(before, limit) {
      try {
        return sweep(before, limit)
      } catch (error) {
        if (isDiskFailure(error)) onDiskFailure(error)
        throw translate(error)
      }
    },
  }
}
