import canonicalize from 'canonicalize'
import type { Store } from '../../db/store.ts'
import { EntryCore, type EntryDraft, type StoredEntry } from '../../src/domain/entry.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import type { SubjectKeys } from '../../src/secrets/subject-keys.ts'

interface Ports {
  store: Store
  keys: SubjectKeys
  clock: { now(): number }
}

/** A ledger by the letter of its contract: sealed bodies, canonical bytes, one commit for what is recorded alone. */
export function testLedger({ store, keys, clock }: Ports): Ledger {
  const entry = ({ body, ...parts }: EntryDraft): StoredEntry => {
    const owners = parts.subjects.length > 0 ? parts.subjects : [parts.team]
    const sealed = body ? { body: keys.seal(owners, Buffer.from(JSON.stringify(body))) } : {}
    const core = EntryCore.parse({ v: 1, ...parts, ...sealed })
    return { core, bytes: canonicalize(core) ?? '' }
  }
  return {
    entry,
    async record(drafts) {
      await store.commit({ at: clock.now(), entries: drafts.map(entry) })
    },
    open({ core }) {
      if (!core.body) return { kind: 'none' }
      const bytes = keys.open(core.body)
      return bytes ? { kind: 'open', body: JSON.parse(Buffer.from(bytes).toString('utf8')) } : { kind: 'erased' }
    },
  }
}
