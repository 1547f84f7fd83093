import type { Store } from '../../db/store.ts'
import type { SubjectKeys } from '../secrets/subject-keys.ts'
import { sealEntry } from './entry.ts'
import type { Ledger } from './ledger.ts'

interface Options {
  keys: Pick<SubjectKeys, 'seal' | 'open' | 'fingerprint'>
  store: Pick<Store, 'commit'>
  clock: { now(): number }
  /** The redactor's: hides secrets in what is not a call. */
  scrubText: (text: string) => string
}

/** The ledger's making and opening of entries. */
export function createLedger({ keys, store, clock, scrubText }: Options): Ledger {
  const entry: Ledger['entry'] = (draft) => sealEntry({ keys, scrubText }, draft)
  return {
    entry,
    async record(drafts) {
      if (drafts.length === 0) return
      const outcome = await store.commit({ at: clock.now(), entries: drafts.map(entry) })
      if (outcome.kind !== 'committed') throw new Error(`The store did not take entries of the ledger: ${outcome.kind}`)
    },
    open({ core }) {
      if (core.body === undefined) return { kind: 'none' }
      const opened = keys.open(core.body)
      if (opened === null) return { kind: 'erased' }
      return { kind: 'open', body: JSON.parse(Buffer.from(opened).toString()) as Record<string, unknown> }
    },
  }
}
