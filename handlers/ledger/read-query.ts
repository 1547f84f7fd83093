import type { EntryFilter } from '../../db/store.ts'
import type { Person } from '../../src/domain/actor.ts'
import type { SubjectId } from '../../src/domain/ids.ts'
import { type AuditQuery, parseAuditQuery } from '../../src/ledger/audit-query.ts'
import type { HandlerPorts } from '../../src/slack/handler.ts'
import type { AuditMistake } from '../../views/answers/audit-page.ts'

/** A query ready for the ledger. */
export interface LedgerQuery {
  /** As typed. */
  typed: string
  filter: EntryFilter
  text: string | null
  export: AuditQuery['export']
  /** Whom its words mean; none when it has no words. */
  subjects: readonly SubjectId[]
}

const MOST_SUBJECTS = 100

/** Reads a query and looks up whom it names; a mistake comes with its place. */
export async function readLedgerQuery(
  ports: Pick<HandlerPorts, 'store' | 'clock' | 'services'>,
  person: Person,
  typed: string,
): Promise<{ ok: true; query: LedgerQuery } | { ok: false; mistake: AuditMistake }> {
  const services = [...new Set([...ports.services.keys(), 'slack'])]
  const read = parseAuditQuery(typed, { now: ports.clock.now(), timeZone: person.timeZone, services })
  if (!read.ok) return { ok: false, mistake: { ...read, query: typed } }
  const { words, filter, actor, text, export: format } = read.query
  const acted = actor === null ? null : actorOf(actor, person)
  if (actor !== null && acted === null) return { ok: false, mistake: unknownActor(typed, actor) }
  const subjects = words.length === 0 ? [] : await ports.store.findSubjects(person.team, words, MOST_SUBJECTS)
  const ids = subjects.map(({ id }) => id)
  return {
    ok: true,
    query: {
      typed,
      text,
      export: format,
      subjects: ids,
      filter: {
        ...filter,
        team: person.team,
        ...(words.length === 0 ? {} : { subjects: ids }),
        ...(acted === null ? {} : { actor: acted }),
      },
    },
  }
}

/** An actor as entries keep it; names are not in the ledger, so that people have to be mentioned. */
function actorOf(actor: string, { team, user }: Person): string | null {
  if (actor === 'me') return `slack:${team}/${user}`
  if (/^purser:[a-z]+$/.test(actor)) return actor
  return /^[UW][A-Z0-9]{2,}$/.test(actor) ? `slack:${team}/${actor}` : null
}

function unknownActor(query: string, actor: string): AuditMistake {
  const at = Math.max(0, query.toLowerCase().indexOf('actor:'))
  return {
    query,
    at,
    length: Math.min('actor:'.length + actor.length, query.length - at),
    message: `“${actor}” is nobody that the ledger knows: type @ and choose the person from Slack’s list, or write me`,
    example: 'actor:me since:7d',
  }
}
