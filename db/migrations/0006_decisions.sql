ALTER TABLE runs ADD COLUMN owes INTEGER NOT NULL DEFAULT 0;
--> statement-breakpoint
UPDATE runs SET owes = 1 WHERE status = 'succeeded-with-debt';
--> statement-breakpoint
CREATE INDEX runs_owing ON runs (team, id) WHERE owes > 0;
--> statement-breakpoint
CREATE TABLE definitions (
  team TEXT NOT NULL,
  workflow TEXT NOT NULL,
  version INTEGER NOT NULL,
  shape TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (team, workflow)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE bulk_retries (
  id TEXT PRIMARY KEY,
  team TEXT NOT NULL,
  status TEXT NOT NULL,
  version INTEGER NOT NULL,
  since INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX bulk_retries_open ON bulk_retries (id) WHERE status <> 'ended';
