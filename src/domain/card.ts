import type { BulkId, CardId, HoldId, RunId, StepKey, TeamId } from './ids.ts'

/**
 * About a run: `run`: how it is going · `failure`: a step that needs somebody · `note`: a line in the run card's
 * thread · `ask`: an approval or a task that waits for people · `nudge`: a line in its thread that mentions them ·
 * `held`: that a deploy holds it back.
 */
export const RUN_CARD_KINDS = ['run', 'failure', 'note', 'ask', 'nudge', 'held'] as const
/**
 * About something that has an id of its own: `alert`: what did not happen that should have · `board`: all runs of a
 * channel in which many are under way, by its day · `digest`: a channel's summary of a day · `hold`: a pause, an
 * incident, or a brake · `bulk`: a retry of many steps.
 */
export const OTHER_CARD_KINDS = ['alert', 'board', 'digest', 'hold', 'bulk'] as const

interface MarkParts {
  id: CardId
  team: TeamId
  /** Of a card about one step. */
  step: StepKey | null
  /** Of a note or nudge: which line of the run's history. */
  line: number | null
  /** Channel id or `#name` in which it is to stand. */
  channel: string
  /** Failures and what people did are painted before progress. */
  urgent: boolean
  /** Of what is urgent: somebody pressed a button of it just now, and waits. */
  clicked?: true
  /** Sent also where it is drawn as before: its message may be gone. */
  again?: true
}

export interface RunCardMark extends MarkParts {
  kind: (typeof RUN_CARD_KINDS)[number]
  run: RunId
  about?: null
}

export interface OtherCardMark extends MarkParts {
  kind: (typeof OTHER_CARD_KINDS)[number]
  /** Id of what it is about, among those of its kind. */
  about: string
  /** The run that it concerns, when it is one. */
  run: RunId | null
}

/** Turns, from the last to the first. */
export const LAST_TURN = 0
export const FIRST_TURN = 3

const NEEDED = 2

/** What cannot wait behind cards of runs that have stopped or ended: that somebody is needed. */
const NEEDS_SOMEBODY = new Set<CardMark['kind']>(['failure', 'alert', 'hold', 'held', 'ask', 'nudge'])

/** Whose turn it is among stale cards: what somebody pressed, what needs somebody, what else is urgent, and progress. */
export function turnOf({ urgent, clicked, kind }: Pick<CardMark, 'urgent' | 'clicked' | 'kind'>): number {
  if (!urgent) return LAST_TURN
  if (clicked) return FIRST_TURN
  return NEEDS_SOMEBODY.has(kind) ? NEEDED : 1
}

/** Whether somebody waits for it, or is needed. */
export const needsSomebody = ({ turn }: Pick<Card, 'turn'>): boolean => turn >= NEEDED

/** Of two marks of one card in the same change. */
export const joinMarks = (before: CardMark | undefined, mark: CardMark): CardMark => ({
  ...mark,
  urgent: mark.urgent || (before?.urgent ?? false),
  ...(before?.clicked ? { clicked: true } : {}),
  ...(before?.again ? { again: true } : {}),
})

/** Which card has to be drawn anew; the painter looks at the state, not at this, to know what to draw. */
export type CardMark = RunCardMark | OtherCardMark

/** A card as the store keeps it. */
export type Card = CardMark & Kept
export type RunCard = RunCardMark & Kept
export type OtherCard = OtherCardMark & Kept

interface Kept {
  /** The first of the turns that its marks gave it (`turnOf`). */
  turn: number
  /** Slack's id of the message, once it stands. */
  ts: string | null
  /** The channel it stands in, as Slack named it. */
  channelId: string | null
  /** Raised by every mark. */
  revision: number
  /** The revision that Slack last accepted. */
  painted: number
  /** Digest of what was last accepted, so that an equal drawing is not sent. */
  digest: string | null
  /** Milliseconds since 1970 of the oldest mark that is not painted. */
  staleSince: number | null
  /** Why Slack did not take it; of a card on a detour, why its own channel does not. */
  undeliverable: string | null
  /** Where it stands meanwhile, while its own channel takes nothing: a channel, or somebody's direct messages. */
  detour: string | null
  /** A copy that was left behind and does not say yet that the card has moved. */
  left: Place | null
  /** Of an alert that came late: milliseconds after the failure, and why. */
  late: { ms: number; why: string | null } | null
  told: ToldCard | null
}

/** What the second path told of a card last; null again when that is resolved. */
export interface ToldCard {
  /** When, in milliseconds since 1970. */
  at: number
  /** Under which message and alert. */
  key: string
  /** How many things, and up to which of the card's revisions. */
  things: number
  mark: number
}

/** A message in Slack. */
export interface Place {
  channel: string
  ts: string
}

export const isRunCard = (card: Card): card is RunCard => RUN_CARD_KINDS.some((kind) => kind === card.kind)

export const runCardId = (run: RunId): CardId => `run/${run}` as CardId
export const failureCardId = (run: RunId, step: StepKey): CardId => `failure/${run}/${step}` as CardId
export const askCardId = (run: RunId, step: StepKey): CardId => `ask/${run}/${step}` as CardId
export const heldCardId = (run: RunId): CardId => `held/${run}` as CardId
export const nudgeCardId = (run: RunId, line: number): CardId => `nudge/${run}/${line}` as CardId
export const noteCardId = (run: RunId, line: number): CardId => `note/${run}/${line}` as CardId
export const boardCardId = (channel: string, day: string): CardId => `board/${channel}/${day}` as CardId
export const digestCardId = (channel: string, day: string): CardId => `digest/${channel}/${day}` as CardId
export const alertCardId = (alert: string): CardId => `alert/${alert}` as CardId
export const bulkCardId = (bulk: BulkId): CardId => `bulk/${bulk}` as CardId
export const holdCardId = (hold: HoldId): CardId => `hold/${hold}` as CardId
