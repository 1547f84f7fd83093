-- What people said of themselves: that they are away. One for each person.
CREATE TABLE absences (
  team TEXT NOT NULL,
  user TEXT NOT NULL,
  from_at INTEGER NOT NULL,
  until_at INTEGER,
  delegate TEXT,
  here INTEGER NOT NULL,
  PRIMARY KEY (team, user)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
-- What somebody is asked and wants to be reminded of later, by themselves.
CREATE TABLE snoozes (
  team TEXT NOT NULL,
  user TEXT NOT NULL,
  run TEXT NOT NULL,
  step TEXT NOT NULL,
  until_at INTEGER NOT NULL,
  PRIMARY KEY (team, user, run, step)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX snoozes_due ON snoozes (until_at);
