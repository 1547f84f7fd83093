import type { Drawing } from '../../views/drawing.ts'
import type { PostedMessage } from '../connectors/slack/message.ts'
import { actorText } from '../domain/actor.ts'
import { askCardId, type Card, isRunCard, type RunCard, runCardId } from '../domain/card.ts'
import { PermanentFailure, PurserError } from '../domain/errors.ts'
import type { CardId, Ids } from '../domain/ids.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { digestOf } from './draw-card.ts'
import { type Shown, type ShowPorts, showCard } from './show-card.ts'
import type { About, Surface } from './surface.ts'

/** Slack's clock and ours may differ by this, in milliseconds. */
const CLOCKS_APART_MS = 300_000
/** Slack will not take these blocks, whatever they are: the text says the same. */
const UNDRAWABLE = new Set(['invalid-blocks', 'invalid-blocks-format', 'msg-blocks-too-long', 'msg-too-long'])
/** A deleted message is posted anew, and so is one that Slack lets nobody change any more. */
const DELETED = new Set(['message-not-found'])
const UNCHANGEABLE = new Set(['cant-update-message', 'edit-window-closed'])

export interface PaintPorts extends ShowPorts {
  ledger: Ledger
  surface: Surface
  ids: Ids
  onError(error: unknown): void
}

/**
 * What came of it. `later`: the thread does not stand yet, or a name is missing; `refused`: Slack does not take it as
 * things are. Both stay stale.
 */
export type Painted = 'painted' | 'later' | 'refused'

interface Way {
  /** Whether the message may stand already, posted by a try of which nothing is known. */
  mayStand: boolean
}

/** Draws one card from the present state and has Slack show it. Throws RetryLater and UnknownOutcome. */
export async function paintCard(ports: PaintPorts, card: Card, way: Way): Promise<Painted> {
  const shown = await showCard(ports, card)
  if (!shown) return await settle(ports, card, { undeliverable: 'what it shows was erased' })
  const { drawing, hasNames } = shown
  if (!drawing) return await settle(ports, card, { undeliverable: 'there is nothing to show' })
  const digest = digestOf(drawing)
  if (card.ts && digest === card.digest) return await settle(ports, card, { hasNames })
  try {
    const place = await show(ports, { card, shown, drawing }, way)
    return place === null ? 'later' : await settle(ports, card, { digest, place, hasNames })
  } catch (error) {
    if (!(error instanceof PurserError) || error.consequence === 'retry' || error.consequence === 'unknown') throw error
    return await refusedBySlack(ports, { card, about: shown.about, error })
  }
}

interface Showing {
  card: Card
  shown: Shown
  drawing: Drawing
}

/** Changes the card's message, or posts one; as plain text where Slack refuses the blocks. Null when its thread does not stand. */
async function show(ports: PaintPorts, showing: Showing, way: Way): Promise<PostedMessage | null> {
  try {
    return await send(ports, showing, way)
  } catch (error) {
    if (!(error instanceof PermanentFailure && UNDRAWABLE.has(error.code))) throw error
    ports.onError(error)
    return await send(ports, { ...showing, drawing: { ...showing.drawing, blocks: [] } }, way)
  }
}

async function send(ports: PaintPorts, showing: Showing, way: Way): Promise<PostedMessage | null> {
  const { card, shown, drawing } = showing
  if (!card.ts || !card.channelId) return await post(ports, showing, way)
  const place = { channel: card.channelId, ts: card.ts }
  try {
    await ports.surface.update(place, drawing, shown.about)
    return place
  } catch (error) {
    if (!(error instanceof PermanentFailure)) throw error
    // What was posted anew just before a crash is found by its key; what was deleted is not.
    if (DELETED.has(error.code)) return await post(ports, showing, { mayStand: true })
    if (UNCHANGEABLE.has(error.code)) return await post(ports, showing, { mayStand: false })
    throw error
  }
}

async function post(ports: PaintPorts, { card, shown, drawing }: Showing, way: Way): Promise<PostedMessage | null> {
  const thread = await threadOf(ports, card)
  if (thread === 'not-yet') return null
  return await ports.surface.post(
    {
      channel: thread?.channel ?? card.channel,
      threadTs: thread?.ts ?? null,
      key: card.id,
      notBefore: Math.max(shown.since, card.staleSince ?? 0) - CLOCKS_APART_MS,
      mayStand: way.mayStand,
    },
    drawing,
    shown.about,
  )
}

/** A note stands in the thread of its run's card, a nudge in that of what people are asked. */
async function threadOf({ store }: PaintPorts, card: Card): Promise<PostedMessage | 'not-yet' | null> {
  const above = isRunCard(card) ? threadHead(card) : null
  if (above === null || card.run === null) return null
  const parent = await store.card(card.team, above)
  if (!parent?.ts || !parent.channelId) return 'not-yet'
  const others = await store.cardsOf(card.run)
  return others.some((other) => comesBefore(other, card)) ? 'not-yet' : { ts: parent.ts, channel: parent.channelId }
}

/** The card in whose thread this one stands. */
function threadHead({ kind, run, step }: RunCard): CardId | null {
  if (kind === 'note') return runCardId(run)
  return kind === 'nudge' && step ? askCardId(run, step) : null
}

/** A thread tells a story: its lines are posted in their order. One that Slack refused holds nobody up. */
const comesBefore = (other: Card, card: Card): boolean =>
  other.kind === card.kind &&
  other.step === card.step &&
  (other.line ?? 0) < (card.line ?? 0) &&
  other.ts === null &&
  other.undeliverable === null

interface Result {
  place?: PostedMessage
  digest?: string
  undeliverable?: string
  hasNames?: boolean
}

/** Notes what Slack accepted; a mark made meanwhile stays, and so does that of a card on which names are missing. */
async function settle({ store, clock }: PaintPorts, card: Card, result: Result): Promise<Painted> {
  const isWhole = result.hasNames ?? true
  await store.commit({
    at: clock.now(),
    entries: [],
    painted: {
      team: card.team,
      id: card.id,
      revision: isWhole ? card.revision : card.painted,
      ts: result.place?.ts ?? card.ts,
      channelId: result.place?.channel ?? card.channelId,
      digest: result.digest ?? card.digest,
      undeliverable: result.undeliverable ?? null,
    },
  })
  return isWhole ? 'painted' : 'later'
}

/** What Slack refuses is kept with its reason, and stays stale: whoever invites Purser to the channel sees the card. */
async function refusedBySlack(
  { store, ledger, ids, clock, onError }: PaintPorts,
  { card, about, error }: { card: Card; about: About; error: PurserError },
): Promise<Painted> {
  const undeliverable = `${error.message}. ${error.hint}`
  if (undeliverable === card.undeliverable) return 'refused'
  const at = clock.now()
  const entry = ledger.entry({
    id: ids.entry(),
    at,
    team: card.team,
    kind: 'card.undeliverable',
    actor: actorText({ kind: 'machine', part: 'painter' }),
    subjects: [...about.subjects],
    ...(about.run ? { run: about.run } : {}),
    ...(card.step ? { step: card.step } : {}),
    facts: { code: error.code, card: card.kind },
    body: { message: error.message, hint: error.hint, channel: card.channel },
  })
  await store.commit({ at, entries: [entry], painted: { ...card, revision: card.painted, undeliverable } })
  onError(error)
  return 'refused'
}
