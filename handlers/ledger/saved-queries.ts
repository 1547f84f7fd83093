import type { Asked, HandlerPorts } from '../../src/slack/handler.ts'
import { nobody } from '../../src/slack/surface.ts'
import { savedList } from '../../views/answers/audit-saved.ts'
import { texts } from '../../views/texts/index.ts'
import { tell } from '../answer.ts'
import { permitSomewhere } from '../permit.ts'

/** A person's saved queries: more would be no help to find one. */
const MOST_SAVED = 25
const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,39}$/u

interface Saved {
  name: string
  query: string
}

/** The queries that somebody saved, by name. */
export async function savedQueriesOf(ports: HandlerPorts, asked: Asked): Promise<Saved[]> {
  const rows = await ports.store.savedQueries(asked.team, asked.user)
  return rows.flatMap(({ name, sealed }) => {
    const bytes = ports.keys.openState(asked.team, sealed)
    return bytes ? [{ name, query: Buffer.from(bytes).toString() }] : []
  })
}

/** Lists what the asker saved, each with a button that runs it. */
export async function listSaved(ports: HandlerPorts, asked: Asked, replace = false): Promise<void> {
  const permitted = await permitSomewhere(ports, asked, 'audit')
  if (!permitted.ok) return await tell(ports, asked, permitted.answer)
  const drawing = savedList(await savedQueriesOf(ports, asked))
  await ports.surface.whisper(asked.place, drawing, { replace, about: nobody(asked.team) })
}

export type SaveAnswer = { ok: true } | { ok: false; message: string; hint: string }

/** Saves a query under a name; the same name again replaces it. */
export async function saveQuery(ports: HandlerPorts, asked: Asked, { name, query }: Saved): Promise<SaveAnswer> {
  const { noName, nameExample, nothingToSave, queryExample, tooMany, removeOne } = texts.ledgerQuestions
  if (!NAME.test(name)) return no(noName(name), nameExample)
  if (query.trim() === '') return no(nothingToSave, queryExample)
  const before = await ports.store.savedQueries(asked.team, asked.user)
  if (before.length >= MOST_SAVED && !before.some((each) => each.name === name)) {
    return no(tooMany(MOST_SAVED), removeOne)
  }
  const sealed = ports.keys.sealState(asked.team, Buffer.from(query))
  const saved = { team: asked.team, user: asked.user, name, sealed, at: ports.clock.now() }
  await ports.store.commit({ at: saved.at, entries: [], savedQuery: { kind: 'save', saved } })
  return { ok: true }
}

/** Forgets a saved query. */
export async function forgetQuery({ store, clock }: HandlerPorts, { team, user }: Asked, name: string): Promise<void> {
  await store.commit({ at: clock.now(), entries: [], savedQuery: { kind: 'forget', team, user, name } })
}

const no = (message: string, hint: string): SaveAnswer => ({ ok: false, message, hint })
