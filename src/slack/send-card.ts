import type { Store } from '../../db/store.ts'
import type { Drawing } from '../../views/drawing.ts'
import type { PostedMessage } from '../connectors/slack/message.ts'
import { askCardId, type Card, isRunCard, runCardId } from '../domain/card.ts'
import { PermanentFailure } from '../domain/errors.ts'
import type { CardId } from '../domain/ids.ts'
import type { Shown } from './show-card.ts'
import type { Surface } from './surface.ts'

/** Slack will not take these blocks, whatever they are: the text says the same. */
const UNDRAWABLE = new Set(['invalid-blocks', 'invalid-blocks-format', 'msg-blocks-too-long', 'msg-too-long'])
/** A deleted message is posted anew, and so is one that Slack lets nobody change any more. */
const DELETED = new Set(['message-not-found'])
const UNCHANGEABLE = new Set(['cant-update-message', 'edit-window-closed'])

export interface SendPorts {
  store: Store
  surface: Surface
  onError(error: unknown): void
}

export interface Sending {
  card: Card
  shown: Shown
  drawing: Drawing
  /** Tells the message from all others; the card's id when absent. */
  key?: string
}

export interface Way {
  /** Whether the message may stand already, posted by a try of which nothing is known. */
  mayStand: boolean
}

/** Changes the card's message, or posts one; as plain text where Slack refuses the blocks. Null when its thread does not stand. */
export async function sendCard(ports: SendPorts, sending: Sending, way: Way): Promise<PostedMessage | null> {
  try {
    return await send(ports, sending, way)
  } catch (error) {
    if (!(error instanceof PermanentFailure && UNDRAWABLE.has(error.code))) throw error
    ports.onError(error)
    return await send(ports, { ...sending, drawing: { ...sending.drawing, blocks: [] } }, way)
  }
}

async function send(ports: SendPorts, sending: Sending, way: Way): Promise<PostedMessage | null> {
  const { card, shown, drawing } = sending
  if (!card.ts || !card.channelId) return await post(ports, sending, way)
  const place = { channel: card.channelId, ts: card.ts }
  try {
    await ports.surface.update(place, drawing, shown.about)
    return place
  } catch (error) {
    if (!(error instanceof PermanentFailure)) throw error
    // What was posted anew just before a crash is found by its key; what was deleted is not.
    if (DELETED.has(error.code)) return await post(ports, sending, { mayStand: true })
    if (UNCHANGEABLE.has(error.code)) return await post(ports, sending, { mayStand: false })
    throw error
  }
}

async function post(ports: SendPorts, sending: Sending, way: Way): Promise<PostedMessage | null> {
  const { card, shown, drawing } = sending
  const thread = await threadOf(ports, card)
  if (thread === 'not-yet') return null
  return await ports.surface.post(
    {
      channel: thread?.channel ?? card.channel,
      threadTs: thread?.ts ?? null,
      key: sending.key ?? card.id,
      notBefore: Math.max(shown.since, card.staleSince ?? 0),
      mayStand: way.mayStand,
    },
    drawing,
    shown.about,
  )
}

/** A note stands in the thread of its run's card, a nudge in that of what people are asked. */
async function threadOf({ store }: SendPorts, card: Card): Promise<PostedMessage | 'not-yet' | null> {
  const above = threadHead(card)
  if (above === null || card.run === null) return null
  const parent = await store.card(card.team, above)
  if (!parent?.ts || !parent.channelId) return 'not-yet'
  const others = await store.cardsOf(card.run)
  return others.some((other) => comesBefore(other, card)) ? 'not-yet' : { ts: parent.ts, channel: parent.channelId }
}

/** The card in whose thread this one stands; null when it stands in the channel. */
export function threadHead(card: Card): CardId | null {
  if (!isRunCard(card)) return null
  if (card.kind === 'note') return runCardId(card.run)
  return card.kind === 'nudge' && card.step ? askCardId(card.run, card.step) : null
}

/** A thread tells a story: its lines are posted in their order. One that Slack refused holds nobody up. */
const comesBefore = (other: Card, card: Card): boolean =>
  other.kind === card.kind &&
  other.step === card.step &&
  (other.line ?? 0) < (card.line ?? 0) &&
  other.ts === null &&
  other.undeliverable === null
