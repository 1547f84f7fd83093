-- An alert stands for all that did not happen of one cause in one storm: each of them is a case of it.
ALTER TABLE alerts ADD COLUMN cause TEXT NOT NULL DEFAULT '';
--> statement-breakpoint
ALTER TABLE alerts ADD COLUMN moved_at INTEGER NOT NULL DEFAULT 0;
--> statement-breakpoint
CREATE TABLE alert_cases (
  team TEXT NOT NULL,
  alert TEXT NOT NULL,
  id TEXT NOT NULL,
  run TEXT,
  step TEXT,
  matter TEXT NOT NULL,
  since INTEGER NOT NULL,
  raised_at INTEGER NOT NULL,
  settled_at INTEGER,
  PRIMARY KEY (team, alert, id)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX alert_cases_open ON alert_cases (team, alert) WHERE settled_at IS NULL;
--> statement-breakpoint
INSERT INTO alert_cases
  SELECT team, id, id, run, step, matter, since, raised_at, settled_at FROM alerts WHERE settled_at IS NULL;
