import type Database from 'better-sqlite3'
import type { CardMark } from '../../src/domain/card.ts'
import { turnOf } from '../../src/domain/card.ts'
import type { RunId } from '../../src/domain/ids.ts'
import { shortId } from '../../src/domain/ids.ts'
import type { Change, ChildInsert, CommitOutcome, PaintedCard, RunWrite, StoredRun } from '../store.ts'
import { createPeopleWriter } from './people-rows.ts'
import { createEventWriter } from './write-events.ts'
import { createHoldWriter } from './write-holds.ts'

/**
 * Writes changes inside a transaction that somebody else opened: guards first, so that a change which fails one has
 * written nothing. Raw prepared statements, because this is the hot path: 6 µs a row against drizzle's 12 to 66.
 */
export function createChangeWriter(db: Database.Database): (change: Change) => CommitOutcome {
  const guards = prepareGuards(db)
  const rows = prepareRows(db)
  const events = createEventWriter(db)
  const holds = createHoldWriter(db)
  const people = createPeopleWriter(db)

  return (change) => {
    const refused = guards(change) ?? events.guard(change) ?? holds.guard(change)
    if (refused) return refused
    if (change.run && !writeRun(rows, change.run)) return { kind: 'version-moved' }
    for (const begun of change.begins ?? []) {
      writeRun(rows, begun)
      rows.start.run({ team: begun.run.team, key: begun.startKey, run: begun.run.id })
    }
    if (change.bulk) writeBulk(rows, change.bulk)
    for (const definition of change.deployed ?? []) rows.definition.run(definition)
    holds.write(change)
    if (change.subject) rows.subject.run(change.subject)
    for (const child of change.children ?? []) writeChild(rows, child)
    if (change.run?.kind === 'insert') {
      rows.start.run({ team: change.run.run.team, key: change.run.startKey, run: change.run.run.id })
    }
    if (change.once) rows.received.run({ ...change.once, at: change.at })
    for (const entry of change.entries) {
      const { id, team, at, kind, actor, run = null, step = null, service = null, method = null } = entry.core
      rows.entry.run(id, team, at, kind, actor, run, step, service, method, entry.core.status ?? null, entry.bytes)
      for (const subject of entry.core.subjects) rows.entrySubject.run(subject, id)
    }
    for (const mark of change.cards ?? []) writeMark(rows, mark, change.at)
    if (change.painted) rows.painted.run(paintedRow(change.painted))
    for (const { team, id, told } of change.told ?? []) {
      const { at = null, key = null, things = null, mark = null } = told ?? {}
      rows.told.run({ team, id, at, key, things, mark })
    }
    events.write(change)
    people(change, change.at)
    if (change.rules) rows.rules.run(change.rules)
    for (const { leaf, entryRow, entry, hash } of change.sealed?.leaves ?? [])
      rows.leaf.run(leaf, entryRow, entry, hash)
    for (const { level, place, hash } of change.sealed?.nodes ?? []) rows.treeNode.run(level, place, hash)
    if (change.checkpoint) rows.checkpoint.run(change.checkpoint)
    if (change.segment) rows.segment.run(change.segment)
    if (change.savedQuery?.kind === 'save') rows.saveQuery.run(change.savedQuery.saved)
    if (change.savedQuery?.kind === 'forget') rows.forgetQuery.run(change.savedQuery)
    return { kind: 'committed' }
  }
}

