import type { EntryFilter } from '../../db/store.ts'
import type { Person } from '../../src/domain/actor.ts'
import type { SubjectId } from '../../src/domain/ids.ts'
import { type AuditQuery, parseAuditQuery } from '../../src/ledger/audit-query.ts'
import type { Directory } from '../../src/slack/directory.ts'
import type { HandlerPorts } from '../../src/slack/handler.ts'
import type { AuditMistake } from '../../views/answers/audit-page.ts'
import { texts } from '../../views/texts/index.ts'

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

/** Whether what Purser's looks at services found well may be among what is left out: looks belong to no run and nobody. */
export const leavesOutLooks = ({ looks, run, subjects, step, kinds }: EntryFilter): boolean =>
  looks === false &&
  run === undefined &&
  subjects === undefined &&
  step === undefined &&
  (kinds ?? ['call']).some((kind) => kind.startsWith('call'))

/** Pages leave out how Purser showed its own cards, unless they are asked for; files hold everything. */
const isForPeople = ({ filter, actor, export: format }: AuditQuery): boolean =>
  format === null && actor === null && !filter.services && !filter.kinds

const MOST_SUBJECTS = 100

/** Reads a query and looks up whom it names; a mistake comes with its place. */
export async function readLedgerQuery(
  ports: Pick<HandlerPorts, 'store' | 'clock' | 'services' | 'directory'>,
  person: Person,
  typed: string,
): Promise<{ ok: true; query: LedgerQuery } | { ok: false; mistake: AuditMistake }> {
  const services = [...new Set([...ports.services.keys(), 'slack'])]
  const read = parseAuditQuery(typed, { now: ports.clock.now(), timeZone: person.timeZone, services })
  if (!read.ok) return { ok: false, mistake: { ...read, query: typed } }
  const { words, filter, actor, text, export: format } = read.query
  const acted = actor === null ? null : await actorOf(ports.directory, actor, person)
  if (actor !== null && acted?.length !== 1) {
    return { ok: false, mistake: unknownActor(typed, actor, acted?.length ?? 0) }
  }
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
        ...(acted?.[0] === undefined ? { looks: false } : { actor: acted[0] }),
        ...(isForPeople(read.query) ? { painting: false } : {}),
      },
    },
  }
}

/** Actors as entries keep them, which is by id; several where a name is not enough. */
async function actorOf(directory: Directory, actor: string, { team, user }: Person): Promise<string[]> {
  if (actor === 'me') return [`slack:${team}/${user}`]
  if (/^purser:[a-z]+$/.test(actor)) return [actor]
  const ids = /^[UW][A-Z0-9]{2,}$/.test(actor) ? [actor] : await directory.named(team, actor)
  return ids.map((id) => `slack:${team}/${id}`)
}

function unknownActor(query: string, actor: string, found: number): AuditMistake {
  const at = Math.max(0, query.toLowerCase().indexOf('actor:'))
  const { nobody, several, actorExample } = texts.ledgerQuestions
  return {
    query,
    at,
    length: Math.min('actor:'.length + actor.length, query.length - at),
    message: found === 0 ? nobody(actor) : several(actor, found),
    example: actorExample,
  }
}
