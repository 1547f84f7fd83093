import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** What did not happen that should have, one for all of one cause. */
export const alerts = sqliteTable(
  'alerts',
  {
    team: text('team').notNull(),
    id: text('id').notNull(),
    run: text('run'),
    step: text('step'),
    matter: text('matter').notNull(),
    since: integer('since').notNull(),
    raisedAt: integer('raised_at').notNull(),
    settledAt: integer('settled_at'),
    cause: text('cause').notNull().default(''),
    movedAt: integer('moved_at').notNull().default(0),
    /** Of what it stood for, how many were taken out because they were over for long. */
    swept: integer('swept').notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.team, t.id] }), index('alerts_open').on(t.team, t.id)],
)

/** Each thing that an alert stands for. */
export const alertCases = sqliteTable(
  'alert_cases',
  {
    team: text('team').notNull(),
    alert: text('alert').notNull(),
    id: text('id').notNull(),
    run: text('run'),
    step: text('step'),
    matter: text('matter').notNull(),
    since: integer('since').notNull(),
    raisedAt: integer('raised_at').notNull(),
    settledAt: integer('settled_at'),
    /** The revision of the alert's card that was the first to tell it. */
    mark: integer('mark').notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.team, t.alert, t.id] }),
    index('alert_cases_open').on(t.team, t.alert),
    index('alert_cases_over').on(t.settledAt),
  ],
)
