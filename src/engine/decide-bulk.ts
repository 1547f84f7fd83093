import type { Actor } from '../domain/actor.ts'
import { type Bulk, type BulkMember, type BulkOutcome, wasRetried } from '../domain/bulk.ts'
import type { EntryDraft, EntryKind } from '../domain/entry.ts'

type Facts = NonNullable<EntryDraft['facts']>

/** A change of a bulk retry, and what the ledger is to say of it. */
export interface BulkChange {
  bulk: Bulk
  entry: {
    kind: EntryKind
    by: Actor
    facts: Facts
    body?: Record<string, unknown>
    of?: BulkMember
  } | null
}

/** What is next in a bulk retry. */
export type BulkNext =
  | { do: 'retry'; member: BulkMember }
  | { do: 'wait'; until: number }
  /** All had their turn; some go on still. */
  | { do: 'watch' }
  | { do: 'end' }
  | { do: 'nothing' }

/** The oldest of those that wait, at the rate that was asked for; it ends when it is known of each what came of it. */
export function nextOfBulk(bulk: Bulk, now: number): BulkNext {
  if (bulk.status !== 'running') return { do: 'nothing' }
  const member = bulk.members.find(({ outcome }) => outcome === 'waiting')
  if (member) return now < bulk.nextAt ? { do: 'wait', until: bulk.nextAt } : { do: 'retry', member }
  return bulk.members.some(({ outcome }) => outcome === 'retried') ? { do: 'watch' } : { do: 'end' }
}

interface Start {
  name: string
  perMinute: number
  /** Whether whoever asked for it may retry runs of this workflow, at this moment. */
  may(workflow: string): boolean
  now: number
}

/** A draft that somebody asked for; null when it is none any more. */
export function startBulk(bulk: Bulk, { name, perMinute, may, now }: Start): BulkChange | null {
  if (bulk.status !== 'draft') return null
  const members = bulk.members.map(
    (each): BulkMember => ({ ...each, outcome: may(each.workflow) ? 'waiting' : 'not-allowed' }),
  )
  const facts = { bulk: bulk.id, members: members.length, perMinute, leftOut: bulk.leftOut }
  const started: Bulk = { ...bulk, status: 'running', name, perMinute, since: now, nextAt: now, members }
  return { bulk: started, entry: { kind: 'bulk.started', by: bulk.by, facts, body: { name, filter: bulk.filter } } }
}

/** A draft that nobody asked for. */
export const forgetDraft = (bulk: Bulk, now: number): BulkChange | null =>
  bulk.status === 'draft' ? { bulk: { ...bulk, status: 'forgotten', members: [], endedAt: now }, entry: null } : null

/** What became of one of them, when it had its turn. The next one has to wait. */
export function hadItsTurn(
  bulk: Bulk,
  { member, outcome, now, why }: { member: BulkMember; outcome: BulkOutcome; now: number; why?: string },
): BulkChange | null {
  const found = bulk.members.find((each) => isSame(each, member))
  if (bulk.status !== 'running' || found?.outcome !== 'waiting') return null
  const retried = wasRetried({ outcome })
  const nextAt = retried ? Math.max(now, bulk.nextAt) + Math.ceil(60_000 / bulk.perMinute) : bulk.nextAt
  const members = bulk.members.map((each) => (each === found ? { ...each, outcome } : each))
  const facts = { decision: 'retry', why: why ?? outcome, bulk: bulk.id }
  const refused = { kind: 'decision.refused', by: bulk.by, facts, of: member } as const
  return { bulk: { ...bulk, nextAt, members }, entry: retried ? null : refused }
}

const isSame = (one: BulkMember, other: BulkMember): boolean => one.run === other.run && one.step === other.step

/** What came of those that were retried; null when nothing is new. */
export function withResults(bulk: Bulk, resultOf: (member: BulkMember) => BulkOutcome | null): BulkChange | null {
  let isNew = false
  const members = bulk.members.map((member) => {
    const outcome = member.outcome === 'retried' ? (resultOf(member) ?? member.outcome) : member.outcome
    isNew ||= outcome !== member.outcome
    return { ...member, outcome }
  })
  return isNew ? { bulk: { ...bulk, members }, entry: null } : null
}

/** Those that wait are not retried any more; null when there is nothing to stop. */
export function stopBulk(bulk: Bulk, { by, now }: { by: Actor; now: number }): BulkChange | null {
  if (bulk.status !== 'running' || bulk.stopped) return null
  const left = bulk.members.filter(({ outcome }) => outcome === 'waiting').length
  if (left === 0) return null
  const members = bulk.members.map(
    (each): BulkMember => (each.outcome === 'waiting' ? { ...each, outcome: 'stopped' } : each),
  )
  const facts = { bulk: bulk.id, left }
  return { bulk: { ...bulk, members, stopped: { by, at: now } }, entry: { kind: 'bulk.stopped', by, facts } }
}

/** It is known of each what came of it. */
export function endBulk(bulk: Bulk, { by, now }: { by: Actor; now: number }): BulkChange | null {
  if (nextOfBulk(bulk, now).do !== 'end') return null
  const facts: Record<string, string | number> = { bulk: bulk.id, duration: now - bulk.since }
  for (const { outcome } of bulk.members) facts[outcome] = Number(facts[outcome] ?? 0) + 1
  return { bulk: { ...bulk, status: 'ended', endedAt: now }, entry: { kind: 'bulk.ended', by, facts } }
}
