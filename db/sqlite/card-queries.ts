import type Database from 'better-sqlite3'
import { and, asc, desc, eq, isNotNull, or, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { z } from 'zod'
import { type Card, OTHER_CARD_KINDS, RUN_CARD_KINDS } from '../../src/domain/card.ts'
import { CardId, RunId, StepKey, TeamId } from '../../src/domain/ids.ts'
import { cards } from '../schema.ts'
import type { Store } from '../store.ts'

type CardQueries = Pick<Store, 'staleCards' | 'card' | 'cardsOf' | 'liveRunsIn' | 'cardAt' | 'astrayCards'>

/** Reads of cards: what is stale, and what stands where. */
export function cardQueries(db: Database.Database, orm: BetterSQLite3Database): CardQueries {
  // As the partial index of unfinished runs says it; the run's id makes that of its card.
  const live = db
    .prepare<[string, string, number], RunId>(
      `SELECT runs.id FROM runs JOIN cards ON cards.team = runs.team AND cards.id = 'run/' || runs.id
        WHERE (ended_at IS NULL OR attempts <> '[]') AND ended_at IS NULL AND runs.team = ? AND cards.channel = ?
        ORDER BY runs.id DESC LIMIT ?`,
    )
    .pluck()
  return {
    staleCards: async (limit, except = []) =>
      orm
        .select()
        .from(cards)
        .where(and(isNotNull(cards.staleSince), notAmong(except)))
        .orderBy(desc(cards.urgent), asc(cards.staleSince))
        .limit(limit)
        .all()
        .map(parseCard),
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

/** As one parameter: there may be more of them than SQLite takes. */
const notAmong = (ids: readonly CardId[]) =>
  ids.length === 0 ? undefined : sql`${cards.id} NOT IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`

const kept = {
  team: TeamId,
  id: CardId,
  step: StepKey.nullable(),
  line: z.int().nullable(),
  channel: z.string(),
  urgent: z.boolean(),
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
}

const CardRow = z.discriminatedUnion('kind', [
  z.object({ ...kept, kind: z.enum(RUN_CARD_KINDS), run: RunId, about: z.null() }),
  z.object({ ...kept, kind: z.enum(OTHER_CARD_KINDS), run: RunId.nullable(), about: z.string() }),
])

function parseCard(row: unknown): Card {
  const { leftChannelId, leftTs, lateMs, lateWhy, toldAt, toldKey, ...card } = CardRow.parse(row)
  return {
    ...card,
    left: leftChannelId === null || leftTs === null ? null : { channel: leftChannelId, ts: leftTs },
    late: lateMs === null ? null : { ms: lateMs, why: lateWhy },
    told: toldAt === null || toldKey === null ? null : { at: toldAt, key: toldKey },
  }
}
