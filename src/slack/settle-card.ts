import type { PaintedCard, Store } from '../../db/store.ts'
import type { Clock } from '../clock.ts'
import type { PostedMessage } from '../connectors/slack/message.ts'
import { type Actor, actorText } from '../domain/actor.ts'
import { ALERT_WITHIN_MS } from '../domain/alert-time.ts'
import type { Card } from '../domain/card.ts'
import type { EntryDraft } from '../domain/entry.ts'
import type { PurserError } from '../domain/errors.ts'
import type { Ids } from '../domain/ids.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { About as CardAbout } from './surface.ts'

const PAINTER: Actor = { kind: 'machine', part: 'painter' }

export interface SettlePorts {
  store: Store
  ledger: Ledger
  clock: Clock
  ids: Ids
}

export interface Settled {
  place?: PostedMessage
  digest?: string
  undeliverable?: string
  detour?: string | null
  left?: Card['left']
  late?: Card['late']
  /** False while names are missing on it: then it stays stale. */
  isWhole?: boolean
}

/** Notes what came of a card, and the entries that say it; a mark made meanwhile stays. */
export async function settleCard(
  { store, ledger, clock }: SettlePorts,
  card: Card,
  { result, drafts = [] }: { result: Settled; drafts?: readonly EntryDraft[] },
): Promise<void> {
  const painted: PaintedCard = {
    team: card.team,
    id: card.id,
    revision: (result.isWhole ?? true) ? card.revision : card.painted,
    ts: result.place?.ts ?? card.ts,
    channelId: result.place?.channel ?? card.channelId,
    digest: result.digest ?? card.digest,
    undeliverable: result.undeliverable ?? null,
    detour: result.detour === undefined ? card.detour : result.detour,
    left: result.left === undefined ? card.left : result.left,
    late: result.late === undefined ? card.late : result.late,
  }
  await store.commit({ at: clock.now(), entries: drafts.map((draft) => ledger.entry(draft)), painted })
}

interface About {
  card: Card
  about: CardAbout
}

const entryAbout = (
  { ids, clock }: SettlePorts,
  { card, about }: About,
  parts: Pick<EntryDraft, 'kind'> & Partial<EntryDraft>,
): EntryDraft => ({
  id: ids.entry(),
  at: clock.now(),
  team: card.team,
  actor: actorText(PAINTER),
  subjects: [...about.subjects],
  ...(about.run ? { run: about.run } : {}),
  ...(card.step ? { step: card.step } : {}),
  ...parts,
})

/** How long the alert took from the failure until Slack accepted it. */
export function acceptedEntry(
  ports: SettlePorts,
  about: About,
  { since, tells = 1 }: { since: number; tells?: number | undefined },
): EntryDraft {
  const ms = Math.max(0, ports.clock.now() - since)
  const many = tells > 1 ? { things: tells } : {}
  const facts = { card: about.card.kind, ms, late: ms > ALERT_WITHIN_MS, ...many }
  return entryAbout(ports, about, { kind: 'alert.accepted', facts })
}

export function refusedEntry(ports: SettlePorts, about: About, error: PurserError): EntryDraft {
  const { card } = about
  return entryAbout(ports, about, {
    kind: 'card.undeliverable',
    facts: { code: error.code, card: card.kind },
    body: { message: error.message, hint: error.hint, channel: card.channel },
  })
}

/** `to`: `fallback`, `owner`, or `home` when it is back. */
export function movedEntry(
  ports: SettlePorts,
  about: About,
  { to, channel }: { to: string; channel: string },
): EntryDraft {
  return entryAbout(ports, about, {
    kind: 'card.moved',
    facts: { card: about.card.kind, to },
    body: { from: about.card.channel, to: channel },
  })
}
