import Database from 'better-sqlite3'

/** A connection that keeps what it commits through a power loss; refuses to be opened with less. */
export function openDatabase(path: string): Database.Database {
  const db = new Database(path)
  try {
    db.pragma('journal_mode = WAL')
    // better-sqlite3 is compiled so that every open but the first of a WAL file runs synchronous=NORMAL.
    db.pragma('synchronous = FULL')
    db.pragma('foreign_keys = ON')
    // Without it INSERT OR REPLACE walks through the append-only triggers.
    db.pragma('recursive_triggers = ON')
    db.pragma('trusted_schema = OFF')
    db.pragma('cell_size_check = ON')
    db.pragma('secure_delete = ON')
    expectPragma(db, 'journal_mode', path === ':memory:' ? 'memory' : 'wal')
    expectPragma(db, 'synchronous', 2)
    expectPragma(db, 'recursive_triggers', 1)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function expectPragma(db: Database.Database, name: string, expected: string | number): void {
  const found = db.pragma(name, { simple: true })
  if (found !== expected) {
    throw new Error(`SQLite runs with ${name}=${String(found)} instead of ${expected}; acknowledged work could be lost`)
  }
}
