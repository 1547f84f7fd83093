import type { Store } from '../../db/store.ts'
import type { EntryCore, StoredEntry } from '../../src/domain/entry.ts'

/** Tries are over by then; a longer look would read entries of too many others. */
const APART_MS = 10 * 60_000
const MOST_READ = 2_000

/** The answer to what was sent, or what was sent before an answer: the other entry of the same try. */
export async function counterpartOf(
  store: Pick<Store, 'callsOf' | 'entries'>,
  core: EntryCore,
): Promise<StoredEntry | null> {
  if (core.call === undefined) return null
  const calls = core.run ? await store.callsOf(core.run) : await callsAround(store, core)
  const isOther = (each: EntryCore): boolean =>
    each.call === core.call && each.try === core.try && each.kind !== core.kind
  return calls.find((each) => isOther(each.core)) ?? null
}

/** Calls that belong to no run are found by their time: the answer is behind the request, the request before it. */
async function callsAround(store: Pick<Store, 'entries'>, core: EntryCore): Promise<StoredEntry[]> {
  const isRequest = core.kind === 'call.intended'
  const filter = {
    team: core.team,
    kinds: isRequest ? ['call.answered', 'call.unanswered'] : ['call.intended'],
    since: core.at - (isRequest ? 0 : APART_MS),
    until: core.at + (isRequest ? APART_MS : 1),
    ...(core.service === undefined ? {} : { services: [core.service] }),
  }
  return await store.entries(filter, null, MOST_READ)
}
