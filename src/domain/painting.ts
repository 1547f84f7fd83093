import { actorText, PAINTER } from './actor.ts'

/** The actor of everything that Purser shows in Slack, as entries keep it. */
const SHOWER = actorText(PAINTER)

/** What tells of nothing but that Purser showed something in Slack: what it sent, and an answer that all was well. As SQL. */
export const quietPainting = (columns: string): string =>
  `(${columns}actor = '${SHOWER}' AND coalesce(${columns}service = 'slack', 0)
    AND (${columns}kind = 'call.intended' OR coalesce(${columns}status BETWEEN 200 AND 299, 0)))`
