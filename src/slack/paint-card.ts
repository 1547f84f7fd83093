import type { Store } from '../../db/store.ts'
import type { DrawContext, Drawing } from '../../views/drawing.ts'
import type { Mention } from '../../views/rich-text.ts'
import type { Clock } from '../clock.ts'
import type { PostedMessage } from '../connectors/slack/message.ts'
import { actorText } from '../domain/actor.ts'
import { askCardId, type Card, runCardId } from '../domain/card.ts'
import { PermanentFailure, PurserError } from '../domain/errors.ts'
import type { CardId, Ids } from '../domain/ids.ts'
import type { Run } from '../domain/run.ts'
import type { Asked } from '../domain/wait.ts'
import type { Engine } from '../engine/decisions.ts'
import type { WorkflowDefinition } from '../engine/define-workflow.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { RulesBook } from '../rules/rules.ts'
import type { Directory } from './directory.ts'
import { actorsIn, digestOf, drawCard, mentionedOn } from './draw-card.ts'
import { unknownToSlack } from './reach.ts'
import type { Surface } from './surface.ts'

/** Milliseconds for which a card waits for the names on it: a failure is told without them rather than late. */
const NAMES_MS = 2_000
/** Slack's clock and ours may differ by this, in milliseconds. */
const CLOCKS_APART_MS = 300_000
/** Slack will not take these blocks, whatever they are: the text says the same. */
const UNDRAWABLE = new Set(['invalid-blocks', 'invalid-blocks-format', 'msg-blocks-too-long', 'msg-too-long'])
/** A deleted message is posted anew, and so is one that Slack lets nobody change any more. */
const DELETED = new Set(['message-not-found'])
const UNCHANGEABLE = new Set(['cant-update-message', 'edit-window-closed'])

export interface PaintPorts {
  store: Store
  engine: Engine
  ledger: Ledger
  rules: RulesBook
  workflows: readonly WorkflowDefinition[]
  directory: Directory
  surface: Surface
  clock: Clock
  ids: Ids
  context(): DrawContext
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
  const run = await ports.engine.run(card.team, card.run)
  const definition = run && ports.workflows.find((each) => each.name === run.workflow)
  if (!run || !definition) return await settle(ports, card, { undeliverable: 'what it shows was erased' })
  const { hasNames, asked } = await learnInTime(ports, run, mentionedOn(card, run))
  const rules = await ports.rules.at(run.rules)
  const policy = (step: string) => rules.policy(run.workflow, step)
  const drawing = drawCard(card, { run, definition, policy, asked }, ports.context())
  if (!drawing) return await settle(ports, card, { undeliverable: 'there is nothing to show' })
  const digest = digestOf(drawing)
  if (card.ts && digest === card.digest) return await settle(ports, card, { hasNames })
  try {
    const place = await show(ports, { card, run, drawing }, way)
    return place === null ? 'later' : await settle(ports, card, { digest, place, hasNames })
  } catch (error) {
    if (!(error instanceof PurserError) || error.consequence === 'retry' || error.consequence === 'unknown') throw error
    return await refusedBySlack(ports, { card, run, error })
  }
}

interface Learnt {
  hasNames: boolean
  asked: readonly Mention[]
}

/** Names and mentions; where Slack could not be asked in time who somebody is, the card is drawn once more. */
async function learnInTime({ directory, clock }: PaintPorts, run: Run, whom: Asked | null): Promise<Learnt> {
  const enough = new AbortController()
  const nobody: Learnt = { hasNames: false, asked: whom ? unknownToSlack(whom) : [] }
  const tooLong = clock.sleep(NAMES_MS, enough.signal).then(
    () => nobody,
    () => nobody,
  )
  const all = Promise.all([directory.learn(actorsIn(run)), whom ? directory.reach(run.team, whom) : []])
  const learnt = await Promise.race([all.then(([hasNames, asked]): Learnt => ({ hasNames, asked })), tooLong])
  enough.abort()
  return learnt
}

interface Showing {
  card: Card
  run: Run
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
  const { card, run, drawing } = showing
  if (!card.ts || !card.channelId) return await post(ports, showing, way)
  const place = { channel: card.channelId, ts: card.ts }
  try {
    await ports.surface.update(place, drawing, aboutCard(card, run))
    return place
  } catch (error) {
    if (!(error instanceof PermanentFailure)) throw error
    // What was posted anew just before a crash is found by its key; what was deleted is not.
    if (DELETED.has(error.code)) return await post(ports, showing, { mayStand: true })
    if (UNCHANGEABLE.has(error.code)) return await post(ports, showing, { mayStand: false })
    throw error
  }
}

async function post(ports: PaintPorts, { card, run, drawing }: Showing, way: Way): Promise<PostedMessage | null> {
  const thread = await threadOf(ports, card)
  if (thread === 'not-yet') return null
  return await ports.surface.post(
    {
      channel: thread?.channel ?? card.channel,
      threadTs: thread?.ts ?? null,
      key: card.id,
      notBefore: Math.max(run.startedAt, card.staleSince ?? 0) - CLOCKS_APART_MS,
      mayStand: way.mayStand,
    },
    drawing,
    aboutCard(card, run),
  )
}

const aboutCard = (card: Card, run: Run) => ({
  team: run.team,
  subjects: [run.subject.id],
  run: run.id,
  step: card.step,
})

/** A note stands in the thread of its run's card, a nudge in that of what people are asked. */
async function threadOf({ store }: PaintPorts, card: Card): Promise<PostedMessage | 'not-yet' | null> {
  const above = threadHead(card)
  if (above === null) return null
  const parent = await store.card(card.team, above)
  if (!parent?.ts || !parent.channelId) return 'not-yet'
  const others = await store.cardsOf(card.run)
  return others.some((other) => comesBefore(other, card)) ? 'not-yet' : { ts: parent.ts, channel: parent.channelId }
}

/** The card in whose thread this one stands. */
function threadHead({ kind, run, step }: Card): CardId | null {
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
  { card, run, error }: { card: Card; run: Run; error: PurserError },
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
    subjects: [run.subject.id],
    run: run.id,
    ...(card.step ? { step: card.step } : {}),
    facts: { code: error.code, card: card.kind },
    body: { message: error.message, hint: error.hint, channel: card.channel },
  })
  await store.commit({ at, entries: [entry], painted: { ...card, revision: card.painted, undeliverable } })
  onError(error)
  return 'refused'
}
