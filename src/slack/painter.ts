import type { Store } from '../../db/store.ts'
import type { DrawContext } from '../../views/drawing.ts'
import type { Clock } from '../clock.ts'
import { actorText } from '../domain/actor.ts'
import { type Card, runCardId } from '../domain/card.ts'
import { PurserError, RetryLater } from '../domain/errors.ts'
import type { CardId, Ids } from '../domain/ids.ts'
import type { Run } from '../domain/run.ts'
import type { Engine } from '../engine/decisions.ts'
import type { WorkflowDefinition } from '../engine/define-workflow.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { RulesBook } from '../rules/rules.ts'
import type { Directory } from './directory.ts'
import { actorsIn, digestOf, drawCard } from './draw-card.ts'
import { createPaintRates, type PaintLimits } from './paint-rates.ts'
import type { Surface } from './surface.ts'

/** Cards looked at in one go, and cards being painted at the same time. */
const AT_ONCE = 200
const PAINTING = 8
/** Milliseconds after which a card that Slack did not take is tried again; doubled up to the longest. */
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 30_000
/** A deleted message is posted anew. */
const GONE = new Set(['message-not-found', 'cant-update-message', 'edit-window-closed'])

interface PainterOptions {
  store: Store
  engine: Engine
  ledger: Ledger
  rules: RulesBook
  workflows: readonly WorkflowDefinition[]
  directory: Directory
  surface: Surface
  clock: Clock
  ids: Ids
  limits: PaintLimits
  context(): DrawContext
  onError(error: unknown): void
}

export interface Painter {
  /** Some cards are stale. */
  nudge(): void
  /** Takes up what was stale when the last process ended. */
  start(): Promise<void>
  stop(): Promise<void>
}

/** What the painter remembers of a card between two drawings; all of it can be lost. */
interface Memory {
  paintedAt: number
  failures: number
  notBefore: number
}

/** Draws stale cards from the present state and has Slack show them, urgent ones first, within Slack's limits. */
export function createPainter(options: PainterOptions): Painter {
  const { store, clock } = options
  const rates = createPaintRates(options.limits)
  const memory = new Map<CardId, Memory>()
  const painting = new Map<CardId, Promise<void>>()
  /** Cards that had no message when this process began: they may stand in Slack all the same. */
  const suspects = new Set<CardId>()
  let stopped = false
  let looking = false
  let again = false
  let cancelWake: (() => void) | null = null

  const wakeIn = (ms: number): void => {
    cancelWake?.()
    cancelWake = clock.after(ms, nudge)
  }

  /** Milliseconds until a card's turn; 0 is now. */
  const waitFor = (card: Card, now: number): number => {
    const known = memory.get(card.id)
    if (known && known.notBefore > now) return known.notBefore - now
    const since = known ? now - known.paintedAt : Number.POSITIVE_INFINITY
    if (!card.urgent && since < options.limits.coalesceMs) return options.limits.coalesceMs - since
    const rate = card.ts ? rates.update(card.team) : rates.post(card.team, card.channel)
    return rate.take(now, card.urgent)
  }

  const look = async (): Promise<void> => {
    let soonest = Number.POSITIVE_INFINITY
    for (const card of await store.staleCards(AT_ONCE)) {
      if (painting.has(card.id)) continue
      if (painting.size >= PAINTING) return
      const wait = waitFor(card, clock.now())
      if (wait > 0) soonest = Math.min(soonest, wait)
      else paint(card)
    }
    if (Number.isFinite(soonest)) wakeIn(soonest)
  }

  const paint = (card: Card): void => {
    const done = paintCard(options, card, { mayStand: suspects.has(card.id) })
      .then((painted) => {
        if (!painted) return pause(card)
        suspects.delete(card.id)
        memory.set(card.id, { paintedAt: clock.now(), failures: 0, notBefore: 0 })
      })
      .catch((error: unknown) => {
        if (!(error instanceof RetryLater)) options.onError(error)
        pause(card, error instanceof RetryLater ? (error.retryAfterMs ?? 0) : 0)
      })
      .finally(() => {
        painting.delete(card.id)
        nudge()
      })
    painting.set(card.id, done)
  }

  const pause = (card: Card, atLeastMs = 0): void => {
    const failures = (memory.get(card.id)?.failures ?? 0) + 1
    const wait = Math.max(atLeastMs, Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1)))
    memory.set(card.id, { paintedAt: 0, failures, notBefore: clock.now() + wait })
  }

  const nudge = (): void => {
    if (stopped) return
    if (looking) {
      again = true
      return
    }
    looking = true
    look()
      .catch(options.onError)
      .finally(() => {
        looking = false
        if (again) {
          again = false
          nudge()
        }
      })
  }

  return {
    nudge,
    async start() {
      for (const card of await store.staleCards(Number.MAX_SAFE_INTEGER)) if (!card.ts) suspects.add(card.id)
      nudge()
    },
    async stop() {
      stopped = true
      cancelWake?.()
      await Promise.allSettled(painting.values())
    },
  }
}

