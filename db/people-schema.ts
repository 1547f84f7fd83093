import { blob, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** What people said of themselves: that they are away. */
export const absences = sqliteTable(
  'absences',
  {
    team: text('team').notNull(),
    user: text('user').notNull(),
    fromAt: integer('from_at').notNull(),
    untilAt: integer('until_at'),
    delegate: text('delegate'),
    /** They are here, whatever else says that they are away. */
    here: integer('here').notNull(),
  },
  (t) => [primaryKey({ columns: [t.team, t.user] })],
)

/** What somebody is asked and is reminded of later. */
export const snoozes = sqliteTable(
  'snoozes',
  {
    team: text('team').notNull(),
    user: text('user').notNull(),
    run: text('run').notNull(),
    step: text('step').notNull(),
    untilAt: integer('until_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.team, t.user, t.run, t.step] }), index('snoozes_due').on(t.untilAt)],
)

/** What people had written in forms that they closed, sealed for the team: it names people. */
export const drafts = sqliteTable(
  'drafts',
  {
    team: text('team').notNull(),
    user: text('user').notNull(),
    workflow: text('workflow').notNull(),
    sealed: blob('sealed').notNull(),
    at: integer('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.team, t.user, t.workflow] })],
)

/** What people did and was acknowledged, until it is carried out or they are told. */
export const unhandled = sqliteTable('unhandled', {
  entry: text('entry').primaryKey(),
  team: text('team').notNull(),
  at: integer('at').notNull(),
})
