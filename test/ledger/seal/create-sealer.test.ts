import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import Database from 'better-sqlite3'
import { describe, expect, test, vi } from 'vitest'
import type { Anchor } from '../../../src/ledger/anchor.ts'
import { fileAnchor } from '../../../src/ledger/anchor-file.ts'
import { findCheckpoints, isSignedBy } from '../../../src/ledger/checkpoint.ts'
import { readInThread } from '../../../src/ledger/seal/read-in-thread.ts'
import { CompactRange } from '../../../src/ledger/tree/compact-range.ts'
import { leafHash } from '../../../src/ledger/tree/hash.ts'
import { TEAM } from '../sample-drafts.ts'
import { openSealed, type SealedLedger } from './open-sealed.ts'

const MINUTE = 60_000

function rowsOf({ path }: SealedLedger) {
  const db = new Database(path, { readonly: true })
  try {
    const all = <Row>(sql: string): Row[] => db.prepare<[], Row>(sql).all()
    return {
      entries: all<{ id: string; bytes: string; kind: string }>('SELECT id, bytes, kind FROM entries ORDER BY rowid'),
      leaves: all<{ leaf: number; entry: string; hash: Buffer }>('SELECT leaf, entry, hash FROM leaves ORDER BY leaf'),
      nodes: all<{ level: number; place: number }>('SELECT level, place FROM tree_nodes'),
      checkpoints: all<{ size: number; note: string }>('SELECT size, note FROM checkpoints ORDER BY size'),
    }
  } finally {
    db.close()
  }
}

const anchored = (at: SealedLedger) =>
  existsSync(at.anchorFile) ? findCheckpoints(readFileSync(at.anchorFile, 'utf8')) : []
const lastOf = (at: SealedLedger) => anchored(at).at(-1)

function remembering() {
  const sizes: number[] = []
  const anchor: Anchor = { name: 'memory', atStop: true, put: async ({ size }) => void sizes.push(size) }
  return { anchor, sizes }
}

