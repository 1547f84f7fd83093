import { actorText, PROBE } from './actor.ts'
import type { EntryCore } from './entry.ts'

/** The actor of looks at services, as entries keep it. */
export const LOOKER = actorText(PROBE)

/** What tells of nothing but that a service was well: what a look sent, and its answer. As SQL over an entry's columns. */
export const quietLook = (columns: string): string =>
  `(${columns}actor = '${LOOKER}' AND (${columns}kind = 'call.intended' OR coalesce(${columns}status BETWEEN 200 AND 299, 0)))`

/** The same of an entry at hand. */
export const isQuietLook = ({ actor, kind, status = 0 }: Pick<EntryCore, 'actor' | 'kind' | 'status'>): boolean =>
  actor === LOOKER && (kind === 'call.intended' || (status >= 200 && status < 300))
