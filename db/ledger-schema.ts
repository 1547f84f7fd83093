import { blob, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

export const entries = sqliteTable(
  'entries',
  {
    rowid: integer('rowid').primaryKey(),
    id: text('id').notNull(),
    team: text('team').notNull(),
    at: integer('at').notNull(),
    kind: text('kind').notNull(),
    actor: text('actor').notNull(),
    run: text('run'),
    step: text('step'),
    service: text('service'),
    method: text('method'),
    status: integer('status'),
    /** RFC 8785 bytes of the entry's core. */
    bytes: text('bytes').notNull(),
  },
  (t) => [
    uniqueIndex('entries_by_id').on(t.id),
    index('entries_by_run').on(t.run, t.id),
    index('entries_by_service').on(t.team, t.service, t.status, t.id),
    index('entries_by_kind').on(t.team, t.kind, t.id),
  ],
)

export const entrySubjects = sqliteTable(
  'entry_subjects',
  { subject: text('subject').notNull(), entry: text('entry').notNull() },
  (t) => [primaryKey({ columns: [t.subject, t.entry] })],
)

/** The order of the entries, as sealing gives it: leaf of the tree → row in `entries`. */
export const leaves = sqliteTable(
  'leaves',
  {
    leaf: integer('leaf').primaryKey(),
    entryRow: integer('entry_row').notNull(),
    entry: text('entry').notNull(),
    hash: blob('hash', { mode: 'buffer' }).notNull(),
  },
  (t) => [uniqueIndex('leaves_by_row').on(t.entryRow)],
)

/** Complete subtrees of every 8th level, so that a proof needs to read some hundreds of hashes and not all. */
export const treeNodes = sqliteTable(
  'tree_nodes',
  {
    level: integer('level').notNull(),
    place: integer('place').notNull(),
    hash: blob('hash', { mode: 'buffer' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.level, t.place] })],
)

export const checkpoints = sqliteTable('checkpoints', {
  size: integer('size').primaryKey(),
  at: integer('at').notNull(),
  note: text('note').notNull(),
})

/** Queries of the ledger that people saved, sealed for the team: they may name people. */
export const savedQueries = sqliteTable(
  'saved_queries',
  {
    team: text('team').notNull(),
    user: text('user').notNull(),
    name: text('name').notNull(),
    sealed: blob('sealed', { mode: 'buffer' }).notNull(),
    at: integer('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.team, t.user, t.name] })],
)

/** Parts of the ledger that stand in files; their entries may leave the database. */
export const segments = sqliteTable('segments', {
  fromLeaf: integer('from_leaf').primaryKey(),
  toLeaf: integer('to_leaf').notNull(),
  firstRow: integer('first_row').notNull(),
  lastRow: integer('last_row').notNull(),
  file: text('file').notNull(),
  digest: text('digest').notNull(),
  newest: integer('newest').notNull(),
  at: integer('at').notNull(),
  emptied: integer('emptied', { mode: 'boolean' }).notNull(),
})