function prepareGuards(db: Database.Database): (change: Change) => CommitOutcome | null {
  const seen = db.prepare('SELECT 1 FROM received WHERE team = ? AND source = ? AND id = ?')
  const attempts = db.prepare<[string], { attempts: string }>('SELECT attempts FROM runs WHERE id = ?')
  const started = db.prepare<[string, string], { run: RunId }>('SELECT run FROM starts WHERE team = ? AND key = ?')
  const bulkAt = db.prepare<[string], { version: number }>('SELECT version FROM bulk_retries WHERE id = ?')
  const openRun = db.prepare<[string, string, string], { id: RunId }>(
    'SELECT id FROM runs WHERE team = ? AND workflow = ? AND subject = ? AND ended_at IS NULL',
  )
  /** One that ends in the same change makes room. */
  const refusedStart = (
    run: StoredRun,
    startKey: string,
    ending: RunId | null = null,
  ): { kind: 'already-started' | 'subject-busy'; run: RunId } | null => {
    const before = started.get(run.team, startKey)
    if (before) return { kind: 'already-started', run: before.run }
    const busy = openRun.get(run.team, run.workflow, run.subject)
    return busy && busy.id !== ending ? { kind: 'subject-busy', run: busy.id } : null
  }
  return ({ once, lease, run, bulk, children = [], begins = [] }) => {
    if (bulk?.kind === 'update' && bulkAt.get(bulk.bulk.id)?.version !== bulk.expected) return { kind: 'version-moved' }
    if (once && seen.get(once.team, once.source, once.id)) return { kind: 'seen' }
    if (lease) {
      const row = attempts.get(lease.run)
      const held: unknown[] = row ? JSON.parse(row.attempts) : []
      if (!held.includes(lease.attempt)) return { kind: 'attempt-lost' }
    }
    const refused = run?.kind === 'insert' ? refusedStart(run.run, run.startKey) : null
    if (refused) return refused
    const ending = run?.kind === 'update' && run.run.endedAt !== null ? run.run.id : null
    for (const begun of begins) {
      const busy = refusedStart(begun.run, begun.startKey, ending)
      if (busy) return busy
    }
    for (const [index, child] of children.entries()) {
      // Those before it in the change count too: they are not written yet.
      const twin = children.slice(0, index).find((other) => isAlike(other.run, child.run))
      const busy = twin ? { kind: 'subject-busy' as const, run: twin.run.id } : refusedStart(child.run, child.startKey)
      if (busy) return { ...busy, child: child.run.id }
    }
    return null
  }
}

function writeChild(rows: Rows, { run, parent, startKey, subject }: ChildInsert): void {
  rows.insertRun.run(runRow(run))
  rows.child.run(run.id, parent)
  rows.subject.run(subject)
  rows.start.run({ team: run.team, key: startKey, run: run.id })
}

const isAlike = (one: StoredRun, other: StoredRun): boolean =>
  one.team === other.team && one.workflow === other.workflow && one.subject === other.subject

type Rows = ReturnType<typeof prepareRows>

function writeRun(rows: Rows, write: RunWrite): boolean {
  const row = runRow(write.run)
  if (write.kind === 'insert') {
    rows.insertRun.run(row)
    return true
  }
  const update = { ...row, expected: write.expected }
  return rows.updateSealed.run(update).changes === 1 || rows.updateRun.run(update).changes === 1
}

function paintedRow({ left, late, ...card }: PaintedCard) {
  return {
    ...card,
    leftChannelId: left?.channel ?? null,
    leftTs: left?.ts ?? null,
    lateMs: late?.ms ?? null,
    lateWhy: late?.why ?? null,
  }
}

function writeMark(rows: Rows, mark: CardMark, at: number): void {
  const urgent = turnOf(mark)
  if (!mark.again && rows.markAgain.run(urgent, mark.team, mark.id).changes === 1) return
  rows.cardMark.run({ ...mark, about: mark.about ?? null, urgent, at, again: mark.again ? 1 : 0 })
}

function writeBulk(rows: Rows, { kind, bulk }: NonNullable<Change['bulk']>): void {
  const { id, team, status, version, since, sealed } = bulk
  if (kind === 'insert') rows.insertBulk.run({ id, team, status, version, since, sealed })
  else rows.updateBulk.run({ id, status, version, since, sealed })
}

function runRow(run: StoredRun) {
  return { ...run, shortId: shortId(run.id), attempts: JSON.stringify(run.attempts), held: JSON.stringify(run.held) }
}

