import type { KeyObject } from 'node:crypto'
import { openKeyFileToRead } from './key-file.ts'
import { openBody } from './open-body.ts'
import { OwnerKeys } from './owner-keys.ts'
import type { SubjectKeys } from './subject-keys.ts'

/** Opens bodies beside the process that writes the keys; what is erased there is closed here at once. */
export function readSubjectKeys(path: string, masterKey: KeyObject): Pick<SubjectKeys, 'open' | 'close'> {
  const db = openKeyFileToRead(path, masterKey)
  const owners = new OwnerKeys(db, masterKey)
  return {
    open(sealed) {
      owners.followErasures()
      return openBody(owners, sealed)
    },
    close: () => void db.close(),
  }
}
