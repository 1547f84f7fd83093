import { type Card, needsSomebody } from '../domain/card.ts'
import { PurserError, RetryLater, UnknownOutcome } from '../domain/errors.ts'
import type { CardId } from '../domain/ids.ts'
import { createBoards } from './boards.ts'
import { mendCard } from './mend-card.ts'
import { type Painted, type PaintPorts, paintCard } from './paint-card.ts'
import { createPaintRates, type PaintLimits } from './paint-rates.ts'

/** Cards looked at in one go, and cards being painted at the same time. */
const AT_ONCE = 200
const PAINTING = 8
/** Milliseconds between two looks: under load every commit would ask for one. */
const LOOK_EVERY_MS = 50
/** Of long looks over many cards that wait, it rests this many times as long: they hold up whoever clicks. */
const REST_AFTER_LOOK = 9
const LONGEST_REST_MS = 1_000
/** Milliseconds after which a card that Slack did not take is tried again; doubled up to the longest. */
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 30_000
/** Cards that are remembered before old ones are forgotten. */
const REMEMBERED = 5_000
/** Milliseconds after which a card is tried again that Slack refused: somebody may have put it right. */
const REFUSED_PAUSE_MS = 60_000
/** Milliseconds between two looks whether the channels take their cards again that stand elsewhere. */
const MEND_EVERY_MS = 60_000

export interface PainterOptions extends PaintPorts {
  limits: PaintLimits
}

export interface Painter {
  /** Some cards are stale; before `start` they wait for it. */
  nudge(): void
  /** Tries these now that Slack had refused, and brings back those that stand elsewhere, rather than within a minute. */
  tryAgain(cards: readonly CardId[]): void
  /** Takes up what was stale when the last process ended. */
  start(): Promise<void>
  stop(): Promise<void>
}

/** What the painter remembers of a card between two drawings; all of it can be lost. */
interface Memory {
  paintedAt: number
  failures: number
  notBefore: number
  /** Why Slack did not take it the last time. */
  why: string | null
  /** Slack refused it for good, as things were; it did not ask to wait. */
  refused: boolean
}

