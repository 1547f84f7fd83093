import { createSecretKey } from 'node:crypto'
import { join } from 'node:path'
import { createSubjectKeys } from '../../src/secrets/create-subject-keys.ts'
import type { SubjectKeys } from '../../src/secrets/subject-keys.ts'
import { tempFolder } from './temp-folder.ts'

/** The real subject keys in a folder of their own, with a key for each of `owners`. */
export async function testKeys(clock: { now(): number }, owners: readonly string[] = []) {
  const folder = tempFolder()
  const keys: SubjectKeys = createSubjectKeys({
    path: join(folder.path, 'keys.db'),
    masterKey: createSecretKey(Buffer.alloc(32, 7)),
    clock,
  })
  await keys.ensure(owners)
  return {
    keys,
    [Symbol.dispose]() {
      keys.close()
      folder[Symbol.dispose]()
    },
  }
}
