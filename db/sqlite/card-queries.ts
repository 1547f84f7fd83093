import type Database from 'better-sqlite3'
import { and, eq, getTableColumns, isNotNull, or } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { z } from 'zod'
import { type Card, FIRST_TURN, LAST_TURN, OTHER_CARD_KINDS, RUN_CARD_KINDS } from '../../src/domain/card.ts'
import { CardId, RunId, StepKey, TeamId } from '../../src/domain/ids.ts'
import { cards } from '../schema.ts'
import type { StalePlace, Store } from '../store.ts'

type CardQueries = Pick<
  Store,
  'staleCards' | 'countUnposted' | 'card' | 'cardsOf' | 'liveRunsIn' | 'cardAt' | 'astrayCards'
>

/** Reads of cards: what is stale, and what stands where. */
export function cardQueries(db: Database.Database, orm: BetterSQLite3Database): CardQueries {
  // As the partial index of unfinished runs says it, which is named as the team's other indexes hold all that ever ran; the
  // run's id makes that of its card.
  const live = db
    .prepare<[string, string, number], RunId>(
      `SELECT runs.id FROM runs INDEXED BY runs_unfinished JOIN cards ON cards.team = runs.team AND cards.id = 'run/' || runs.id
        WHERE (ended_at IS NULL OR attempts <> '[]') AND ended_at IS NULL AND runs.team = ? AND cards.channel = ?
        ORDER BY runs.id DESC LIMIT ?`,
    )
    .pluck()
  const unposted = db
    .prepare<[string, string, number], number>(
      `SELECT count(*) FROM (SELECT 1 FROM cards WHERE stale_since IS NOT NULL AND team = ? AND channel = ?
        AND kind = 'run' AND ts IS NULL LIMIT ?)`,
    )
    .pluck()
  // Read at every change of anything: prepared once. The index holds the whole order, with the key of the table behind it.
  const stale = db.prepare(`SELECT ${COLUMNS} FROM cards WHERE stale_since IS NOT NULL AND urgent = :urgent
    ORDER BY stale_since, team, id LIMIT :limit`)
  const staleBehind = db.prepare(`SELECT ${COLUMNS} FROM cards WHERE stale_since IS NOT NULL AND urgent = :urgent
    AND stale_since >= :staleSince AND (stale_since, team, id) > (:staleSince, :team, :id)
    ORDER BY stale_since, team, id LIMIT :limit`)
  const walk = (turn: number, limit: number, after: StalePlace | null): Card[] => {
    const which = { urgent: turn, limit }
    if (!after) return stale.all(which).map(parseCard)
    const { staleSince, team, id } = after
    return staleBehind.all({ ...which, staleSince: staleSince ?? 0, team, id }).map(parseCard)
  }
  return {
    async staleCards(limit, after = null) {
      // One turn after the other: each is a walk along the index from where the last page ended.
      const found: Card[] = []
      for (let turn = after?.turn ?? FIRST_TURN; turn >= LAST_TURN && found.length < limit; turn--) {
        found.push(...walk(turn, limit - found.length, turn === after?.turn ? after : null))
      }
      return found
    },
    countUnposted: async (team, channel, most) => unposted.get(team, channel, most) ?? 0,
    async card(team, id) {
      const row = orm
        .select()
        .from(cards)
        .where(and(eq(cards.team, team), eq(cards.id, id)))
        .get()
      return row ? parseCard(row) : null
    },
    liveRunsIn: async (team, channel, limit) => live.all(team, channel, limit),
    cardsOf: async (run) => orm.select().from(cards).where(eq(cards.run, run)).all().map(parseCard),
    // As the partial index says it.
    astrayCards: async (limit) =>
      orm
        .select()
        .from(cards)
        .where(
          or(isNotNull(cards.undeliverable), isNotNull(cards.detour), isNotNull(cards.leftTs), isNotNull(cards.toldAt)),
        )
        .limit(limit)
        .all()
        .map(parseCard),
    async cardAt(team, channelId, ts) {
      const row = orm
        .select()
        .from(cards)
        .where(and(eq(cards.team, team), eq(cards.channelId, channelId), eq(cards.ts, ts)))
        .get()
      return row ? parseCard(row) : null
    },
  }
}

/** As the rows of the table are called here. */
const COLUMNS = Object.entries(getTableColumns(cards))
  .map(([name, column]) => `${column.name} AS "${name}"`)
  .join(', ')

const kept = {
  team: TeamId,
  id: CardId,
  step: StepKey.nullable(),
  line: z.int().nullable(),
  channel: z.string(),
  urgent: z.int().min(LAST_TURN).max(FIRST_TURN),
  ts: z.string().nullable(),
  channelId: z.string().nullable(),
  revision: z.int(),
  painted: z.int(),
  digest: z.string().nullable(),
  staleSince: z.int().nullable(),
  undeliverable: z.string().nullable(),
  detour: z.string().nullable(),
  leftChannelId: z.string().nullable(),
  leftTs: z.string().nullable(),
  lateMs: z.int().nullable(),
  lateWhy: z.string().nullable(),
  toldAt: z.int().nullable(),
  toldKey: z.string().nullable(),
  toldThings: z.int().nullable(),
  toldMark: z.int().nullable(),
}

const CardRow = z.discriminatedUnion('kind', [
  z.object({ ...kept, kind: z.enum(RUN_CARD_KINDS), run: RunId, about: z.null() }),
  z.object({ ...kept, kind: z.enum(OTHER_CARD_KINDS), run: RunId.nullable(), about: z.string() }),
])

function parseCard(row: unknown): Card {
  const { leftChannelId, leftTs, lateMs, lateWhy, urgent: turn, ...read } = CardRow.parse(row)
  const { toldAt, toldKey, toldThings, toldMark, ...card } = read
  return {
    ...card,
    turn,
    urgent: turn > LAST_TURN,
    left: leftChannelId === null || leftTs === null ? null : { channel: leftChannelId, ts: leftTs },
    late: lateMs === null ? null : { ms: lateMs, why: lateWhy },
    told:
      toldAt === null || toldKey === null
        ? null
        : { at: toldAt, key: toldKey, things: toldThings ?? 1, mark: toldMark ?? card.revision },
  }
}
