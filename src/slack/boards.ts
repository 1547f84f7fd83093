import type { Store } from '../../db/store.ts'
import type { Clock } from '../clock.ts'
import { dayIn } from '../domain/calendar.ts'
import { boardCardId, type Card, type CardMark, type RunCard } from '../domain/card.ts'
import type { CardId } from '../domain/ids.ts'
import type { RulesBook } from '../rules/rules.ts'

/** More runs under way than these in a channel share a board: Slack takes some fifty updates a minute. */
const CROWD = 20
/** More first cards than these wait: Slack takes one a second, and failures have their turn among them. */
const FLOOD = 40
/** Milliseconds for which the count of a channel may be old. */
const FRESH_MS = 50

interface BoardPorts {
  store: Pick<Store, 'commit' | 'card' | 'liveRunsIn' | 'countUnposted'>
  rules: Pick<RulesBook, 'current'>
  clock: Clock
}

interface Crowd {
  isCrowded: boolean
  /** More cards wait than can have their turn in time. */
  isFlooded: boolean
}

/** The board cards of crowded channels, one a day: they show progress for runs that have no card of their own yet. */
export interface Boards {
  /**
   * Whether the run belongs on a board: it has no card of its own yet, and there is a crowd in its channel in which nothing
   * of it is urgent, or more begin and end there than can have a card each.
   */
  takes(card: Card): Promise<boolean>
  /** Leaves the run's card undrawn, and has the board show it. */
  fold(card: Card): Promise<void>
  /** A run's own card changed: the board of its channel, where there is one, shows that. */
  touch(card: Card): Promise<void>
}

export function createBoards({ store, rules, clock }: BoardPorts): Boards {
  const counts = new Map<string, Crowd & { at: number }>()
  /** Whether a board is there, as the store said when it was last asked. */
  const standing = new Map<CardId, boolean>()

  const crowdIn = async (card: RunCard): Promise<Crowd> => {
    const key = `${card.team}/${card.channel}`
    const known = counts.get(key)
    if (known && clock.elapsed() - known.at < FRESH_MS) return known
    const live = await store.liveRunsIn(card.team, card.channel, CROWD + 1)
    const unposted = await store.countUnposted(card.team, card.channel, FLOOD + 1)
    const crowd = { isCrowded: live.length > CROWD, isFlooded: unposted > FLOOD }
    counts.set(key, { ...crowd, at: clock.elapsed() })
    return crowd
  }
  const boardOf = ({ team, channel }: Card): CardMark => {
    const day = dayIn(rules.current().calendar.timeZone, clock.now())
    const id = boardCardId(channel, day)
    return { id, team, kind: 'board', about: day, run: null, step: null, line: null, channel, urgent: false }
  }
  const stands = async (board: CardMark): Promise<boolean> => {
    const known = standing.get(board.id)
    if (known !== undefined) return known
    const found = (await store.card(board.team, board.id)) !== null
    standing.set(board.id, found)
    return found
  }

  return {
    async takes(card) {
      if (card.kind !== 'run' || card.ts !== null) return false
      const { isCrowded, isFlooded } = await crowdIn(card)
      // What needs somebody has a card of its own beside the run's.
      return isFlooded || (isCrowded && !card.urgent)
    },
    async fold(card) {
      const board = boardOf(card)
      standing.set(board.id, true)
      const { team, id, revision, ts, channelId, digest, undeliverable, detour, left, late } = card
      const painted = { team, id, revision, ts, channelId, digest, undeliverable, detour, left, late }
      await store.commit({ at: clock.now(), entries: [], painted, cards: [board] })
    },
    async touch(card) {
      if (card.kind !== 'run') return
      const board = boardOf(card)
      if (await stands(board)) await store.commit({ at: clock.now(), entries: [], cards: [board] })
    },
  }
}
