import type { Actor } from '../domain/actor.ts'
import type { EntryDraft, EntryKind } from '../domain/entry.ts'
import {
  type CauseKind,
  type Hold,
  type HoldDecisionKind,
  type HoldOf,
  type HoldScope,
  scopeKey,
} from '../domain/hold.ts'
import type { AttemptId, EntryId, HoldId, TeamId } from '../domain/ids.ts'
import type { StepFailure } from '../domain/run.ts'
import { ENGINE } from './draft-change.ts'

/** A change of a hold, and what the ledger is to say of it. */
export interface HoldChange {
  hold: Hold
  entry: { kind: EntryKind; by: Actor; facts?: NonNullable<EntryDraft['facts']>; body?: Record<string, unknown> } | null
  /** The service whose looks open nothing until one is answered: somebody let go on what waits for it. */
  overrules?: string
  /** Whether its card is drawn at once: people did it, or it matters to them. */
  urgent: boolean
}

interface Beginning {
  id: HoldId
  team: TeamId
  scope: HoldScope
  now: number
}

const base = ({ id, team, scope, now }: Beginning) => ({
  id,
  team,
  scope,
  version: 1,
  status: 'open' as const,
  since: now,
  decisions: [],
  release: null,
  closedAt: null,
  oneByOne: 0,
})

export const newPause = (
  beginning: Beginning,
  { by, reason, until }: { by: Actor; reason: string; until: number | null },
): HoldOf<'pause'> => ({ ...base(beginning), kind: 'pause', by, reason, until })

/** `wasLooked`: a look has found it. */
export const newIncident = (
  beginning: Beginning,
  { cause, failure, wasLooked = false }: { cause: CauseKind; failure: StepFailure; wasLooked?: boolean },
): HoldOf<'incident'> => ({
  ...base(beginning),
  kind: 'incident',
  by: ENGINE,
  reason: failure.message,
  until: null,
  cause,
  failure,
  probes: 0,
  lastProbe: wasLooked ? { at: beginning.now, answered: false, said: failure.message } : null,
  nextProbe: beginning.now + probeAfter(0),
  reopened: 0,
  escalation: null,
})

export const newBrake = (beginning: Beginning, rule: { starts: number; withinMs: number }): HoldOf<'brake'> => ({
  ...base(beginning),
  kind: 'brake',
  by: ENGINE,
  reason: 'More were started than is usual.',
  until: null,
  ...rule,
  cancelling: false,
})

/** What the ledger says of a hold that begins. */
export function opening(hold: Hold): HoldChange {
  const until = hold.until === null ? {} : { until: hold.until }
  const facts = { hold: hold.id, kind: hold.kind, scope: scopeKey(hold.scope), ...until, ...detail(hold) }
  return { hold, entry: { kind: 'hold.opened', by: hold.by, facts, body: { reason: hold.reason } }, urgent: true }
}

function detail(hold: Hold): Record<string, string | number> {
  if (hold.kind === 'incident') return { cause: hold.cause, code: hold.failure.code }
  return hold.kind === 'brake' ? { starts: hold.starts, within: hold.withinMs } : {}
}

/** Milliseconds until the next look: soon at first, then once a minute. */
const probeAfter = (probes: number): number => Math.min(60_000, 5_000 * 2 ** Math.min(probes, 4))

/** A look came to something: when it failed, the next one waits longer, and as long as the service asked for. */
export function probed(
  hold: HoldOf<'incident'>,
  { answered, said, now, retryAfterMs }: { answered: boolean; said: string | null; now: number; retryAfterMs: number },
): HoldOf<'incident'> {
  const probes = hold.probes + 1
  return {
    ...hold,
    probes,
    lastProbe: { at: now, answered, said },
    nextProbe: answered ? null : now + Math.max(probeAfter(probes), retryAfterMs),
  }
}

/** What was held begins to go on. */
export function releasing(hold: Hold, { by, runs, now }: { by: Actor; runs: number; now: number }): HoldChange {
  const next: Hold = { ...hold, status: 'releasing', release: { at: now, runs, by }, oneByOne: 0 }
  const released = next.kind === 'incident' ? { ...next, nextProbe: null } : next
  return { hold: released, entry: { kind: 'hold.releasing', by, facts: { hold: hold.id, runs } }, urgent: true }
}

