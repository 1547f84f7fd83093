import type { Store } from '../../db/store.ts'
import type { EntryCore } from '../domain/entry.ts'
import type { TeamId } from '../domain/ids.ts'

/** For so long people know of a cause that they were told of, in milliseconds. */
const KNOWN_FOR_MS = 900_000
const MOST_ENTRIES = 2_000

export interface ToldLately {
  /** When messages about alerts left, oldest first, in milliseconds since 1970. */
  messages: readonly number[]
  causes: ReadonlySet<string>
  /** The keys of mails that were not refused: also one that a crash cut off may have reached people. */
  begun: ReadonlySet<string>
}

/** What went out in the last minutes, by the ledger: a restart, or many, change nothing about it. */
export async function toldLately({
  store,
  team,
  now,
}: {
  store: Store
  team: TeamId
  now: number
}): Promise<ToldLately> {
  const since = now - KNOWN_FOR_MS
  const of = async (kind: string): Promise<EntryCore[]> => {
    const found = await store.entries({ team, kinds: [kind], since }, null, MOST_ENTRIES)
    // What is said to come later was written before the clock was set back.
    return found.map(({ core }) => core).filter(({ at }) => at <= now)
  }
  const [told, intended, refused] = await Promise.all([of('alert.told'), of('mail.intended'), of('mail.refused')])
  const alertMails = intended.filter(({ key }) => !key?.endsWith('/end'))
  const failed = refused.map(({ key }) => key)
  const left = alertMails.filter(({ key }) => {
    const at = failed.indexOf(key)
    if (at >= 0) failed.splice(at, 1)
    return at < 0
  })
  const mailed = new Set(left.map(({ key }) => key))
  const paged = new Map(told.filter(({ key }) => !mailed.has(key)).map(({ key, at }) => [key, at]))
  return {
    messages: [...left.map(({ at }) => at), ...paged.values()].sort((a, b) => a - b),
    causes: new Set(told.flatMap(({ facts }) => (typeof facts?.cause === 'string' ? [facts.cause] : []))),
    begun: new Set(left.flatMap(({ key }) => key ?? [])),
  }
}