describe('sealing', () => {
  test('gives each entry its leaf in the order of writing, and signs the root over exactly their bytes', async () => {
    await using at = await openSealed()
    await at.write(700)
    await at.seal()
    const { entries, leaves, nodes, checkpoints } = rowsOf(at)
    expect(leaves.map(({ entry }) => entry)).toEqual(entries.slice(0, 700).map(({ id }) => id))
    expect(leaves.map(({ leaf }) => leaf)).toEqual(leaves.map((_, index) => index))
    expect(nodes).toEqual([
      { level: 8, place: 0 },
      { level: 8, place: 1 },
    ])
    const tree = new CompactRange()
    for (const { bytes } of entries.slice(0, 700)) tree.append(leafHash(bytes))
    const [checkpoint] = findCheckpoints(checkpoints[0]?.note ?? '')
    expect(checkpoint).toMatchObject({ size: 700, origin: at.key.origin })
    expect(checkpoint?.root).toEqual(tree.root())
    expect(checkpoint && isSignedBy([at.key], checkpoint)).toBe(true)
    expect(anchored(at)).toEqual([checkpoint])
    expect(at.errors).toEqual([])
  })

  test('goes on where it ended, whatever the size, and the tree stays one tree', async () => {
    await using at = await openSealed()
    const sizes: number[] = []
    for (const count of [1, 2, 5, 300, 512, 40]) {
      await at.write(count)
      await at.seal()
      sizes.push(lastOf(at)?.size ?? 0)
    }
    const { entries } = rowsOf(at)
    const tree = new CompactRange()
    const roots = new Map<number, Uint8Array>()
    for (const { bytes } of entries) {
      tree.append(leafHash(bytes))
      roots.set(tree.size, tree.root())
    }
    for (const { size, root } of anchored(at)) expect(root).toEqual(roots.get(size))
    expect(sizes).toEqual([1, 5, 12, 314, 828, 870])
  })

  test('makes a checkpoint a minute at most, only while there is something new, and its own entries are nothing new', async () => {
    const { anchor, sizes } = remembering()
    await using at = await openSealed({ anchors: [anchor] })
    const sealer = at.sealer()
    await sealer.start()
    await at.write(3)
    await at.clock.advance(4_000)
    expect(sizes).toEqual([])
    await at.clock.advance(1_000)
    expect(sizes.at(-1)).toBe(3)
    await at.write(3)
    await at.clock.advance(MINUTE - 1)
    expect(sizes.at(-1)).toBe(3)
    await at.clock.advance(1)
    expect(sizes.at(-1)).toBe(8)
    await at.clock.advance(20 * MINUTE)
    await sealer.stop()
    expect(sizes).toEqual([3, 8])
    expect(at.clock.waiting()).toBe(0)
    const kinds = rowsOf(at).entries.map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'checkpoint.signed')).toHaveLength(2)
    expect(kinds.filter((kind) => kind === 'checkpoint.anchored')).toHaveLength(2)
  })

  test('leaves what only looks at services wrote to the next checkpoint, which comes within the hour', async () => {
    const { anchor, sizes } = remembering()
    await using at = await openSealed({ anchors: [anchor] })
    const sealer = at.sealer()
    await sealer.start()
    await at.write(3)
    await at.clock.advance(MINUTE)
    expect(sizes).toEqual([3])
    for (let minute = 0; minute < 58; minute++) {
      await at.write(2, 'purser:probe')
      await at.clock.advance(MINUTE)
    }
    expect(sizes).toEqual([3])
    await at.write(2, 'purser:probe')
    await at.clock.advance(2 * MINUTE)
    expect(sizes).toEqual([3, 5 + 59 * 2])
    await at.write(2, 'purser:probe')
    await at.write(1)
    await at.clock.advance(MINUTE)
    expect(sizes).toEqual([3, 5 + 59 * 2, 5 + 59 * 2 + 2 + 3])
    await sealer.stop()
  })

  test('seals what is new when it is stopped, and a start soon after waits for its minute', async () => {
    const { anchor, sizes } = remembering()
    await using at = await openSealed({ anchors: [anchor] })
    await at.write(2)
    await at.seal()
    expect(sizes.at(-1)).toBe(2)
    const sealer = at.sealer()
    await sealer.start()
    await at.write(1)
    await at.clock.advance(MINUTE - 1)
    expect(sizes.at(-1)).toBe(2)
    await at.clock.advance(1)
    expect(sizes.at(-1)).toBe(5)
    await sealer.stop()
  })

  test('reads in a thread of its own just the same', async () => {
    await using at = await openSealed({ readUnsealed: (dbPath) => readInThread({ dbPath }) })
    await at.write(1_100)
    await at.seal()
    await at.write(10)
    await at.seal()
    expect(at.errors).toEqual([])
    expect(anchored(at).map(({ size }) => size)).toEqual([1_100, 1_112])
  })

  test('ends early when it is stopped amid much, and signs what it got to', async () => {
    await using at = await openSealed()
    await at.write(2_000)
    const { commit } = at.store
    at.store.commit = async (change) => {
      const outcome = await commit(change)
      if (change.sealed) await at.clock.advance(2_000)
      return outcome
    }
    await at.seal()
    expect(lastOf(at)?.size).toBe(1_024)
    at.store.commit = commit
    await at.seal()
    expect(lastOf(at)?.size).toBe(2_002)
    expect(at.errors).toEqual([])
  })
})

