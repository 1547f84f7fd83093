import { whereItStands } from '../../views/cards/where-it-stands.ts'
import type { Drawing } from '../../views/drawing.ts'
import { texts } from '../../views/texts/index.ts'
import { alertSince, latenessOf } from '../domain/alert-time.ts'
import type { Card } from '../domain/card.ts'
import { PurserError } from '../domain/errors.ts'
import type { Ids } from '../domain/ids.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { isClosed } from './closed-places.ts'
import { detourCard, moveHeadOf } from './detour-card.ts'
import { digestOf } from './draw-card.ts'
import { sendCard, threadHead, type Way } from './send-card.ts'
import { acceptedEntry, refusedEntry, type Settled, settleCard } from './settle-card.ts'
import { type Shown, type ShowPorts, showCard } from './show-card.ts'
import type { Surface } from './surface.ts'

export interface PaintPorts extends ShowPorts {
  ledger: Ledger
  surface: Surface
  ids: Ids
  onError(error: unknown): void
}

/**
 * What came of it. `moved`: it was put into another channel than its own; `later`: its thread is not there yet, or a
 * name is missing; `refused`: Slack does not take it as things are. The last two stay stale.
 */
export type Painted = 'painted' | 'moved' | 'later' | 'refused'

interface PaintWay extends Way {
  /** Why Slack did not take it before, where it did not. */
  why: string | null
}

/** Draws one card from the present state and has Slack show it. Throws RetryLater and UnknownOutcome. */
export async function paintCard(ports: PaintPorts, card: Card, way: PaintWay): Promise<Painted> {
  const shown = await showCard(ports, card)
  if (!shown) return await settle(ports, card, { result: { undeliverable: 'what it shows was erased' } })
  if (!shown.drawing) return await settle(ports, card, { result: { undeliverable: 'there is nothing to show' } })
  const plain = shown.drawing
  const since = alertSince(card, shown)
  const late = since === null ? card.late : latenessNow(ports, { card, since, why: way.why })
  const draw = (detour: Detour | null): Drawing => whereItStands(plain, { late, detour })
  const drawing = draw(standingDetour(card))
  const digest = digestOf(drawing)
  const settled: Settled = { digest, late, isWhole: shown.hasNames, ...kept(card) }
  if (card.ts && digest === card.digest) return await settle(ports, card, { result: settled })
  const accepted =
    since === null ? [] : [acceptedEntry(ports, { card, about: shown.about }, { since, tells: shown.tells })]
  try {
    const place = await sendCard(ports, { card, shown, drawing }, way)
    return place === null ? 'later' : await settle(ports, card, { result: { ...settled, place }, drafts: accepted })
  } catch (error) {
    if (!(error instanceof PurserError) || error.consequence === 'retry' || error.consequence === 'unknown') throw error
    const refused = { card, shown, drawing, error, settled, accepted }
    return await elsewhere(ports, refused, draw)
  }
}

interface Detour {
  home: string
  why: string
}

async function elsewhere(
  ports: PaintPorts,
  refused: Parameters<typeof detourCard>[1],
  draw: (detour: Detour) => Drawing,
): Promise<Painted> {
  const { card, shown, error } = refused
  if (!isClosed(error)) return await refusedBySlack(ports, { card, shown, error })
  if (threadHead(card)) return (await moveHeadOf(ports, card)) ? 'later' : 'refused'
  const moved = await detourCard(ports, refused, draw)
  return moved ? 'moved' : await refusedBySlack(ports, { card, shown, error })
}

const standingDetour = (card: Card): Detour | null =>
  card.detour === null ? null : { home: card.channel, why: card.undeliverable ?? texts.names.notTaken }

/** As long as it is in another channel, it is kept why its own takes nothing. */
const kept = (card: Card): Settled =>
  card.detour === null || card.undeliverable === null ? {} : { undeliverable: card.undeliverable }

function latenessNow(
  { clock }: PaintPorts,
  { card, since, why }: { card: Card; since: number; why: string | null },
): Card['late'] {
  const ms = latenessOf({ since, markedAt: card.staleSince ?? since, now: clock.now() })
  return ms === null ? null : { ms, why: why ?? card.undeliverable }
}

async function settle(ports: PaintPorts, card: Card, how: Parameters<typeof settleCard>[2]): Promise<Painted> {
  await settleCard(ports, card, how)
  return (how.result.isWhole ?? true) ? 'painted' : 'later'
}

/** What Slack refuses is kept with its reason, and stays stale: whoever invites Purser to the channel sees the card. */
async function refusedBySlack(
  ports: PaintPorts,
  { card, shown, error }: { card: Card; shown: Shown; error: PurserError },
): Promise<Painted> {
  const undeliverable = `${error.message}. ${error.hint}`
  if (undeliverable === card.undeliverable) return 'refused'
  const drafts = [refusedEntry(ports, { card, about: shown.about }, error)]
  await settleCard(ports, card, { result: { undeliverable, isWhole: false }, drafts })
  ports.onError(error)
  return 'refused'
}
