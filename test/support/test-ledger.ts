import type { Store } from '../../db/store.ts'
import { createLedger } from '../../src/ledger/create-ledger.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import type { SubjectKeys } from '../../src/secrets/subject-keys.ts'

/** The real ledger, with no secrets to hide. */
export function testLedger(ports: { store: Store; keys: SubjectKeys; clock: { now(): number } }): Ledger {
  return createLedger({ ...ports, scrubText: (text) => text })
}
