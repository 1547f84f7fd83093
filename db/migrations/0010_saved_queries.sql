CREATE TABLE saved_queries (
  team TEXT NOT NULL,
  user TEXT NOT NULL,
  name TEXT NOT NULL,
  sealed BLOB NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (team, user, name)
) STRICT, WITHOUT ROWID;
