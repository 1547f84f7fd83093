import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSubjectKeys } from '../../src/secrets/create-subject-keys.ts'
import type { SubjectKeys } from '../../src/secrets/subject-keys.ts'

export const JANE = '01980000-0000-7000-8000-00000000000a'
export const JOHN = '01980000-0000-7000-8000-00000000000b'
export const TEAM = 'T0ACME'

/** A folder for the keys of one test, and the keys in it; both gone at the end of its scope. */
export function keyFolder(): { folder: string; path: string; masterKey: KeyObject; open(): SubjectKeys } & Disposable {
  const folder = mkdtempSync(join(tmpdir(), 'purser-keys-'))
  const path = join(folder, 'keys.db')
  const masterKey = createSecretKey(randomBytes(32))
  const opened: SubjectKeys[] = []
  return {
    folder,
    path,
    masterKey,
    open() {
      const keys = createSubjectKeys({ path, masterKey, clock: { now: () => 1_760_000_000_000 } })
      opened.push(keys)
      return keys
    },
    [Symbol.dispose]() {
      for (const keys of opened) keys.close()
      rmSync(folder, { recursive: true })
    },
  }
}
