import { movedAway, whereItStands } from '../../views/cards/where-it-stands.ts'
import type { Card, Place } from '../domain/card.ts'
import { PermanentFailure } from '../domain/errors.ts'
import { isClosed } from './closed-places.ts'
import { homeOf } from './detour-card.ts'
import { digestOf } from './draw-card.ts'
import type { PaintPorts } from './paint-card.ts'
import { sendCard } from './send-card.ts'
import { movedEntry, settleCard } from './settle-card.ts'
import { showCard } from './show-card.ts'
import { nobody } from './surface.ts'

/**
 * Brings a card back that stands on a detour, as soon as its own channel takes it again, and marks the copy that it
 * leaves as moved. `closed`: the channel still takes nothing. Throws RetryLater and UnknownOutcome.
 */
export async function mendCard(ports: PaintPorts, card: Card): Promise<'mended' | 'closed'> {
  const back = card.detour === null ? card : await goHome(ports, card)
  if (back === null) return 'closed'
  if (back.left) await markMoved(ports, back, back.left)
  return 'mended'
}

/** The card as it stands after that; null when its own channel does not take it. */
async function goHome(ports: PaintPorts, card: Card): Promise<Card | null> {
  const shown = await showCard(ports, card)
  if (!shown?.drawing) {
    await settleCard(ports, card, { result: { detour: null } })
    return { ...card, detour: null }
  }
  const drawing = whereItStands(shown.drawing, { late: card.late, detour: null })
  const home = homeOf(ports, card, shown.run)
  // What it left there is changed; where it never stood it is posted, unless a try before a crash did.
  const there: Card = { ...card, channel: home, ts: card.left?.ts ?? null, channelId: card.left?.channel ?? null }
  try {
    const place = await sendCard(ports, { card: there, shown, drawing }, { mayStand: true })
    if (!place) return null
    const left = card.ts && card.channelId ? { ts: card.ts, channel: card.channelId } : null
    const result = { place, left, detour: null, digest: digestOf(drawing), isWhole: card.staleSince === null }
    await settleCard(ports, card, {
      result,
      drafts: [movedEntry(ports, { card, about: shown.about }, { to: 'home', channel: home })],
    })
    return { ...card, ...result, ts: place.ts, channelId: place.channel, undeliverable: null }
  } catch (error) {
    if (isClosed(error)) return null
    throw error
  }
}

/** Where the copy cannot be changed, it is gone, or nobody can press anything there. */
async function markMoved(ports: PaintPorts, card: Card, left: Place): Promise<void> {
  const shown = await showCard(ports, card)
  const drawing = movedAway(homeOf(ports, card, shown?.run ?? null))
  try {
    await ports.surface.update(left, drawing, shown?.about ?? nobody(card.team))
  } catch (error) {
    if (!(error instanceof PermanentFailure)) throw error
  }
  const now = await ports.store.card(card.team, card.id)
  if (now) {
    const result = {
      left: null,
      isWhole: now.staleSince === null,
      ...(now.undeliverable ? { undeliverable: now.undeliverable } : {}),
    }
    await settleCard(ports, now, { result })
  }
}
