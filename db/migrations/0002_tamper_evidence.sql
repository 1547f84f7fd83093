CREATE TABLE leaves (
  leaf INTEGER PRIMARY KEY,
  entry_row INTEGER NOT NULL,
  entry TEXT NOT NULL,
  hash BLOB NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX leaves_by_row ON leaves (entry_row);
--> statement-breakpoint
CREATE TABLE tree_nodes (
  level INTEGER NOT NULL,
  place INTEGER NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (level, place)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE checkpoints (
  size INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  note TEXT NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TRIGGER leaves_are_not_changed BEFORE UPDATE ON leaves
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: leaves are never changed'); END;
--> statement-breakpoint
CREATE TRIGGER leaves_are_not_removed BEFORE DELETE ON leaves
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: leaves are never removed'); END;
--> statement-breakpoint
CREATE TRIGGER tree_nodes_are_not_changed BEFORE UPDATE ON tree_nodes
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: its tree is never changed'); END;
--> statement-breakpoint
CREATE TRIGGER tree_nodes_are_not_removed BEFORE DELETE ON tree_nodes
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: its tree is never changed'); END;
--> statement-breakpoint
CREATE TRIGGER checkpoints_are_not_changed BEFORE UPDATE ON checkpoints
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: checkpoints are never changed'); END;
--> statement-breakpoint
CREATE TRIGGER checkpoints_are_not_removed BEFORE DELETE ON checkpoints
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: checkpoints are never removed'); END;
