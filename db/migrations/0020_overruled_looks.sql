-- Services whose looks somebody has overruled: until one is answered, looks that fail open no incident.
CREATE TABLE overruled_looks (
  team TEXT NOT NULL,
  service TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (team, service)
) STRICT, WITHOUT ROWID;
