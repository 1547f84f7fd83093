import { z } from 'zod'
import { Actor } from '../../src/domain/actor.ts'
import type { StoredEntry } from '../../src/domain/entry.ts'
import type { EntryId } from '../../src/domain/ids.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import type { Asked } from '../../src/slack/handler.ts'

const Place = z.object({ channel: z.string().nullable(), threadTs: z.string().nullable() })
const From = { place: Place.default({ channel: null, threadTs: null }), homeTeam: z.string().nullable().default(null) }
const Action = z.looseObject({
  action_id: z.string(),
  value: z.string().optional(),
  text: z.looseObject({ text: z.string() }).optional(),
})
const Question = { text: z.string(), channel: z.string(), ts: z.string(), thread: z.string().nullable().default(null) }

/** What was kept of something that somebody did, when it was acknowledged. */
const Kept = z.union([
  z.object({ ...From, action: Action }).transform((kept) => ({ ...kept, kind: 'click' as const })),
  z
    .object({ ...From, command: z.string(), text: z.string() })
    .transform((kept) => ({ ...kept, kind: 'command' as const })),
  z.object({ ...From, shortcut: z.string() }).transform((kept) => ({ ...kept, kind: 'shortcut' as const })),
  z.object({ ...From, ...Question }).transform((kept) => ({ ...kept, kind: 'question' as const })),
  z.object({ ...From, channel: z.string() }).transform((kept) => ({ ...kept, kind: 'invitation' as const })),
  // What cannot be read any more: that somebody did it is still known.
  z.unknown().transform(() => ({ place: { channel: null, threadTs: null }, homeTeam: null, kind: 'lost' as const })),
])
export type Kept = z.infer<typeof Kept>

/** What somebody did, who it was, and when. */
export interface LeftOver {
  kept: Kept
  asked: Asked
  /** The one that says so. */
  entry: EntryId
  /** Milliseconds since 1970. */
  at: number
}

/** Reads it back from its entry; null when nobody did it. A private answer goes to where it was pressed. */
export function readLeftOver(ledger: Pick<Ledger, 'open'>, entry: StoredEntry): LeftOver | null {
  const opened = ledger.open(entry)
  const kept = Kept.parse(opened.kind === 'open' ? opened.body : null)
  const [, team, user] = /^slack:([^/]+)\/(.+)$/.exec(entry.core.actor) ?? []
  const actor = Actor.safeParse({ kind: 'person', team, user }).data
  if (actor?.kind !== 'person') return null
  const { team: of, user: who } = actor
  const asked = { team: of, user: who, homeTeam: kept.homeTeam }
  // The address that Slack gave for the answer then is not kept.
  const place = { ...kept.place, team: of, user: who, responseUrl: null }
  return { kept, asked: { ...asked, place }, entry: entry.core.id, at: entry.core.at }
}

/** What somebody pressed or typed, as they know it. */
export function nameOf(kept: Kept): string | null {
  if (kept.kind === 'click') return kept.action.text?.text ?? null
  return kept.kind === 'command' ? kept.command : null
}
