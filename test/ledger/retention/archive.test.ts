import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { verifierKeyText } from '../../../src/ledger/checkpoint-key.ts'
import { archiveInThread } from '../../../src/ledger/retention/archive-in-thread.ts'
import { createArchivist } from '../../../src/ledger/retention/create-archivist.ts'
import { exportLines, proofLines, rangeOfTime } from '../../../src/ledger/verify/export-ledger.ts'
import { sampleChanges } from '../../support/sample-changes.ts'
import { JANE, TEAM } from '../sample-drafts.ts'
import { openSealed } from '../seal/open-sealed.ts'
import {
  archived,
  archivistOf,
  DAYS,
  folderOf,
  idsInDatabase,
  inHundreds,
  KEEP_DAYS,
  verdictOn,
  withDb,
} from './open-archive.ts'

const VERIFIER = fileURLToPath(new URL('../../../verify/verify.mjs', import.meta.url))
test('what is older than the rules keep it leaves the database for files, and the whole ledger still verifies', async () => {
  await using at = await archived()
  expect(readdirSync(folderOf(at))).toEqual([
    'segment-000000000000-000000000099.jsonl.gz',
    'segment-000000000100-000000000199.jsonl.gz',
  ])
  expect(await at.store.segments()).toMatchObject([
    { fromLeaf: 0, toLeaf: 100, firstRow: 1, lastRow: 100 },
    { fromLeaf: 100, toLeaf: 200, firstRow: 101, lastRow: 200 },
  ])
  const left = withDb(at.path, (db) => db.prepare<[], number>('SELECT count(*) FROM entries').pluck().get())
  // Fifty that wait for a whole segment, the entries of checkpoints, and one for each segment.
  expect(left).toBeLessThan(60)
  expect(verdictOn(at)).toMatchObject({ wrong: 0, archived: 200 })
})

test('what does not stand in its segment as it was sealed leaves no entry out of the database', async () => {
  await using at = await openSealed()
  await at.write(250)
  await at.seal()
  await at.clock.advance(10 * DAYS)
  withDb(at.path, (db) => {
    const guards = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all()
    for (const name of guards) db.exec(`DROP TRIGGER ${name}`)
    db.exec("UPDATE entries SET bytes = bytes || ' ' WHERE rowid = 42")
  })
  const before = idsInDatabase(at)
  await archivistOf(at).pass()
  expect(at.errors).toHaveLength(1)
  expect(String(at.errors[0])).toContain('Leaf 41')
  expect(idsInDatabase(at)).toEqual(before)
  expect(await at.store.segments()).toEqual([])
})

test('a segment verifies by itself, and so do exports and proofs that reach into segments', async () => {
  await using at = await archived()
  const key = verifierKeyText(at.key)
  const audit = (file: string): { code: number | null; says: string } => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [VERIFIER, file, key], { encoding: 'utf8' })
    return { code: status, says: stdout + stderr }
  }
  for (const file of readdirSync(folderOf(at))) {
    const { code, says } = audit(join(folderOf(at), file))
    expect({ code, says }).toMatchObject({ code: 0, says: expect.stringContaining('100 entries') })
  }
  const whole = join(at.folder, 'whole.jsonl')
  const proof = join(at.folder, 'proof.jsonl')
  withDb(at.path, (db) => {
    const range = rangeOfTime(db, null, null)
    expect(range.from).toBe(0)
    writeFileSync(whole, [...exportLines({ db, range, against: [], segments: folderOf(at) })].join(''))
    writeFileSync(proof, [...proofLines({ db, leaf: 42, against: [], segments: folderOf(at) })].join(''))
  })
  expect(audit(whole)).toMatchObject({ code: 0 })
  expect(audit(proof)).toMatchObject({ code: 0 })

  const damaged = join(at.folder, 'damaged.jsonl.gz')
  const [first = ''] = readdirSync(folderOf(at))
  writeFileSync(damaged, readFileSync(join(folderOf(at), first)).subarray(0, 900))
  expect(audit(damaged)).toMatchObject({ code: 2, says: expect.stringContaining('cut or damaged') })
})

test('a segment that was changed, cut or taken away is found and named', async () => {
  await using at = await archived()
  const path = join(folderOf(at), 'segment-000000000100-000000000199.jsonl.gz')
  const kept = readFileSync(path)
  const text = gunzipSync(kept).toString()
  const lines = text.split('\n')
  const place = lines.findIndex((line) => line.startsWith('{"leaf":142,'))
  const attacks: [string, () => void, RegExp][] = [
    [
      'one entry',
      () =>
        writeFileSync(
          path,
          gzipSync(
            lines
              .map((l, i) => (i === place ? l.replace('U0', 'U1').replace('click.received', 'click.deceived') : l))
              .join('\n'),
          ),
        ),
      /leaf 142|changed in its segment/,
    ],
    [
      'one line taken out',
      () => writeFileSync(path, gzipSync(lines.toSpliced(place, 1).join('\n'))),
      /missing in its segment/,
    ],
    ['cut', () => writeFileSync(path, kept.subarray(0, 500)), /cannot be read/],
    ['moved away', () => renameSync(path, `${path}.away`), /is not there/],
  ]
  for (const [what, attack, says] of attacks) {
    attack()
    const { wrong, findings } = verdictOn(at)
    expect([what, wrong, findings[0]?.says]).toEqual([what, 1, expect.stringMatching(says)])
    expect(findings[0]?.leaf).toBe(what === 'cut' || what === 'moved away' ? 100 : 142)
    writeFileSync(path, kept)
  }
  expect(verdictOn(at).wrong).toBe(0)
  expect(verdictOn(at, null).wrong).toBe(2)
})

