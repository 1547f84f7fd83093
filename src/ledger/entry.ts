import { type EntryCore, type EntryDraft, EntryKind, type StoredEntry } from '../domain/entry.ts'
import type { SubjectKeys } from '../secrets/subject-keys.ts'
import { canonical } from './canonical.ts'

interface EntryParts {
  keys: Pick<SubjectKeys, 'seal' | 'fingerprint'>
  scrubText: (text: string) => string
}

const KINDS: ReadonlySet<string> = new Set(EntryKind.options)
const ADDRESS = /[^\s"@/]@[^\s"@/]|\w%40\w/

/** An entry from its draft: the body sealed for its subjects, or for the team where there are none. Throws TypeError. */
export function sealEntry(parts: EntryParts, draft: EntryDraft): StoredEntry {
  const { body, digest } = draft
  const owners = draft.subjects.length === 0 ? [draft.team] : draft.subjects
  check(draft)
  // A copy that is changed: eight times as fast as taking the draft apart and putting it together again.
  const core = { ...draft, v: 1 } as EntryCore
  if (digest !== undefined) {
    const kept = parts.keys.fingerprint(owners[0] ?? draft.team, digest)
    if (kept === null) delete core.digest
    else core.digest = kept
  }
  if (body !== undefined) core.body = parts.keys.seal(owners, Buffer.from(bodyText(parts, draft)))
  const bytes = canonical(core)
  refuseAddresses(core, bytes)
  return { core, bytes }
}

/** Calls come redacted, by their operation's rules; what people and parts of Purser say is scrubbed here. */
function bodyText({ scrubText }: EntryParts, { body, kind }: EntryDraft): string {
  const text = JSON.stringify(body)
  return kind.startsWith('call.') ? text : scrubText(text)
}

function check({ kind, at, duration, try: number }: EntryDraft): void {
  if (!KINDS.has(kind)) throw new TypeError(`The ledger has no entries of the kind ${kind}`)
  if (at < 0 || (duration !== undefined && duration < 0)) throw new TypeError(`An entry ${kind} lies before 1970`)
  if (number !== undefined && number < 1) throw new TypeError(`The tries of a call are counted from 1, not ${number}`)
}

/** The core is kept for good: an address in it could never be erased. Sealed bytes hold no `@` and no `%`. */
function refuseAddresses(core: EntryCore, bytes: string): void {
  if (!bytes.includes('@') && !bytes.includes('%40')) return
  const { body: _sealed, ...open } = core
  const places = Object.entries(open).filter(([, value]) => ADDRESS.test(JSON.stringify(value)))
  if (places.length === 0) return
  const names = places.map(([name]) => name).join(', ')
  throw new TypeError(`An entry ${core.kind} would keep an address for good, in ${names}: it belongs into the body`)
}