describe('anchors', () => {
  const broken: Anchor = { name: 'slack', atStop: true, put: () => Promise.reject(new Error('Slack is down')) }

  test('one that fails keeps nothing from the others, and gets the next checkpoint', async () => {
    const { anchor, sizes } = remembering()
    await using at = await openSealed({ anchors: [broken, anchor] })
    await at.write(4)
    await at.seal()
    await at.write(1)
    await at.seal()
    expect(sizes).toEqual([4, 7])
    expect(at.errors.map(String)).toEqual(['Error: Slack is down', 'Error: Slack is down'])
    const kept = rowsOf(at).entries.filter(({ kind }) => kind === 'checkpoint.anchored')
    expect(kept.map(({ bytes }) => JSON.parse(bytes).facts)).toEqual([
      { anchor: 'memory', size: 4 },
      { anchor: 'memory', size: 7 },
    ])
  })

  test('a slow one is not waited for when Purser ends', async () => {
    const { anchor, sizes } = remembering()
    await using at = await openSealed({ anchors: [{ ...anchor, atStop: false }] })
    await at.write(1)
    await at.seal()
    expect(sizes).toEqual([])
  })

  test('a checkpoint leaves for its anchors when it is stored, and not before', async () => {
    const stored: (number | undefined)[] = []
    const anchor: Anchor = {
      name: 'file',
      atStop: true,
      put: async ({ size }) => void stored.push(size, (await at.store.latestCheckpoint())?.size),
    }
    await using at = await openSealed({ anchors: [anchor] })
    await at.write(3)
    await at.seal()
    expect(stored).toEqual([3, 3])
  })

  test('a checkpoint counts as anchored in a file only when it is forced to disk', async () => {
    await using at = await openSealed()
    await at.write(1)
    await at.seal()
    const [checkpoint] = findCheckpoints(readFileSync(at.anchorFile, 'utf8'))
    if (!checkpoint) throw new Error('no checkpoint')
    const handle = await open(at.anchorFile)
    const failing = vi.spyOn(Object.getPrototypeOf(handle) as FileHandle, 'sync')
    failing.mockRejectedValue(new Error('the disk fails'))
    try {
      const put = fileAnchor(at.anchorFile).put(checkpoint, new AbortController().signal)
      await expect(put).rejects.toThrow('the disk fails')
    } finally {
      failing.mockRestore()
      await handle.close()
    }
  })

  test('a file that a crash left half written is still read, and the next checkpoint stands whole', async () => {
    await using at = await openSealed()
    await at.write(1)
    await at.seal()
    const whole = readFileSync(at.anchorFile, 'utf8')
    writeFileSync(at.anchorFile, `${whole}\n${whole.trim().slice(0, 60)}`)
    const [checkpoint] = findCheckpoints(whole)
    if (checkpoint) await fileAnchor(at.anchorFile).put(checkpoint, new AbortController().signal)
    expect(anchored(at).map(({ size }) => size)).toEqual([1, 1])
  })
})

describe('a ledger that was changed', () => {
  test('is not signed again: the sealer says so, each minute', async () => {
    await using at = await openSealed()
    await at.write(20)
    await at.seal()
    const db = new Database(at.path)
    db.exec('DROP TRIGGER leaves_are_not_changed')
    db.prepare('UPDATE leaves SET hash = ? WHERE leaf = 7').run(leafHash('forged'))
    db.close()
    await at.write(1)
    await at.seal()
    await at.seal()
    expect(anchored(at).map(({ size }) => size)).toEqual([20])
    expect(at.errors.map(String)).toEqual([
      expect.stringContaining('Somebody changed the ledger: its tree does not agree with its newest checkpoint'),
      expect.stringContaining('No further checkpoint is signed'),
    ])
  })

  test('cannot have its leaves and checkpoints changed through Purser’s own connection', async () => {
    await using at = await openSealed()
    await at.write(1)
    await at.seal()
    const entry = await at.store.entries({ team: TEAM }, null, 1)
    const again = { leaf: 0, entryRow: 9, entry: entry[0]?.core.id ?? ('' as never), hash: leafHash('x') }
    const sealed = { leaves: [again], nodes: [] }
    await expect(at.store.commit({ at: 0, entries: [], sealed })).rejects.toThrow('UNIQUE')
    const db = new Database(at.path)
    db.pragma('recursive_triggers = ON')
    const attacks = [
      "UPDATE leaves SET entry = 'x'",
      'DELETE FROM leaves',
      "INSERT OR REPLACE INTO leaves VALUES (0, 1, 'x', x'00')",
      'UPDATE checkpoints SET at = 0',
      'DELETE FROM checkpoints',
      "INSERT OR REPLACE INTO checkpoints VALUES (1, 0, 'x')",
    ]
    for (const sql of attacks) expect(() => db.exec(sql), sql).toThrow('append-only')
    db.close()
  })
})