test('nothing but what a segment holds can be removed, and what it says of itself cannot be changed', async () => {
  await using at = await archived()
  withDb(at.path, (db) => {
    const last = db.prepare<[], number>('SELECT max(rowid) FROM entries').pluck().get() ?? 0
    expect(() => db.prepare('DELETE FROM entries WHERE rowid = ?').run(last)).toThrow(/append-only/)
    expect(() => db.prepare('DELETE FROM entry_subjects').run()).toThrow(/append-only/)
    expect(() => db.prepare('DELETE FROM segments').run()).toThrow(/append-only/)
    expect(() => db.prepare('UPDATE segments SET last_row = 999').run()).toThrow(/append-only/)
  })
})

test('entries of a run that has not ended stay where the engine finds them, and follow when it ends', async () => {
  await using at = await openSealed()
  const sample = sampleChanges(at.clock, at.ids)
  const run = sample.run({ subject: JANE })
  const call = sample.entry({ run: run.id, subjects: [JANE], kind: 'call.intended' })
  await at.store.commit(sample.start(run, { entries: [call] }))
  await at.write(120)
  await at.seal()
  await at.clock.advance(10 * DAYS)
  const archivist = archivistOf(at)
  const passed = async (): Promise<void> => {
    const pass = archivist.pass()
    await at.clock.advance(1_000)
    await pass
  }
  await passed()
  expect(await at.store.callsOf(run.id)).toHaveLength(1)
  expect(idsInDatabase(at)[0]).toBe(call.core.id)
  expect(verdictOn(at)).toMatchObject({ wrong: 0, archived: 100 })

  await at.store.commit(sample.update({ ...run, status: 'succeeded', endedAt: at.clock.now() }, run.version))
  await passed()
  expect(await at.store.callsOf(run.id)).toEqual([])
  expect(verdictOn(at)).toMatchObject({ wrong: 0 })
})

test('a pass that was cut off at any moment is taken up by the next, and loses nothing', async () => {
  await using at = await openSealed()
  await at.write(250)
  await at.seal()
  await at.clock.advance(10 * DAYS)
  let cuts = 0
  const cut = (): never => {
    cuts += 1
    throw new Error('the process ended here')
  }
  // The file is written, and not recorded.
  const written = await inHundreds(at)({ folder: folderOf(at), now: at.clock.now(), olderThan: at.clock.now() })
  expect(written).not.toBeNull()
  expect(verdictOn(at)).toMatchObject({ wrong: 0, archived: 0 })
  // Recorded, and nothing removed.
  const half = createArchivist({
    store: {
      commit: (change) => at.store.commit(change),
      removeArchived: async (limit) =>
        cuts > 0 ? cut() : (await at.store.segments()).length > 0 ? cut() : at.store.removeArchived(limit),
    },
    ledger: at.ledger,
    ids: at.ids,
    team: TEAM,
    clock: at.clock,
    folder: folderOf(at),
    archive: inHundreds(at),
    keepDays: () => KEEP_DAYS,
    onError: () => undefined,
  })
  await half.pass()
  expect(cuts).toBe(1)
  expect(verdictOn(at)).toMatchObject({ wrong: 0, archived: 100 })
  // Some removed.
  expect(await at.store.removeArchived(33)).toBe(33)
  expect(verdictOn(at)).toMatchObject({ wrong: 0, archived: 100 })

  const pass = archivistOf(at).pass()
  await at.clock.advance(1_000)
  await pass
  expect(at.errors).toEqual([])
  expect(verdictOn(at)).toMatchObject({ wrong: 0, archived: 200 })
})

test('nothing young is archived, nor what no checkpoint covers yet', async () => {
  await using at = await openSealed()
  await at.write(150)
  const young = async (olderThan: number) =>
    await inHundreds(at)({ folder: folderOf(at), now: at.clock.now(), olderThan })
  expect(await young(Number.MAX_SAFE_INTEGER / 1000)).toBeNull()
  await at.seal()
  expect(await young(0)).toBeNull()
  expect(existsSync(folderOf(at))).toBe(false)
})

test('the thread archives as the code does here', async () => {
  await using at = await openSealed()
  await at.write(30)
  await at.seal()
  const copy = join(at.folder, 'copy.db')
  withDb(at.path, (db) => db.pragma('wal_checkpoint(TRUNCATE)'))
  copyFileSync(at.path, copy)
  const olderThan = at.clock.now() + 100 * DAYS
  const segment = await archiveInThread(copy)({ folder: folderOf(at), now: 1, olderThan })
  expect(segment).toMatchObject({ fromLeaf: 0, file: 'segment-000000000000-000000000029.jsonl.gz', at: 1 })
})
