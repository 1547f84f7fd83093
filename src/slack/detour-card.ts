import type { Card, CardMark } from '../domain/card.ts'
import type { EntryDraft } from '../domain/entry.ts'
import { PermanentFailure, type PurserError } from '../domain/errors.ts'
import type { TeamId } from '../domain/ids.ts'
import type { Run } from '../domain/run.ts'
import type { Rules, RulesBook } from '../rules/rules.ts'
import type { Directory } from './directory.ts'
import { digestOf } from './draw-card.ts'
import { type Sending, type SendPorts, sendCard, threadHead } from './send-card.ts'
import { movedEntry, refusedEntry, type Settled, type SettlePorts, settleCard } from './settle-card.ts'

export interface DetourPorts extends SendPorts, SettlePorts {
  rules: RulesBook
  directory: Directory
}

/** The channel that a card belongs to by the rules of today: somebody may have named another one there. */
export function homeOf({ rules }: { rules: RulesBook }, card: Card, run: Run | null): string {
  const purpose = PURPOSES[card.kind]
  return purpose && run ? rules.current().channel(purpose, run.workflow) : card.channel
}

const PURPOSES: Readonly<Record<string, Parameters<Rules['channel']>[0]>> = {
  run: 'runs',
  failure: 'alerts',
  ask: 'approvals',
}

interface Refused extends Sending {
  error: PurserError
  /** What is noted of the card wherever it stands. */
  settled: Settled
  /** The entry of its acceptance, where it is an alert. */
  accepted: readonly EntryDraft[]
}

/**
 * Shows a card elsewhere whose place takes nothing: where the rules of today say, in the fallback channel, or to its
 * owner. False when nothing takes it. Throws RetryLater and UnknownOutcome.
 */
export async function detourCard(
  ports: DetourPorts,
  refused: Refused,
  draw: (detour: { home: string; why: string }) => Sending['drawing'],
): Promise<boolean> {
  const { card, shown, error } = refused
  const about = { card, about: shown.about }
  const why = `${error.message}. ${error.hint}`
  for await (const { to, channel } of placesFor(ports, card, shown.run)) {
    const isHome = to === 'home'
    const drawing = isHome ? refused.drawing : draw({ home: card.channel, why })
    const moved: Card = { ...card, channel, ts: null, channelId: null }
    // A key of its own: what stands in the channel that is closed must not be taken for this one.
    const place = await sendCard(
      ports,
      { card: moved, shown, drawing, key: `${card.id}@${channel}` },
      { mayStand: true },
    ).catch(otherwise(ports))
    if (!place) continue
    const stood = card.ts && card.channelId ? { ts: card.ts, channel: card.channelId } : null
    const left = card.detour === null ? stood : card.left
    const result: Settled = isHome
      ? { ...refused.settled, place, left, detour: null }
      : { ...refused.settled, place, left, detour: channel, undeliverable: why, digest: digestOf(drawing) }
    const drafts = [
      ...(why === card.undeliverable ? [] : [refusedEntry(ports, about, error)]),
      movedEntry(ports, about, { to, channel }),
      ...refused.accepted,
    ]
    await settleCard(ports, card, { result, drafts })
    return true
  }
  return false
}

/** A place that refuses is passed by, with a word in the log. */
const otherwise =
  ({ onError }: SendPorts) =>
  (error: unknown): null => {
    if (!(error instanceof PermanentFailure)) throw error
    onError(error)
    return null
  }

async function* placesFor(
  ports: DetourPorts,
  card: Card,
  run: Run | null,
): AsyncGenerator<{ to: 'home' | 'fallback' | 'owner'; channel: string }> {
  const home = homeOf(ports, card, run)
  const { fallbackChannel } = ports.rules.current()
  const tried = new Set([card.channel, card.detour])
  if (!tried.has(home)) yield { to: 'home', channel: home }
  if (fallbackChannel !== null && fallbackChannel !== home && !tried.has(fallbackChannel)) {
    yield { to: 'fallback', channel: fallbackChannel }
  }
  const owner = await ownersDirect(ports, card.team, run)
  if (owner !== null && !tried.has(owner)) yield { to: 'owner', channel: owner }
}

/** The direct messages of whoever started it, else of somebody of the groups; null when Slack opens none. */
async function ownersDirect(ports: DetourPorts, team: TeamId, run: Run | null): Promise<string | null> {
  const startedBy = run?.startedBy
  try {
    const user = startedBy?.kind === 'person' ? startedBy.user : await somebodyOf(ports, team)
    return user === null ? null : await ports.surface.openDirect(team, user)
  } catch (error) {
    return otherwise(ports)(error)
  }
}

async function somebodyOf({ directory, rules }: DetourPorts, team: TeamId) {
  const groups = rules.current().groups.map(({ key, title }) => ({ key, title }))
  const mentions = await directory.reach(team, { groups, people: [], users: [] })
  return mentions.flatMap((mention) => (mention.kind === 'user' ? [mention.user] : []))[0] ?? null
}

/**
 * A line whose thread stands in a closed channel: its head is drawn anew, finds the channel closed too, and moves; the
 * line follows it.
 */
export async function moveHeadOf(ports: SettlePorts, card: Card): Promise<boolean> {
  const above = threadHead(card)
  const head = above && (await ports.store.card(card.team, above))
  if (!head || head.digest === null || head.detour !== null) return above !== null
  const mark: CardMark = { ...head, urgent: true }
  await ports.store.commit({ at: ports.clock.now(), entries: [], cards: [mark] })
  await settleCard(ports, { ...head, digest: null }, { result: { isWhole: false } })
  return true
}
