import { readFileSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { type SigningKey, signCheckpoint } from '../../../src/ledger/checkpoint.ts'
import { readUnsealed } from '../../../src/ledger/seal/read-unsealed.ts'
import { leafHash } from '../../../src/ledger/tree/hash.ts'
import { storedTree } from '../../../src/ledger/tree/stored-tree.ts'

/** What somebody with the host has: the database's file, a backup of it, the key, and patience. */
export interface Victim {
  path: string
  /** The whole database at its first checkpoint. */
  backup: string
  key: SigningKey
  /** Of the same ledger's name, but made by the attacker. */
  forgedKey: SigningKey
  otherLedgersKey: SigningKey
  /** Leaves at each checkpoint. */
  sizes: readonly number[]
}

interface Attack {
  name: string
  /** Where the first wrong entry has to be named; null when it is not one entry. */
  leaf: number | null
  /** Whether the database agrees with itself afterwards: then only the anchor tells. */
  hidden?: boolean
  /** Whether it spares the entries and their leaves: then there is nothing to be seen in an export. */
  beside?: boolean
  /** What an auditor without Purser reads; by itself, the leaf. */
  auditor?: string
  strike(victim: Victim): void
}

/** The entry that is attacked, in the middle of what the second checkpoint covers. */
const AT = 150

function withDb(victim: Victim, work: (db: Database.Database) => void): void {
  const db = new Database(victim.path)
  const triggers = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all()
  for (const name of triggers) db.exec(`DROP TRIGGER ${name}`)
  try {
    work(db)
  } finally {
    db.close()
  }
}

const editBytes = (db: Database.Database, row: number): void => {
  db.prepare("UPDATE entries SET bytes = replace(bytes, 'purser:engine', 'purser:forged') WHERE rowid = ?").run(row)
}
const cutAfter = (db: Database.Database, size: number): void => {
  db.exec(`DELETE FROM entries WHERE rowid > ${size}; DELETE FROM leaves WHERE leaf >= ${size};
    DELETE FROM checkpoints WHERE size > ${size}; DELETE FROM tree_nodes WHERE (place + 1) * 256 > ${size}`)
}

/** Throws the tree away and seals everything anew, as the sealer itself would; signs with the stolen key. */
function sealAnew(db: Database.Database, key: SigningKey): void {
  db.exec('DELETE FROM leaves; DELETE FROM tree_nodes; DELETE FROM checkpoints')
  const pass = readUnsealed(db)
  const leaf = db.prepare('INSERT INTO leaves VALUES (:leaf, :entryRow, :entry, :hash)')
  const node = db.prepare('INSERT INTO tree_nodes VALUES (:level, :place, :hash)')
  let step = pass.next()
  for (; !step.done; step = pass.next(true)) {
    for (const each of step.value.leaves) leaf.run(each)
    for (const each of step.value.nodes) node.run(each)
  }
  if (step.value.kind !== 'sealed') throw new Error(step.value.why)
  const { size, note } = signCheckpoint(key, step.value)
  db.prepare('INSERT INTO checkpoints VALUES (?, 0, ?)').run(size, note)
}

const resign = (db: Database.Database, key: SigningKey, size: number): void => {
  const { note } = signCheckpoint(key, { size, root: storedTree(db).range(size).root() })
  db.prepare('UPDATE checkpoints SET note = ? WHERE size = ?').run(note, size)
}

export const ATTACKS: readonly Attack[] = [
  {
    name: 'raw bytes edited in the file',
    leaf: AT,
    strike({ path }) {
      const db = new Database(path, { readonly: true })
      const id = db
        .prepare<[number], string>('SELECT id FROM entries WHERE rowid = ?')
        .pluck()
        .get(AT + 1)
      db.close()
      const file = readFileSync(path)
      const at = file.indexOf('click.received', file.indexOf(`"id":"${id}"`))
      file.write('clock', at)
      writeFileSync(path, file)
    },
  },
  {
    name: 'UPDATE, with the triggers dropped',
    leaf: AT,
    strike: (victim) => withDb(victim, (db) => editBytes(db, AT + 1)),
  },
  {
    name: 'DELETE of an entry',
    leaf: AT,
    strike: (victim) => withDb(victim, (db) => db.exec(`DELETE FROM entries WHERE rowid = ${AT + 1}`)),
  },
  {
    name: 'INSERT in the middle, the others moved up',
    leaf: AT,
    strike: (victim) =>
      withDb(victim, (db) => {
        db.exec(
          `UPDATE entries SET rowid = -rowid - 1 WHERE rowid > ${AT}; UPDATE entries SET rowid = -rowid WHERE rowid < 0`,
        )
        db.exec(`INSERT INTO entries SELECT ${AT + 1}, 'forged', team, at, kind, actor, run, step, service, method, status,
          bytes FROM entries WHERE rowid = ${AT}`)
      }),
  },
  {
    name: 'INSERT before all others',
    leaf: null,
    beside: true,
    strike: (victim) =>
      withDb(victim, (db) => {
        db.exec(`INSERT INTO entries SELECT -1, 'forged', team, at, kind, actor, run, step, service, method, status,
          bytes FROM entries WHERE rowid = 1`)
      }),
  },
  {
    name: 'two entries swapped',
    leaf: AT,
    strike: (victim) =>
      withDb(victim, (db) => {
        const [a, b] = [AT + 1, AT + 8]
        for (const [from, to] of [
          [a, -1],
          [b, a],
          [-1, b],
        ]) {
          db.exec(`UPDATE entries SET rowid = ${to} WHERE rowid = ${from}`)
        }
      }),
  },
  {
    name: 'the tail cut off, with its leaves and checkpoints',
    leaf: 100,
    hidden: true,
    strike: (victim) => withDb(victim, (db) => cutAfter(db, victim.sizes[0] ?? 0)),
  },
  {
    name: 'the last entry of all that was anchored cut off, with its leaf and checkpoint',
    leaf: 329,
    hidden: true,
    // An export that was sealed ends at a checkpoint.
    auditor: 'and all after it are missing: the checkpoint covers 330 entries',
    strike: (victim) => withDb(victim, (db) => cutAfter(db, (victim.sizes.at(-1) ?? 0) - 1)),
  },
  {
    name: 'INSERT OR REPLACE, past the triggers',
    leaf: AT,
    strike({ path }) {
      const db = new Database(path)
      db.exec(`INSERT OR REPLACE INTO entries SELECT rowid, id, team, at, kind, actor, run, step, service, method, status,
        replace(bytes, 'purser:engine', 'purser:forged') FROM entries WHERE rowid = ${AT + 1}`)
      db.close()
    },
  },
  {
    name: 'an entry edited, the whole tree made anew and signed with the stolen key',
    leaf: 100,
    hidden: true,
    strike: (victim) =>
      withDb(victim, (db) => {
        editBytes(db, AT + 1)
        // What searches see goes along with the bytes.
        db.exec(`UPDATE entries SET actor = json_extract(bytes, '$.actor') WHERE rowid = ${AT + 1}`)
        sealAnew(db, victim.key)
      }),
  },
  {
    name: 'rolled back to a backup',
    leaf: 100,
    hidden: true,
    strike: ({ path, backup }) => writeFileSync(path, readFileSync(backup)),
  },
  {
    name: 'the last sealed entry edited, and its leaf',
    leaf: 203,
    strike: (victim) =>
      withDb(victim, (db) => {
        const last = (victim.sizes.at(-1) ?? 0) - 1
        db.exec(`UPDATE entries SET bytes = replace(bytes, 'purser:engine', 'purser:forged'), actor = replace(actor, 'purser:engine', 'purser:forged')
          WHERE rowid = ${last + 1}`)
        const bytes = db
          .prepare<[number], string>('SELECT bytes FROM entries WHERE rowid = ?')
          .pluck()
          .get(last + 1)
        db.prepare('UPDATE leaves SET hash = ? WHERE leaf = ?').run(leafHash(bytes ?? ''), last)
      }),
  },
  {
    name: 'a tail cut off, under a checkpoint signed with a key of the attacker',
    leaf: 203,
    auditor: "is not signed by this ledger's key",
    strike: (victim) =>
      withDb(victim, (db) => {
        cutAfter(db, victim.sizes[1] ?? 0)
        resign(db, victim.forgedKey, victim.sizes[1] ?? 0)
      }),
  },
  {
    name: 'a checkpoint of another ledger put in the place of ours',
    leaf: null,
    auditor: 'is of another ledger',
    strike: (victim) => withDb(victim, (db) => resign(db, victim.otherLedgersKey, victim.sizes.at(-1) ?? 0)),
  },
  {
    name: 'the table of leaves cut off',
    leaf: 203,
    strike: (victim) => withDb(victim, (db) => db.exec(`DELETE FROM leaves WHERE leaf >= ${victim.sizes[1] ?? 0}`)),
  },
  {
    name: 'a leaf twice, the others moved up',
    leaf: AT + 1,
    auditor: 'Between leaf 100 and leaf 202',
    strike: (victim) =>
      withDb(victim, (db) => {
        db.exec(`DROP INDEX leaves_by_row; UPDATE leaves SET leaf = -leaf - 1 WHERE leaf > ${AT};
          UPDATE leaves SET leaf = -leaf WHERE leaf < 0;
          INSERT INTO leaves SELECT ${AT + 1}, entry_row, entry, hash FROM leaves WHERE leaf = ${AT}`)
      }),
  },
  {
    name: 'a leaf given the id of another entry',
    leaf: AT,
    beside: true,
    strike: (victim) =>
      withDb(victim, (db) =>
        db.exec(`UPDATE leaves SET entry = (SELECT id FROM entries WHERE rowid = ${AT + 60}) WHERE leaf = ${AT}`),
      ),
  },
  {
    name: 'a node of the stored tree changed',
    leaf: 255,
    beside: true,
    strike: (victim) => withDb(victim, (db) => db.prepare('UPDATE tree_nodes SET hash = ?').run(leafHash('forged'))),
  },
  {
    name: 'an entry hidden from searches for its actor',
    leaf: AT,
    beside: true,
    strike: (victim) =>
      withDb(victim, (db) => db.exec(`UPDATE entries SET actor = 'slack:T0ACME/U0JOHN' WHERE rowid = ${AT + 1}`)),
  },
  {
    name: 'an entry hidden from searches for its subject',
    leaf: AT,
    beside: true,
    strike: (victim) =>
      withDb(victim, (db) =>
        db.exec(`DELETE FROM entry_subjects WHERE entry = (SELECT id FROM entries WHERE rowid = ${AT + 1})`),
      ),
  },
]