/** Draws stale cards from the present state and has Slack show them, urgent ones first, within Slack's limits. */
export function createPainter(options: PainterOptions): Painter {
  const { store, clock } = options
  const rates = createPaintRates(options.limits)
  const boards = createBoards(options)
  const memory = new Map<CardId, Memory>()
  const painting = new Map<CardId, Promise<void>>()
  /** Cards without a message of which one may stand in Slack all the same. */
  const suspects = new Set<CardId>()
  /** Before it knows its suspects it paints nothing, whoever nudges it: one of them would be posted twice. */
  let isAtWork = false
  let looking = false
  /** More cards could be painted than may be at the same time. */
  let isFull = false
  let lookedAt = Number.NEGATIVE_INFINITY
  let restMs = LOOK_EVERY_MS
  let mending: (() => void) | null = null
  let isMending = false
  let wake: { at: number; cancel(): void } | null = null

  const wakeIn = (ms: number): void => {
    const at = clock.elapsed() + ms
    if (!isAtWork || (wake && wake.at <= at)) return
    wake?.cancel()
    const cancel = clock.after(ms, () => {
      wake = null
      look()
    })
    wake = { at, cancel }
  }

  /** Milliseconds until a card's turn; 0 is now. */
  const waitFor = (card: Card, now: number): number => {
    const known = memory.get(card.id)
    if (known && known.notBefore > now) return known.notBefore - now
    const since = known ? now - known.paintedAt : Number.POSITIVE_INFINITY
    if (!card.urgent && since < options.limits.coalesceMs) return options.limits.coalesceMs - since
    const rate = card.ts ? rates.update(card.team) : rates.post(card.team, card.channel)
    return rate.take(now, needsSomebody(card))
  }

  /** Goes on past cards that have to wait: one channel that takes nothing does not hold up the others. */
  const paintWhatCan = async (): Promise<void> => {
    let soonest = Number.POSITIVE_INFINITY
    for (let after: Card | null = null; ; ) {
      const cards: Card[] = await store.staleCards(AT_ONCE, after)
      for (const card of cards) {
        if (painting.has(card.id)) continue
        if (painting.size >= PAINTING) {
          isFull = true
          return
        }
        if (await boards.takes(card)) {
          hold(
            card,
            boards.fold(card).catch((error: unknown) => failed(card, error)),
          )
          continue
        }
        const wait = waitFor(card, clock.now())
        if (wait > 0) soonest = Math.min(soonest, wait)
        else paint(card)
      }
      after = cards.at(-1) ?? null
      if (cards.length < AT_ONCE) break
    }
    const tookMs = clock.elapsed() - lookedAt
    restMs = Math.min(LONGEST_REST_MS, Math.max(LOOK_EVERY_MS, tookMs * REST_AFTER_LOOK))
    if (Number.isFinite(soonest)) wakeIn(restMs > LOOK_EVERY_MS ? Math.max(soonest, restMs) : soonest)
  }

  const paint = (card: Card): void => {
    const way = { mayStand: suspects.has(card.id), why: memory.get(card.id)?.why ?? null }
    const done = paintCard(options, card, way)
      .then((painted) => accepted(card, painted))
      .catch((error: unknown) => failed(card, error))
    hold(card, done)
  }

  /** One card is drawn by one at a time. */
  const hold = (card: Card, work: Promise<unknown>): void => {
    const done = work.then(() => {
      painting.delete(card.id)
      if (isFull) look()
      else nudge()
    })
    painting.set(card.id, done)
  }

  /** Of each channel one card is tried, and the others when that one was taken. */
  const mend = async (): Promise<void> => {
    const closed = new Set<string>()
    let remain = false
    for (const { team, id } of await store.astrayCards(AT_ONCE)) {
      const card = await store.card(team, id)
      if (!isAtWork || !card || (card.detour === null && card.left === null)) continue
      const channel = `${team}/${card.channel}`
      if (!painting.has(id) && !closed.has(channel)) {
        const mended = mendCard(options, card).catch((error: unknown) => {
          if (!(error instanceof RetryLater || error instanceof UnknownOutcome)) options.onError(error)
          return 'closed' as const
        })
        hold(card, mended)
        if ((await mended) === 'mended') continue
        closed.add(channel)
      }
      remain = true
    }
    if (remain) mendLater()
  }

  const mendLater = (): void => {
    if (!isAtWork || mending) return
    mending = clock.after(MEND_EVERY_MS, mendNow)
  }

  const mendNow = (): void => {
    mending?.()
    mending = null
    if (!isAtWork || isMending) return
    isMending = true
    mend()
      .catch((error: unknown) => {
        options.onError(error)
        mendLater()
      })
      .finally(() => {
        isMending = false
      })
  }

  const accepted = (card: Card, painted: Painted): void => {
    if (painted === 'moved') mendLater()
    else if (painted !== 'painted') {
      const refused = painted === 'refused'
      pause(card, { atLeastMs: refused ? REFUSED_PAUSE_MS : 0, why: null, refused })
      return
    }
    suspects.delete(card.id)
    if (memory.size >= REMEMBERED) forgetOld()
    memory.set(card.id, { paintedAt: clock.now(), failures: 0, notBefore: 0, why: null, refused: false })
    boards.touch(card).catch(options.onError)
  }

  const forgetOld = (): void => {
    const now = clock.now()
    for (const [id, { paintedAt, notBefore }] of memory) {
      if (Math.max(paintedAt + options.limits.coalesceMs, notBefore) < now) memory.delete(id)
    }
  }

  /** Slack may have posted it all the same: the next try looks first. */
  const failed = (card: Card, error: unknown): void => {
    if (!card.ts) suspects.add(card.id)
    if (!(error instanceof RetryLater || error instanceof UnknownOutcome)) options.onError(error)
    const why = error instanceof PurserError ? error.message : null
    pause(card, { atLeastMs: error instanceof RetryLater ? (error.retryAfterMs ?? 0) : 0, why, refused: false })
  }

  const pause = (
    card: Card,
    { atLeastMs, why, refused }: { atLeastMs: number } & Pick<Memory, 'why' | 'refused'>,
  ): void => {
    const failures = (memory.get(card.id)?.failures ?? 0) + 1
    const wait = Math.max(atLeastMs, Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1)))
    memory.set(card.id, { paintedAt: 0, failures, notBefore: clock.now() + wait, why, refused })
  }

  const nudge = (): void => {
    const wait = lookedAt + restMs - clock.elapsed()
    if (wait > 0 || looking) wakeIn(Math.max(wait, 1))
    else look()
  }

  const look = (): void => {
    if (looking) wakeIn(1)
    if (!isAtWork || looking) return
    looking = true
    isFull = false
    lookedAt = clock.elapsed()
    paintWhatCan()
      .catch((error: unknown) => {
        options.onError(error)
        wakeIn(FIRST_PAUSE_MS)
      })
      .finally(() => {
        looking = false
      })
  }

  return {
    nudge,
    tryAgain(cards) {
      for (const id of cards) {
        const known = memory.get(id)
        // Where Slack asked to wait, it waits.
        if (known?.refused) memory.set(id, { ...known, notBefore: 0 })
      }
      nudge()
      mendNow()
    },
    async start() {
      for (const card of await store.staleCards(Number.MAX_SAFE_INTEGER)) if (!card.ts) suspects.add(card.id)
      isAtWork = true
      mendLater()
      nudge()
    },
    async stop() {
      isAtWork = false
      mending?.()
      wake?.cancel()
      await Promise.allSettled(painting.values())
    },
  }
}
