import type Database from 'better-sqlite3'
import type { SealedBody } from '../../domain/entry.ts'
import type { EntryId } from '../../domain/ids.ts'
import type { SubjectKeys } from '../../secrets/subject-keys.ts'
import { EntryStream } from './entry-stream.ts'
import type { PageRequest, RawPage } from './messages.ts'
import { newestFirst } from './newest-first.ts'
import { planStreams } from './plan-streams.ts'

interface Ports {
  db: Database.Database
  keys: Pick<SubjectKeys, 'open'>
  /** Milliseconds on a clock that never jumps. */
  elapsed: () => number
}

/** Bodies that one page decrypts at most, in search of a text. */
const MOST_OPENED = 5_000
/** Above every id: they consist of hexadecimal digits. */
const ABOVE_ALL = 'g'

/** One page of the ledger, newest first: full, or the last, or what was found when the time ran out. */
export function readPage({ db, keys, elapsed }: Ports, request: PageRequest): RawPage {
  const { filter, before, limit } = request
  const until = filter.until === undefined ? ABOVE_ALL : firstIdAt(filter.until)
  const bounds = {
    from: before !== null && before < until ? before : until,
    floor: filter.since === undefined ? '' : firstIdAt(filter.since),
  }
  const deadline = elapsed() + request.withinMs
  const kept: string[] = []
  const inTime = (): boolean => elapsed() < deadline
  const ids = newestFirst(
    planStreams(db, filter).map((plan) => new EntryStream(db, plan, bounds)),
    () => kept.length < limit && inTime(),
  )

  const bytesOf = db.prepare<[EntryId], string>('SELECT bytes FROM entries WHERE id = ?').pluck()
  const holdsText = request.text === null ? () => true : textSearch(keys, request.text)
  let last: EntryId | null = null
  let opened = 0
  for (let step = ids.next(); ; step = ids.next()) {
    if (step.done) return { entries: kept, next: step.value, complete: step.value === null || kept.length === limit }
    if (kept.length === limit) return { entries: kept, next: last, complete: true }
    if (request.text !== null && opened > 0 && (opened >= MOST_OPENED || !inTime())) {
      return { entries: kept, next: last, complete: false }
    }
    last = step.value
    opened += 1
    const bytes = bytesOf.get(last)
    if (bytes !== undefined && holdsText(bytes)) kept.push(bytes)
  }
}

/** Looks into bodies; one that was erased, or does not open, holds nothing that could be found. */
function textSearch(keys: Pick<SubjectKeys, 'open'>, text: string): (bytes: string) => boolean {
  const wanted = JSON.stringify(text).slice(1, -1).toLowerCase()
  return (bytes) => {
    const { body } = JSON.parse(bytes) as { body?: SealedBody }
    if (!body) return false
    try {
      const opened = keys.open(body)
      return opened !== null && Buffer.from(opened).toString().toLowerCase().includes(wanted)
    } catch {
      return false
    }
  }
}

/** Ids begin with their time, so that a time is a place among them. */
export function firstIdAt(ms: number): string {
  const hex = Math.max(0, Math.floor(ms)).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}`
}
