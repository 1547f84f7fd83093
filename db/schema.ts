import { blob, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** The tables as `migrations/` makes them; `test/db/schema.test.ts` holds the two against each other. */
export const runs = sqliteTable(
  'runs',
  {
    id: text('id').primaryKey(),
    team: text('team').notNull(),
    shortId: text('short_id').notNull(),
    workflow: text('workflow').notNull(),
    definition: integer('definition').notNull(),
    status: text('status').notNull(),
    version: integer('version').notNull(),
    subject: text('subject').notNull(),
    startedAt: integer('started_at').notNull(),
    endedAt: integer('ended_at'),
    wakeAt: integer('wake_at'),
    attempts: text('attempts').notNull(),
    sealed: blob('sealed', { mode: 'buffer' }).notNull(),
    /** The holds that it waits for, as JSON. */
    held: text('held').notNull().default('[]'),
    /** How much of what its skips left is still owed. */
    owes: integer('owes').notNull().default(0),
    /** How many of its steps ask people just now. */
    asks: integer('asks').notNull().default(0),
    /** Since when it has waited to begin. */
    inLine: integer('in_line'),
    starter: text('starter'),
    manager: text('manager'),
  },
  (t) => [
    uniqueIndex('runs_one_open_per_subject').on(t.team, t.workflow, t.subject),
    index('runs_by_subject').on(t.team, t.subject, t.id),
    index('runs_by_status').on(t.team, t.status, t.id),
    index('runs_by_short_id').on(t.team, t.shortId),
    index('runs_ended').on(t.team, t.endedAt),
    index('runs_unfinished').on(t.id),
    index('runs_to_wake').on(t.wakeAt),
    index('runs_idle').on(t.id),
    index('runs_owing').on(t.team, t.id),
    index('runs_asking').on(t.team, t.id),
    index('runs_held').on(t.id),
    index('runs_by_starter').on(t.team, t.starter, t.id),
    index('runs_by_manager').on(t.team, t.manager, t.id),
    index('runs_in_line').on(t.inLine, t.id),
  ],
)

export { alertCases, alerts } from './alert-schema.ts'
export { holds, overruledLooks } from './hold-schema.ts'
export {
  checkpoints,
  entries,
  entrySubjects,
  leaves,
  savedQueries,
  segments,
  treeNodes,
} from './ledger-schema.ts'
export { absences, drafts, snoozes, unhandled } from './people-schema.ts'

/** Runs that steps of other runs began. */
export const children = sqliteTable(
  'children',
  { run: text('run').primaryKey(), parent: text('parent').notNull() },
  (t) => [index('children_by_parent').on(t.parent)],
)

/** The definition of each workflow that last ran here: another one at a start is a deploy. */
export const definitions = sqliteTable(
  'definitions',
  {
    team: text('team').notNull(),
    workflow: text('workflow').notNull(),
    version: integer('version').notNull(),
    shape: text('shape').notNull(),
    at: integer('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.team, t.workflow] })],
)

/** Retries of many steps at once; their state is encrypted under the team's key. */
export const bulkRetries = sqliteTable(
  'bulk_retries',
  {
    id: text('id').primaryKey(),
    team: text('team').notNull(),
    status: text('status').notNull(),
    version: integer('version').notNull(),
    since: integer('since').notNull(),
    sealed: blob('sealed', { mode: 'buffer' }).notNull(),
  },
  (t) => [index('bulk_retries_open').on(t.id)],
)

export const starts = sqliteTable(
  'starts',
  { team: text('team').notNull(), key: text('key').notNull(), run: text('run').notNull() },
  (t) => [primaryKey({ columns: [t.team, t.key] })],
)

export const received = sqliteTable(
  'received',
  {
    team: text('team').notNull(),
    source: text('source').notNull(),
    id: text('id').notNull(),
    at: integer('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.team, t.source, t.id] })],
)

export const cards = sqliteTable(
  'cards',
  {
    team: text('team').notNull(),
    id: text('id').notNull(),
    kind: text('kind').notNull(),
    run: text('run'),
    about: text('about'),
    step: text('step'),
    line: integer('line'),
    channel: text('channel').notNull(),
    /** Its turn, from 0 to 3: progress, what is urgent, what needs somebody, what somebody pressed. */
    urgent: integer('urgent').notNull(),
    ts: text('ts'),
    channelId: text('channel_id'),
    revision: integer('revision').notNull(),
    painted: integer('painted').notNull(),
    digest: text('digest'),
    staleSince: integer('stale_since'),
    undeliverable: text('undeliverable'),
    detour: text('detour'),
    leftChannelId: text('left_channel_id'),
    leftTs: text('left_ts'),
    lateMs: integer('late_ms'),
    lateWhy: text('late_why'),
    toldAt: integer('told_at'),
    toldKey: text('told_key'),
    toldThings: integer('told_things'),
    toldMark: integer('told_mark'),
  },
  (t) => [
    primaryKey({ columns: [t.team, t.id] }),
    index('cards_stale').on(t.urgent, t.staleSince),
    index('cards_by_run').on(t.run),
    index('cards_by_place').on(t.team, t.channelId, t.ts),
    index('cards_astray').on(t.team),
  ],
)

export const subjects = sqliteTable(
  'subjects',
  {
    id: text('id').primaryKey(),
    team: text('team').notNull(),
    key: text('key').notNull(),
    label: text('label').notNull(),
  },
  (t) => [uniqueIndex('subjects_by_key').on(t.team, t.key)],
)

export const rulesVersions = sqliteTable('rules_versions', {
  version: integer('version').primaryKey(),
  digest: text('digest').notNull(),
  text: text('text').notNull(),
  at: integer('at').notNull(),
})

/** What came from outside, until something has become of it. */
export const inbox = sqliteTable(
  'inbox',
  {
    id: text('id').primaryKey(),
    team: text('team').notNull(),
    source: text('source').notNull(),
    event: text('event').notNull(),
    type: text('type'),
    status: text('status').notNull(),
    code: text('code'),
    match: text('match'),
    run: text('run'),
    owner: text('owner').notNull(),
    receivedAt: integer('received_at').notNull(),
    settledAt: integer('settled_at'),
    version: integer('version').notNull(),
    sealed: blob('sealed', { mode: 'buffer' }).notNull(),
  },
  (t) => [
    uniqueIndex('inbox_once').on(t.team, t.source, t.event),
    index('inbox_open').on(t.status, t.id),
    index('inbox_kept').on(t.team, t.match, t.id),
    index('inbox_by_run').on(t.run),
  ],
)

/** Which steps wait for which events: runs are sealed, and nobody can look into all of them for each event. */
export const awaited = sqliteTable(
  'awaited',
  {
    team: text('team').notNull(),
    match: text('match').notNull(),
    run: text('run').notNull(),
    step: text('step').notNull(),
    event: text('event').notNull(),
    since: integer('since').notNull(),
    expectedBy: integer('expected_by'),
  },
  (t) => [
    primaryKey({ columns: [t.team, t.match, t.run, t.step] }),
    index('awaited_by_run').on(t.run),
    index('awaited_overdue').on(t.expectedBy),
  ],
)

export const schedules = sqliteTable(
  'schedules',
  {
    team: text('team').notNull(),
    name: text('name').notNull(),
    spec: text('spec').notNull(),
    since: integer('since').notNull(),
    dueAt: integer('due_at'),
    firedAt: integer('fired_at'),
    outcome: text('outcome'),
    run: text('run'),
  },
  (t) => [primaryKey({ columns: [t.team, t.name] })],
)
