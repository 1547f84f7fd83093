-- What keeps runs from going on: pauses, incidents and brakes. One of a kind may stand over one thing at a time.
CREATE TABLE holds (
  id TEXT PRIMARY KEY,
  team TEXT NOT NULL,
  kind TEXT NOT NULL,
  scope TEXT NOT NULL,
  status TEXT NOT NULL,
  version INTEGER NOT NULL,
  since INTEGER NOT NULL,
  -- Its state, encrypted under the team's key.
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX holds_one_open ON holds (team, kind, scope) WHERE status <> 'closed';
--> statement-breakpoint
CREATE INDEX holds_by_scope ON holds (team, kind, scope, since);
--> statement-breakpoint
-- The holds that a run waits for, as JSON.
ALTER TABLE runs ADD COLUMN held TEXT NOT NULL DEFAULT '[]';
--> statement-breakpoint
CREATE INDEX runs_held ON runs (id) WHERE held <> '[]';
