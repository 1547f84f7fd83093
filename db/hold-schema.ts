import { blob, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** What keeps runs from going on; its state is encrypted under the team's key. */
export const holds = sqliteTable(
  'holds',
  {
    id: text('id').primaryKey(),
    team: text('team').notNull(),
    kind: text('kind').notNull(),
    scope: text('scope').notNull(),
    status: text('status').notNull(),
    version: integer('version').notNull(),
    since: integer('since').notNull(),
    sealed: blob('sealed', { mode: 'buffer' }).notNull(),
  },
  (t) => [
    uniqueIndex('holds_one_open').on(t.team, t.kind, t.scope),
    index('holds_by_scope').on(t.team, t.kind, t.scope, t.since),
  ],
)

/** Services whose looks somebody has overruled. */
export const overruledLooks = sqliteTable(
  'overruled_looks',
  { team: text('team').notNull(), service: text('service').notNull(), at: integer('at').notNull() },
  (t) => [primaryKey({ columns: [t.team, t.service] })],
)
