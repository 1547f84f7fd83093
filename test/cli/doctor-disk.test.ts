import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkAnchors } from '../../src/cli/doctor-anchors.ts'
import { checkSync, judgeSpace, judgeSyncs, judgeWal } from '../../src/cli/doctor-disk.ts'
import { checkDataFolder } from '../../src/cli/doctor-folder.ts'
import type { RulesFile } from '../../src/rules/schema.ts'
import { tempFolder } from '../support/temp-folder.ts'

const MB = 1024 ** 2
const rules = { channels: { alerts: { default: '#ops-alerts' } } } as unknown as Pick<RulesFile, 'channels'>

test('a disk with too little room is told with what it takes', () => {
  expect(judgeSpace(5_000 * MB)).toMatchObject({ verdict: 'ok', says: expect.stringContaining('5,000 MB') })
  expect(judgeSpace(400 * MB)).toMatchObject({ verdict: 'wrong', todo: expect.stringContaining('Make room') })
})

test('a disk that fails a sync is told, one that is slow too, and nothing is left in the folder', () => {
  using folder = tempFolder()
  let failed = 0
  const fails = (): never => {
    failed += 1
    throw Object.assign(new Error('EIO: i/o error, fsync'), { code: 'EIO' })
  }
  expect(checkSync(folder.path, fails)).toMatchObject({
    ...{ verdict: 'wrong', says: expect.stringContaining('EIO'), todo: expect.stringContaining('PURSER_DATA') },
  })
  expect(failed).toBe(1)
  expect(checkSync(folder.path, () => undefined)).toMatchObject({ verdict: 'ok' })
  expect(checkSync(join(folder.path, 'nowhere'))).toMatchObject({ verdict: 'wrong' })
  expect(readdirSync(folder.path)).toEqual([])
  expect(judgeSyncs([1, 2, 900])).toMatchObject({ verdict: 'ok' })
  expect(judgeSyncs([150, 200, 3])).toMatchObject({ verdict: 'note', says: expect.stringContaining('SSD') })
})

test('a database whose open writes are not tidied is told with how to find who keeps them', () => {
  using folder = tempFolder()
  expect(judgeWal(64 * MB).verdict).toBe('ok')
  writeFileSync(join(folder.path, 'purser.db-wal'), Buffer.alloc(65 * MB))
  const found = checkDataFolder(folder.path, {}).find(({ what }) => what === 'Open writes')
  expect(found).toMatchObject({
    verdict: 'wrong',
    says: expect.stringContaining('65 MB'),
    todo: expect.stringContaining('lsof'),
  })
})

test('anchors are told where they stand, and what is in their way', () => {
  using folder = tempFolder()
  const at = (file: string) => checkAnchors(folder.path, { PURSER_ANCHOR_FILE: file }, rules)
  const other = join(folder.path, 'other')
  expect(at(join(other, 'anchors.txt'))).toMatchObject([
    {
      verdict: 'wrong',
      says: expect.stringContaining('there is no folder'),
      todo: expect.stringContaining('PURSER_ANCHOR_FILE'),
    },
    { verdict: 'ok', says: 'in #ops-alerts, among the alerts' },
  ])
  mkdirSync(other)
  expect(at(join(other, 'anchors.txt'))).toMatchObject([{ verdict: 'ok' }, {}])
  expect(at('')).toMatchObject([{ verdict: 'note', says: expect.stringContaining('on another disk') }, {}])
})
