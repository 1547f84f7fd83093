import type { Person } from '../../src/domain/actor.ts'
import type { StoredEntry } from '../../src/domain/entry.ts'
import type { EntryId, SubjectId } from '../../src/domain/ids.ts'
import { csvHeader, csvRecords, type ExportedEntry, jsonLines } from '../../src/ledger/export-entries.ts'
import type { Asked, HandlerPorts } from '../../src/slack/handler.ts'
import { nobody } from '../../src/slack/surface.ts'
import { exportBegun, exportComment, exportEmpty, exportSent } from '../../views/answers/audit-exported.ts'
import { tell } from '../answer.ts'
import { permitSomewhere } from '../permit.ts'
import { type LedgerQuery, leavesOutLooks } from './read-query.ts'
import { readableBy } from './readable.ts'
import { recordReading } from './record-reading.ts'

type Format = NonNullable<LedgerQuery['export']>

const MOST_ENTRIES = 50_000
/** Characters of a file; it is put together in memory. */
const LARGEST = 40_000_000
const A_PAGE = 500
/** Pages that were cut short by time hold less than they might. */
const MOST_PAGES = 2_000

/** Sends the whole result of a query as a file into the asker's direct messages. */
export async function exportLedger(
  ports: HandlerPorts,
  asked: Asked,
  { query, format }: { query: LedgerQuery; format: Format },
): Promise<void> {
  const about = nobody(asked.team)
  const permitted = await permitSomewhere(ports, asked, 'audit-export')
  if (!permitted.ok) return await tell(ports, asked, permitted.answer)
  await tell(ports, asked, { drawing: exportBegun(), about })
  const file = await readWhole(ports, permitted.found, { query, format })
  const { entries, cut } = file
  const facts = { entries, complete: !cut, export: format }
  await recordReading(ports, asked, { subjects: query.subjects, facts, query: query.typed })
  if (entries === 0) return await tell(ports, asked, { drawing: exportEmpty(), about })
  const name = `ledger-${new Date(ports.clock.now()).toISOString().slice(0, 19).replace(/[:T]/g, '-')}.${format}`
  const comment = exportComment({ query: query.typed, entries, cut, leavesOutLooks: leavesOutLooks(query.filter) })
  await ports.surface.sendFile(asked, { name, title: name, bytes: Buffer.from(file.text), comment })
  await tell(ports, asked, { drawing: exportSent({ entries, cut }), about })
}

interface Whole {
  text: string
  entries: number
  /** There was more. */
  cut: boolean
}

async function readWhole(
  ports: HandlerPorts,
  person: Person,
  { query, format }: { query: LedgerQuery; format: Format },
): Promise<Whole> {
  const readable = readableBy(ports, person)
  const parts = format === 'csv' ? [csvHeader()] : []
  let size = 0
  let entries = 0
  let before: EntryId | null = null
  for (let page = 0; page < MOST_PAGES; page++) {
    const limit = Math.min(A_PAGE, MOST_ENTRIES - entries)
    const read = await ports.audit.page({ filter: query.filter, text: query.text, before, limit })
    const exported = await opened(ports, await readable(read.entries))
    const text = format === 'csv' ? csvRecords(exported) : jsonLines(exported)
    parts.push(text)
    size += text.length
    entries += exported.length
    before = read.next
    if (before === null) return { text: parts.join(''), entries, cut: false }
    if (entries >= MOST_ENTRIES || size >= LARGEST) break
  }
  return { text: parts.join(''), entries, cut: true }
}

/** Bodies opened, subjects by name. */
async function opened(
  { ledger, store }: Pick<HandlerPorts, 'ledger' | 'store'>,
  entries: readonly StoredEntry[],
): Promise<ExportedEntry[]> {
  const [first] = entries
  if (!first) return []
  const ids = [...new Set(entries.flatMap(({ core }) => core.subjects))]
  const subjects = await store.subjects(first.core.team, ids)
  const labels = new Map<SubjectId, string>(subjects.map(({ id, label }) => [id, label]))
  return entries.map((entry) => ({
    core: entry.core,
    body: ledger.open(entry),
    subjectLabels: entry.core.subjects.map((id) => labels.get(id) ?? id),
  }))
}
