CREATE TABLE runs (
  id TEXT PRIMARY KEY,
  team TEXT NOT NULL,
  short_id TEXT NOT NULL,
  workflow TEXT NOT NULL,
  definition INTEGER NOT NULL,
  status TEXT NOT NULL,
  version INTEGER NOT NULL,
  subject TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  wake_at INTEGER,
  attempts TEXT NOT NULL,
  sealed BLOB NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX runs_one_open_per_subject ON runs (team, workflow, subject) WHERE ended_at IS NULL;
--> statement-breakpoint
CREATE INDEX runs_by_subject ON runs (team, subject, id);
--> statement-breakpoint
CREATE INDEX runs_by_status ON runs (team, status, id);
--> statement-breakpoint
CREATE INDEX runs_by_short_id ON runs (team, short_id);
--> statement-breakpoint
CREATE INDEX runs_ended ON runs (team, ended_at) WHERE ended_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX runs_unfinished ON runs (id) WHERE ended_at IS NULL OR attempts <> '[]';
--> statement-breakpoint
CREATE INDEX runs_to_wake ON runs (wake_at) WHERE wake_at IS NOT NULL;
--> statement-breakpoint
CREATE TABLE starts (
  team TEXT NOT NULL,
  key TEXT NOT NULL,
  run TEXT NOT NULL,
  PRIMARY KEY (team, key)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE received (
  team TEXT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (team, source, id)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE entries (
  rowid INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  team TEXT NOT NULL,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  actor TEXT NOT NULL,
  run TEXT,
  step TEXT,
  service TEXT,
  method TEXT,
  status INTEGER,
  bytes TEXT NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX entries_by_id ON entries (id);
--> statement-breakpoint
CREATE INDEX entries_by_run ON entries (run, id) WHERE run IS NOT NULL;
--> statement-breakpoint
CREATE INDEX entries_by_service ON entries (team, service, status, id) WHERE service IS NOT NULL;
--> statement-breakpoint
CREATE INDEX entries_by_kind ON entries (team, kind, id) WHERE substr(kind, 1, 5) <> 'call.';
--> statement-breakpoint
CREATE TABLE entry_subjects (
  subject TEXT NOT NULL,
  entry TEXT NOT NULL,
  PRIMARY KEY (subject, entry)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TRIGGER entries_are_not_changed BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: entries are never changed'); END;
--> statement-breakpoint
CREATE TRIGGER entries_are_not_removed BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: entries are never removed'); END;
--> statement-breakpoint
CREATE TRIGGER entry_subjects_are_not_changed BEFORE UPDATE ON entry_subjects
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: entries are never changed'); END;
--> statement-breakpoint
CREATE TRIGGER entry_subjects_are_not_removed BEFORE DELETE ON entry_subjects
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: entries are never removed'); END;
--> statement-breakpoint
CREATE TABLE cards (
  team TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  run TEXT NOT NULL,
  step TEXT,
  line INTEGER,
  channel TEXT NOT NULL,
  urgent INTEGER NOT NULL,
  ts TEXT,
  channel_id TEXT,
  revision INTEGER NOT NULL,
  painted INTEGER NOT NULL,
  digest TEXT,
  stale_since INTEGER,
  undeliverable TEXT,
  PRIMARY KEY (team, id)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX cards_stale ON cards (urgent DESC, stale_since) WHERE stale_since IS NOT NULL;
--> statement-breakpoint
CREATE INDEX cards_by_run ON cards (run);
--> statement-breakpoint
CREATE INDEX cards_by_place ON cards (team, channel_id, ts) WHERE ts IS NOT NULL;
--> statement-breakpoint
CREATE TABLE subjects (
  id TEXT PRIMARY KEY,
  team TEXT NOT NULL,
  key TEXT NOT NULL,
  label TEXT NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX subjects_by_key ON subjects (team, key);
--> statement-breakpoint
CREATE TABLE rules_versions (
  version INTEGER PRIMARY KEY,
  digest TEXT NOT NULL,
  text TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