function prepareRows(db: Database.Database) {
  return {
    insertRun: db.prepare(`INSERT INTO runs (id, team, short_id, workflow, definition, status, version, subject,
        started_at, ended_at, wake_at, in_line, attempts, owes, asks, starter, manager, held, sealed)
      VALUES (:id, :team, :shortId, :workflow, :definition, :status, :version, :subject,
        :startedAt, :endedAt, :wakeAt, :inLine, :attempts, :owes, :asks, :starter, :manager, :held, :sealed)`),
    // Most updates change nothing that an index holds: then none of them is written again.
    updateSealed: db.prepare(`UPDATE runs SET version = :version, attempts = :attempts, sealed = :sealed
      WHERE id = :id AND version = :expected AND definition = :definition AND status = :status
        AND ended_at IS :endedAt AND wake_at IS :wakeAt AND in_line IS :inLine AND owes = :owes AND asks = :asks
        AND starter IS :starter AND manager IS :manager AND held = :held`),
    updateRun: db.prepare(`UPDATE runs SET definition = :definition, status = :status, version = :version,
        ended_at = :endedAt, wake_at = :wakeAt, in_line = :inLine, attempts = :attempts, owes = :owes, asks = :asks,
        starter = :starter, manager = :manager, held = :held, sealed = :sealed
      WHERE id = :id AND version = :expected`),
    definition: db.prepare(`INSERT INTO definitions (team, workflow, version, shape, at)
      VALUES (:team, :workflow, :version, :shape, :at)
      ON CONFLICT (team, workflow) DO UPDATE SET version = :version, shape = :shape, at = :at`),
    insertBulk: db.prepare(`INSERT INTO bulk_retries (id, team, status, version, since, sealed)
      VALUES (:id, :team, :status, :version, :since, :sealed)`),
    updateBulk: db.prepare(`UPDATE bulk_retries SET status = :status, version = :version, since = :since,
        sealed = :sealed WHERE id = :id`),
    child: db.prepare('INSERT INTO children (run, parent) VALUES (?, ?)'),
    start: db.prepare('INSERT INTO starts (team, key, run) VALUES (:team, :key, :run)'),
    received: db.prepare('INSERT INTO received (team, source, id, at) VALUES (:team, :source, :id, :at)'),
    entry: db.prepare(`INSERT INTO entries (id, team, at, kind, actor, run, step, service, method, status, bytes)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    entrySubject: db.prepare('INSERT INTO entry_subjects (subject, entry) VALUES (?, ?)'),
    // Stale already, and not less urgent: then no index is written.
    markAgain: db.prepare(`UPDATE cards SET revision = revision + 1
      WHERE urgent >= ? AND team = ? AND id = ? AND stale_since IS NOT NULL AND undeliverable IS NULL`),
    cardMark: db.prepare(`INSERT INTO cards (team, id, kind, run, about, step, line, channel, urgent, revision, painted,
        stale_since)
      VALUES (:team, :id, :kind, :run, :about, :step, :line, :channel, :urgent, 1, 0, :at)
      ON CONFLICT (team, id) DO UPDATE SET revision = revision + 1, urgent = max(urgent, excluded.urgent),
        stale_since = coalesce(stale_since, excluded.stale_since), digest = CASE WHEN :again THEN NULL ELSE digest END,
        undeliverable = CASE WHEN detour IS NULL THEN NULL ELSE undeliverable END`),
    painted: db.prepare(`UPDATE cards SET painted = :revision, ts = :ts, channel_id = :channelId, digest = :digest,
        undeliverable = :undeliverable, detour = :detour, left_channel_id = :leftChannelId, left_ts = :leftTs,
        late_ms = :lateMs, late_why = :lateWhy,
        urgent = CASE WHEN revision = :revision THEN 0 ELSE urgent END,
        stale_since = CASE WHEN revision = :revision THEN NULL ELSE stale_since END
      WHERE team = :team AND id = :id`),
    told: db.prepare(`UPDATE cards SET told_at = :at, told_key = :key, told_things = :things, told_mark = :mark
      WHERE team = :team AND id = :id`),
    subject: db.prepare(`INSERT INTO subjects (id, team, key, label) VALUES (:id, :team, :key, :label)
      ON CONFLICT (team, key) DO UPDATE SET label = excluded.label`),
    leaf: db.prepare('INSERT INTO leaves (leaf, entry_row, entry, hash) VALUES (?, ?, ?, ?)'),
    treeNode: db.prepare('INSERT INTO tree_nodes (level, place, hash) VALUES (?, ?, ?)'),
    checkpoint: db.prepare('INSERT INTO checkpoints (size, at, note) VALUES (:size, :at, :note)'),
    saveQuery: db.prepare(`INSERT INTO saved_queries (team, user, name, sealed, at)
      VALUES (:team, :user, :name, :sealed, :at)
      ON CONFLICT (team, user, name) DO UPDATE SET sealed = excluded.sealed, at = excluded.at`),
    forgetQuery: db.prepare('DELETE FROM saved_queries WHERE team = :team AND user = :user AND name = :name'),
    segment: db.prepare(`INSERT INTO segments
        (from_leaf, to_leaf, first_row, last_row, file, digest, newest, at, emptied)
      VALUES (:fromLeaf, :toLeaf, :firstRow, :lastRow, :file, :digest, :newest, :at, 0)`),
    rules: db.prepare(`INSERT INTO rules_versions (version, digest, text, at) VALUES (:version, :digest, :text, :at)`),
  }
}
