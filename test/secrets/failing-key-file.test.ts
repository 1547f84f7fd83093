import { createSecretKey } from 'node:crypto'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { RetryLater } from '../../src/domain/errors.ts'
import { createSubjectKeys } from '../../src/secrets/create-subject-keys.ts'
import { failingSyncs } from '../support/failing-syncs.ts'
import { quickFolder } from '../support/temp-folder.ts'

const OWNER = 'sub_jane'
const MASTER_KEY = createSecretKey(Buffer.alloc(32, 7))

test('a sync that fails while keys are made is told at once, and whoever asked for the keys is not answered with them', async () => {
  using folder = quickFolder()
  const told: unknown[] = []
  const path = join(folder.path, 'keys.db')
  const clock = { now: () => 0 }
  const keys = createSubjectKeys({ path, masterKey: MASTER_KEY, clock, onDiskFailure: (error) => told.push(error) })
  {
    using syncs = failingSyncs(folder.path, () => 'dropped')
    await expect(keys.ensure([OWNER])).rejects.toMatchObject({ code: 'SQLITE_IOERR_FSYNC' })
    expect(syncs.struck()).toBe(1)
  }
  expect(told).toHaveLength(1)
  expect(() => keys.sealState(OWNER, Buffer.from('x'))).toThrow('There is no key')
  await keys.ensure([OWNER])
  expect(keys.openState(OWNER, keys.sealState(OWNER, Buffer.from('x')))).toEqual(Buffer.from('x'))
  keys.close()
})

test('a full disk while keys are made is an error that passes', async () => {
  using folder = quickFolder()
  const told: unknown[] = []
  const path = join(folder.path, 'keys.db')
  const clock = { now: () => 0 }
  const keys = createSubjectKeys({ path, masterKey: MASTER_KEY, clock, onDiskFailure: (error) => told.push(error) })
  {
    using _full = failingSyncs(folder.path, () => 'dropped', 'SQLITE_FULL')
    await expect(keys.ensure([OWNER])).rejects.toBeInstanceOf(RetryLater)
  }
  expect(told).toEqual([])
  await keys.ensure([OWNER])
  keys.close()
})
