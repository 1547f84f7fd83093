-- What somebody had written in a form that they closed, sealed for the team: it names people.
CREATE TABLE drafts (
  team TEXT NOT NULL,
  user TEXT NOT NULL,
  workflow TEXT NOT NULL,
  sealed BLOB NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (team, user, workflow)
) STRICT, WITHOUT ROWID;