/** Draws one card and has Slack show it; false when its turn has not come, as its thread does not stand yet. */
async function paintCard(options: PainterOptions, card: Card, how: { mayStand: boolean }): Promise<boolean> {
  const run = await options.engine.run(card.team, card.run)
  const definition = run && options.workflows.find((each) => each.name === run.workflow)
  if (!run || !definition) return await settle(options, card, { undeliverable: 'what it shows was erased' })
  await options.directory.learn(actorsIn(run))
  const rules = await options.rules.at(run.rules)
  const policy = (step: string) => rules.policy(run.workflow, step)
  const drawing = drawCard(card, { run, outline: definition.outline, policy }, options.context())
  if (!drawing) return await settle(options, card, { undeliverable: 'there is nothing to show' })
  const digest = digestOf(drawing)
  if (card.ts && digest === card.digest) return await settle(options, card, {})

  const about = { team: run.team, subjects: [run.subject.id], run: run.id, step: card.step }
  try {
    if (card.ts && card.channelId) {
      await options.surface.update({ channel: card.channelId, ts: card.ts }, drawing, about)
      return await settle(options, card, { digest })
    }
    const thread = await threadOf(options, card)
    if (thread === 'not-yet') return false
    const posted = await options.surface.post(
      {
        channel: thread?.channelId ?? card.channel,
        threadTs: thread?.ts ?? null,
        key: card.id,
        notBefore: run.startedAt,
        mayStand: how.mayStand,
      },
      drawing,
      about,
    )
    return await settle(options, card, { digest, ts: posted.ts, channelId: posted.channel })
  } catch (error) {
    return await refusedBySlack(options, { card, run, error })
  }
}

/** A note stands in the thread of its run's card. */
async function threadOf(
  options: PainterOptions,
  card: Card,
): Promise<{ ts: string; channelId: string } | 'not-yet' | null> {
  if (card.kind !== 'note') return null
  const parent = await options.store.card(card.team, runCardId(card.run))
  return parent?.ts && parent.channelId ? { ts: parent.ts, channelId: parent.channelId } : 'not-yet'
}

interface Result {
  ts?: string
  channelId?: string
  digest?: string
  undeliverable?: string
}

/** Notes what Slack accepted; a mark made meanwhile stays. */
async function settle({ store, clock }: PainterOptions, card: Card, result: Result): Promise<true> {
  await store.commit({
    at: clock.now(),
    entries: [],
    painted: {
      team: card.team,
      id: card.id,
      revision: card.revision,
      ts: result.ts ?? card.ts,
      channelId: result.channelId ?? card.channelId,
      digest: result.digest ?? card.digest,
      undeliverable: result.undeliverable ?? null,
    },
  })
  return true
}

/** A deleted message is posted anew; what Slack refuses for good is kept with its reason. */
async function refusedBySlack(
  options: PainterOptions,
  { card, run, error }: { card: Card; run: Run; error: unknown },
): Promise<boolean> {
  if (!(error instanceof PurserError) || error.consequence === 'retry') throw error
  if (card.ts && GONE.has(error.code)) {
    return await paintCard(options, { ...card, ts: null, channelId: null, digest: null }, { mayStand: false })
  }
  const { store, ledger, ids, clock } = options
  await store.commit({
    at: clock.now(),
    entries: [
      ledger.entry({
        id: ids.entry(),
        at: clock.now(),
        team: card.team,
        kind: 'card.undeliverable',
        actor: actorText({ kind: 'machine', part: 'painter' }),
        subjects: [run.subject.id],
        run: run.id,
        ...(card.step ? { step: card.step } : {}),
        facts: { code: error.code, card: card.kind },
        body: { message: error.message, hint: error.hint, channel: card.channel },
      }),
    ],
    painted: { ...card, undeliverable: `${error.message}. ${error.hint}` },
  })
  options.onError(error)
  return true
}
