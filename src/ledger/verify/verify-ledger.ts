import type Database from 'better-sqlite3'
import type { StoredCheckpoint } from '../../../db/store.ts'
import { type Checkpoint, findCheckpoints, type VerifierKey } from '../checkpoint.ts'
import { archivedEntries } from '../retention/archived-entries.ts'
import { CompactRange, type TreeNode } from '../tree/compact-range.ts'
import { leafHash, sameHash } from '../tree/hash.ts'
import { isKeptLevel } from '../tree/stored-tree.ts'
import { createArchivedCheck } from './check-archived.ts'
import { createCopiesCheck } from './check-copies.ts'
import { ExpectedRoots } from './expected-roots.ts'
import { type Finding, Findings } from './findings.ts'
import { type EntryRow, type LeafRow, walkEntries, walkLeaves } from './read-rows.ts'

interface Question {
  db: Database.Database
  keys: readonly VerifierKey[]
  /** Checkpoints that were kept outside. */
  anchored: readonly Checkpoint[]
  /** The folder of the segments, in which older entries stand; null where there are none. */
  segments: string | null
}

export interface Verdict {
  /** The first ones, in the order of the tree; none when all is as it was written. */
  findings: readonly Finding[]
  /** How many there are. */
  wrong: number
  /** Entries that have a leaf, and those behind the last one. */
  sealed: number
  unsealed: number
  /** Those of the sealed ones that stand in segments. */
  archived: number
  /** Checkpoints with which the tree agrees. */
  held: { anchored: number; stored: number }
}

/** Holds every entry against its leaf, the leaves against the checkpoints, and what searches see against the bytes. */
export function verifyLedger({ db, keys, anchored, segments }: Question): Verdict {
  const findings = new Findings()
  const roots = new ExpectedRoots(findings)
  let counts = { sealed: 0, unsealed: 0, archived: 0 }
  try {
    for (const checkpoint of storedCheckpoints(db, findings)) roots.add(keys, checkpoint, 'stored')
    for (const checkpoint of anchored) roots.add(keys, checkpoint, 'anchored')
    counts = checkTree(db, { findings, roots, segments })
  } catch (error) {
    if (!isDamage(error)) throw error
    findings.add({ leaf: null, entry: null, says: `the database itself is damaged: ${error.message}` })
  }
  return { findings: named(db, findings.kept), wrong: findings.count, ...counts, held: roots.held }
}

/** What SQLite says of a file that was tampered with; that it is busy, or cannot be opened, is something else. */
const DAMAGE = /^SQLITE_(CORRUPT|NOTADB|ERROR|MISMATCH)/

const isDamage = (error: unknown): error is Error =>
  error instanceof RangeError || (error instanceof Error && 'code' in error && DAMAGE.test(String(error.code)))

/** With the id of the entry where only its leaf is known. */
function named(db: Database.Database, findings: readonly Finding[]): Finding[] {
  const entryOf = db.prepare<[number], string>('SELECT entry FROM leaves WHERE leaf = ?').pluck()
  return findings.map((finding) =>
    finding.leaf === null || finding.entry !== null
      ? finding
      : { ...finding, entry: entryOf.get(finding.leaf) ?? null },
  )
}

function* storedCheckpoints(db: Database.Database, findings: Findings): Generator<Checkpoint> {
  const rows = db.prepare<[], StoredCheckpoint>('SELECT size, at, note FROM checkpoints ORDER BY size').all()
  for (const { size, note } of rows) {
    const [checkpoint, ...more] = findCheckpoints(note)
    if (checkpoint?.size === size && more.length === 0) yield checkpoint
    else findings.add({ leaf: null, entry: null, says: `the stored checkpoint of ${size} entries cannot be read` })
  }
}

interface Checked {
  findings: Findings
  roots: ExpectedRoots
  segments: string | null
}

function checkTree(db: Database.Database, { findings, roots, segments }: Checked) {
  const leaves = walkLeaves(db)
  const entries = walkEntries(db)
  const copies = createCopiesCheck(db, findings)
  const archived = createArchivedCheck(archivedEntries(db, segments), findings)
  const nodeDiffers = createNodesCheck(db)
  const tree = new CompactRange()
  let lastRow = Number.MIN_SAFE_INTEGER

  const strange = (entry: EntryRow): void =>
    findings.add({ leaf: null, entry: entry.id, says: `added among older entries, before leaf ${tree.size}` })

  for (let leaf = leaves.take(); leaf; leaf = leaves.take()) {
    const place = { leaf: leaf.leaf, entry: leaf.entry }
    if (leaf.leaf !== tree.size) findings.add({ ...place, says: `not the next leaf, which would be ${tree.size}` })
    if (leaf.entryRow <= lastRow) findings.add({ ...place, says: 'sealed twice, or out of order' })
    else {
      for (let next = entries.next(); next && next.row < leaf.entryRow; next = entries.next()) {
        strange(next)
        entries.take()
      }
      const entry = entries.next()?.row === leaf.entryRow ? entries.take() : undefined
      const isArchived = archived.check(leaf)
      const says = entry || !isArchived ? leafDiffers(leaf, entry) : null
      if (says !== null) findings.add({ ...place, says })
      else if (entry) copies.check(entry, leaf.leaf)
      lastRow = leaf.entryRow
    }
    // A finding above is told; what it says of the leaves themselves, the checkpoints tell.
    for (const node of tree.append(leaf.hash)) {
      if (isKeptLevel(node.level) && nodeDiffers(node)) {
        findings.add({ ...place, says: `under a stored node (${node.level}, ${node.place}) that is not the tree's` })
      }
    }
    roots.compare(tree.size, () => tree.root())
  }
  roots.end(tree.size)
  let unsealed = 0
  for (let entry = entries.take(); entry; entry = entries.take()) {
    unsealed += 1
    copies.check(entry, null)
  }
  copies.end()
  return { sealed: tree.size, unsealed, archived: archived.count() }
}

function leafDiffers(leaf: LeafRow, entry: EntryRow | undefined): string | null {
  if (!entry) return 'removed: its leaf is there, the entry is not'
  if (!sameHash(leafHash(entry.bytes), leaf.hash)) return 'changed: its bytes are not those that were sealed'
  return entry.id === leaf.entry ? null : 'changed: its id is not the one that was sealed'
}

function createNodesCheck(db: Database.Database): (node: TreeNode) => boolean {
  const stored = db
    .prepare<[number, number], Buffer>('SELECT hash FROM tree_nodes WHERE level = ? AND place = ?')
    .pluck()
  return ({ level, place, hash }) => {
    const found = stored.get(level, place)
    return found === undefined || !sameHash(found, hash)
  }
}
