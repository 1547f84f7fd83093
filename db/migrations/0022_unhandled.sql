-- What people did and was acknowledged, until it is carried out or they are told: what a restart takes up, however old.
CREATE TABLE unhandled (
  entry TEXT PRIMARY KEY,
  team TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
-- Of before this table: what came in the last minute and has no mark.
INSERT INTO unhandled (entry, team, at)
  SELECT id, team, at FROM entries
    WHERE kind IN ('click.received', 'command.received')
      AND at >= (SELECT at FROM entries ORDER BY rowid DESC LIMIT 1) - 60000
      AND NOT EXISTS (SELECT 1 FROM received
        WHERE received.team = entries.team AND source = 'slack-handled' AND received.id = entries.id);
--> statement-breakpoint
DELETE FROM received WHERE source = 'slack-handled';