/** What went on fails again of the same cause: the gate closes. */
export function reopened(
  hold: HoldOf<'incident'>,
  { failure, now }: { failure: StepFailure; now: number },
): HoldChange {
  const next: HoldOf<'incident'> = {
    ...hold,
    status: 'open',
    release: null,
    failure,
    reopened: hold.reopened + 1,
    nextProbe: now + probeAfter(hold.probes),
  }
  const facts = { hold: hold.id, times: next.reopened, code: failure.code }
  return { hold: next, entry: { kind: 'hold.reopened', by: ENGINE, facts }, urgent: true }
}

/** Nothing waits for it any more. */
export function closed(hold: Hold, now: number): HoldChange {
  const next: Hold = { ...hold, status: 'closed', closedAt: now, oneByOne: 0 }
  const facts = { hold: hold.id, duration: now - hold.since }
  return { hold: next, entry: { kind: 'hold.closed', by: ENGINE, facts }, urgent: true }
}

export interface HoldRequest {
  kind: HoldDecisionKind
  by: Actor
  reason: string | null
}

/** In which kinds of hold, and in which of their states, each decision makes sense. */
const OPEN_TO: Record<HoldDecisionKind, (hold: Hold) => boolean> = {
  resume: ({ kind, status }) => kind === 'pause' && status === 'open',
  probe: ({ kind, status }) => kind === 'incident' && status === 'open',
  'release-one': ({ kind, status }) => kind !== 'pause' && status === 'open',
  'release-all': ({ kind, status }) => kind !== 'pause' && status === 'open',
  escalate: (hold) =>
    hold.kind === 'incident' && hold.status !== 'closed' && (hold.escalation?.status ?? 'failed') === 'failed',
  close: (hold) => hold.kind === 'incident' && hold.status !== 'closed' && !isGivenUp(hold),
  'cancel-all': ({ kind, status }) => kind === 'brake' && status === 'open',
}

/** Somebody said that it is over: it does not come back, whatever fails then. */
export const isGivenUp = (hold: Hold): boolean => hold.decisions.some(({ kind }) => kind === 'close')

/** Applies a person's decision, or null when somebody was first or it ended by itself. */
export function decideHold(
  hold: Hold,
  request: HoldRequest,
  { now, entry, attempt, runs }: { now: number; entry: EntryId; attempt: AttemptId; runs: number },
): HoldChange | null {
  if (!OPEN_TO[request.kind](hold)) return null
  const { kind, by, reason } = request
  const decided: Hold = { ...hold, decisions: [...hold.decisions, { kind, by, at: now, reason, entry }] }
  const facts = { hold: hold.id, decision: kind, runs }
  const told = { kind: 'hold.decided' as const, by, facts, ...(reason === null ? {} : { body: { reason } }) }
  const overrules = overruled(hold, kind)
  return {
    ...{ hold: after(decided, { kind, by, now, attempt, runs, reason }), entry: told, urgent: true },
    ...(overrules === null ? {} : { overrules }),
  }
}

/** The service whose looks a decision overrules; null when it does not. */
export function overruled({ kind: of, scope }: Hold, kind: HoldDecisionKind): string | null {
  const isOverruled = of === 'incident' && (kind === 'release-all' || kind === 'close')
  return isOverruled && scope.of === 'service' ? scope.service : null
}

interface Deciding {
  kind: HoldDecisionKind
  by: Actor
  now: number
  attempt: AttemptId
  runs: number
  reason: string | null
}

function after(hold: Hold, { kind, by, now, attempt, runs, reason }: Deciding): Hold {
  switch (kind) {
    case 'probe':
      return hold.kind === 'incident' ? { ...hold, nextProbe: now } : hold
    case 'release-one':
      return { ...hold, oneByOne: hold.oneByOne + 1 }
    case 'escalate':
      return hold.kind === 'incident'
        ? { ...hold, escalation: { status: 'opening', by, at: now, reason: reason ?? '', attempt } }
        : hold
    case 'cancel-all': {
      const all = releasing(hold, { by, runs, now }).hold
      return all.kind === 'brake' ? { ...all, cancelling: true } : all
    }
    case 'close':
      return hold.status === 'releasing' ? hold : releasing(hold, { by, runs, now }).hold
    case 'resume':
    case 'release-all':
      return releasing(hold, { by, runs, now }).hold
  }
}
