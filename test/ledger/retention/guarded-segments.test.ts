import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { lossyDisk } from '../../support/lossy-disk.ts'
import { openSealed } from '../seal/open-sealed.ts'
import { archiveAll, archived, folderOf, verdictOn, withDb } from './open-archive.ts'

test('the id of an entry in a segment is held against its leaf and its bytes', async () => {
  await using at = await archived()
  const path = join(folderOf(at), 'segment-000000000100-000000000199.jsonl.gz')
  const kept = readFileSync(path)
  const [id, other] = withDb(at.path, (db) =>
    db.prepare<[], string>('SELECT entry FROM leaves WHERE leaf IN (142, 143) ORDER BY leaf').pluck().all(),
  )
  const says = expect.stringContaining('its id is not the one in its segment')
  const label = gunzipSync(kept).toString().replace(`"id":"${id}"`, `"id":"${other}"`)
  writeFileSync(path, gzipSync(label))
  expect(verdictOn(at).findings).toMatchObject([{ leaf: 142, says }])
  writeFileSync(path, kept)
  withDb(at.path, (db) => {
    const guards = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all()
    for (const name of guards) db.exec(`DROP TRIGGER ${name}`)
    db.prepare('UPDATE leaves SET entry = ? WHERE leaf = 142').run(other)
  })
  expect(verdictOn(at).findings).toMatchObject([{ leaf: 142, says }])
  // Both agree, and the bytes do not.
  writeFileSync(path, gzipSync(label))
  expect(verdictOn(at).findings).toMatchObject([{ leaf: 142, says }])
})

test('a loss of power takes nothing of a segment whose entries have left the database', async () => {
  const lost = async (syncs: boolean) => {
    await using at = await openSealed()
    using disk = lossyDisk(folderOf(at), { syncs })
    await archiveAll(at)
    return { taken: disk.losePower(), verdict: verdictOn(at) }
  }
  expect(await lost(true)).toMatchObject({ taken: 0, verdict: { wrong: 0, archived: 200 } })
  // On a disk that syncs nothing the same is lost: both files, and both their names.
  expect(await lost(false)).toMatchObject({ taken: 4, verdict: { wrong: 2 } })
})
