CREATE TABLE segments (
  from_leaf INTEGER PRIMARY KEY,
  to_leaf INTEGER NOT NULL,
  first_row INTEGER NOT NULL,
  last_row INTEGER NOT NULL,
  file TEXT NOT NULL,
  digest TEXT NOT NULL,
  newest INTEGER NOT NULL,
  at INTEGER NOT NULL,
  emptied INTEGER NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TRIGGER segments_are_not_changed BEFORE UPDATE OF from_leaf, to_leaf, first_row, last_row, file, digest, newest, at ON segments
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: segments are never changed'); END;
--> statement-breakpoint
CREATE TRIGGER segments_are_not_removed BEFORE DELETE ON segments
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: segments are never removed'); END;
--> statement-breakpoint
DROP TRIGGER entries_are_not_removed;
--> statement-breakpoint
CREATE TRIGGER entries_are_not_removed BEFORE DELETE ON entries
WHEN NOT EXISTS (SELECT 1 FROM segments WHERE first_row <= OLD.rowid AND last_row >= OLD.rowid)
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: entries are never removed'); END;
--> statement-breakpoint
DROP TRIGGER entry_subjects_are_not_removed;
--> statement-breakpoint
CREATE TRIGGER entry_subjects_are_not_removed BEFORE DELETE ON entry_subjects
WHEN EXISTS (SELECT 1 FROM entries WHERE id = OLD.entry)
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: entries are never removed'); END;
