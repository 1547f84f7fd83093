import type { Person } from '../../src/domain/actor.ts'
import { type Asked, drawContext, type HandlerPorts } from '../../src/slack/handler.ts'
import { type About, nobody } from '../../src/slack/surface.ts'
import { type AuditPage, auditPage, badAuditQuery, ENTRIES_A_PAGE } from '../../views/answers/audit-page.ts'
import { buttonForgotten } from '../../views/answers/private.ts'
import type { AuditRef } from '../../views/references.ts'
import { type Answer, tell } from '../answer.ts'
import { permitSomewhere } from '../permit.ts'
import { exportLedger } from './export-ledger.ts'
import { learnActors } from './learn-actors.ts'
import { outlinesOf } from './outlines-of.ts'
import { type LedgerQuery, leavesOutLooks, readLedgerQuery } from './read-query.ts'
import { readableBy } from './readable.ts'
import { MOST_SUBJECTS, recordReading } from './record-reading.ts'

/** Shows a page of the ledger, or sends all of it, to whoever may read it; the reading is an entry itself. `ref` is null when a button named none. */
export async function showLedger(
  ports: HandlerPorts,
  asked: Asked,
  { ref, replace }: { ref: AuditRef | null; replace: boolean },
): Promise<void> {
  if (ref === null) return await tell(ports, asked, { drawing: buttonForgotten(), about: nobody(asked.team) })
  const permitted = await permitSomewhere(ports, asked, 'audit')
  if (!permitted.ok) return await tell(ports, asked, permitted.answer)
  const read = await readLedgerQuery(ports, permitted.found, ref.query)
  if (!read.ok) {
    return await tell(ports, asked, { drawing: badAuditQuery(read.mistake), about: nobody(asked.team) })
  }
  const { query } = read
  if (query.export) return await exportLedger(ports, asked, { query, format: query.export })
  const { drawing, about } = await ledgerPage(ports, permitted.found, { query, before: ref.before })
  await ports.surface.whisper(asked.place, drawing, { replace, about })
}

/** A page of entries, newest first. */
async function ledgerPage(
  ports: HandlerPorts,
  person: Person,
  { query, before }: { query: LedgerQuery; before: AuditRef['before'] },
): Promise<Answer> {
  const { filter, text, typed, subjects } = query
  const page = await ports.audit.page({ filter, text, before, limit: ENTRIES_A_PAGE })
  const readable = await readableBy(ports, person)(page.entries)
  const asker = { team: person.team, user: person.user, homeTeam: null }
  const facts = { entries: readable.length, complete: page.complete, older: before !== null }
  await recordReading(ports, asker, { subjects, facts, query: typed })
  const entries = readable.map(({ core }) => core)
  await learnActors(ports, entries)
  const drawing = auditPage(
    {
      query: typed,
      entries,
      outlines: await outlinesOf(ports, entries),
      before,
      next: page.next,
      complete: page.complete,
      leavesOutLooks: leavesOutLooks(filter),
      paintingLeftOut: before === null ? await paintingLeftOut(ports, person, query) : null,
    },
    drawContext(ports),
  )
  return { drawing, about: aboutQuery(person, query) }
}

/** A page repeats the query, and with it whom it names; entries themselves hold no names. */
const aboutQuery = ({ team }: Person, { subjects }: LedgerQuery): About => ({
  ...nobody(team),
  subjects: subjects.slice(0, MOST_SUBJECTS),
})

/** Counted up to this. */
const MOST_PAINTING = 300

/** How much of what matches is left out, as it only says that Purser showed its own cards; null when nothing is. */
async function paintingLeftOut(
  ports: HandlerPorts,
  person: Person,
  { filter, text }: LedgerQuery,
): Promise<AuditPage['paintingLeftOut']> {
  if (filter.painting !== false) return null
  const of = { filter: { ...filter, painting: true }, text, before: null, limit: MOST_PAINTING }
  const { entries, next, complete } = await ports.audit.page(of)
  const calls = (await readableBy(ports, person)(entries)).length
  return calls === 0 && complete ? null : { entries: calls, isAll: next === null && complete }
}
