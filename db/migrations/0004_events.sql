CREATE TABLE cards_about (
  team TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  run TEXT,
  about TEXT,
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
INSERT INTO cards_about
  SELECT team, id, kind, run, NULL, step, line, channel, urgent, ts, channel_id, revision, painted, digest, stale_since,
    undeliverable
  FROM cards;
--> statement-breakpoint
DROP TABLE cards;
--> statement-breakpoint
ALTER TABLE cards_about RENAME TO cards;
--> statement-breakpoint
CREATE INDEX cards_stale ON cards (urgent DESC, stale_since) WHERE stale_since IS NOT NULL;
--> statement-breakpoint
CREATE INDEX cards_by_run ON cards (run) WHERE run IS NOT NULL;
--> statement-breakpoint
CREATE INDEX cards_by_place ON cards (team, channel_id, ts) WHERE ts IS NOT NULL;
--> statement-breakpoint
CREATE TABLE alerts (
  team TEXT NOT NULL,
  id TEXT NOT NULL,
  run TEXT,
  step TEXT,
  matter TEXT NOT NULL,
  since INTEGER NOT NULL,
  raised_at INTEGER NOT NULL,
  settled_at INTEGER,
  PRIMARY KEY (team, id)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX alerts_open ON alerts (team, id) WHERE settled_at IS NULL;
--> statement-breakpoint
CREATE TABLE inbox (
  id TEXT PRIMARY KEY,
  team TEXT NOT NULL,
  source TEXT NOT NULL,
  event TEXT NOT NULL,
  type TEXT,
  status TEXT NOT NULL,
  code TEXT,
  match TEXT,
  run TEXT,
  owner TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  settled_at INTEGER,
  version INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX inbox_once ON inbox (team, source, event);
--> statement-breakpoint
CREATE INDEX inbox_open ON inbox (status, id) WHERE settled_at IS NULL;
--> statement-breakpoint
CREATE INDEX inbox_kept ON inbox (team, match, id) WHERE status = 'kept';
--> statement-breakpoint
CREATE INDEX inbox_by_run ON inbox (run) WHERE run IS NOT NULL;
--> statement-breakpoint
CREATE TABLE awaited (
  team TEXT NOT NULL,
  match TEXT NOT NULL,
  run TEXT NOT NULL,
  step TEXT NOT NULL,
  event TEXT NOT NULL,
  since INTEGER NOT NULL,
  expected_by INTEGER,
  PRIMARY KEY (team, match, run, step)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX awaited_by_run ON awaited (run);
--> statement-breakpoint
CREATE INDEX awaited_overdue ON awaited (expected_by) WHERE expected_by IS NOT NULL;
--> statement-breakpoint
CREATE TABLE schedules (
  team TEXT NOT NULL,
  name TEXT NOT NULL,
  spec TEXT NOT NULL,
  since INTEGER NOT NULL,
  due_at INTEGER,
  fired_at INTEGER,
  outcome TEXT,
  run TEXT,
  PRIMARY KEY (team, name)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX runs_idle ON runs (id)
  WHERE ended_at IS NULL AND status = 'running' AND attempts = '[]' AND wake_at IS NULL;
