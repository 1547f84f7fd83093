CREATE TABLE children (
  run TEXT PRIMARY KEY,
  parent TEXT NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX children_by_parent ON children (parent);
