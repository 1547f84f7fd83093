import { z } from 'zod'
import { AttemptId, CallId, EntryId, RunId, StepKey, SubjectId, TeamId } from './ids.ts'

/** Every kind of entry of the ledger. */
export const EntryKind = z.enum([
  'run.started',
  'run.ended',
  'run.held',
  'run.released',
  'run.adopted',
  'run.cleared',
  'step.succeeded',
  'step.backing-off',
  'step.failed',
  'step.unknown',
  'step.not-needed',
  'step.waiting',
  'step.reminded',
  'step.overdue',
  'step.widened',
  'step.rerouted',
  'step.returned',
  'step.out-of-reach',
  'step.expired',
  'step.refused',
  'step.late-answer',
  'step.undone',
  'step.held',
  'step.released',
  'attempt.lost',
  'call.intended',
  'call.answered',
  'call.unanswered',
  'decision.retry',
  'decision.skip',
  'decision.mark-done',
  'decision.escalate',
  'decision.cancel',
  'decision.approve',
  'decision.refuse',
  'decision.delegate',
  'decision.complete',
  'decision.reassign',
  'decision.edit',
  'decision.restart',
  'decision.take-over',
  'decision.propose',
  'decision.withdraw',
  'decision.use-rules',
  'decision.close-debt',
  'decision.hand-over-debt',
  'decision.pause',
  'decision.resume',
  'decision.refused',
  'proposal.expired',
  'step.lapsed',
  'debt.due',
  'debt.rerouted',
  'absence.said',
  'absence.ended',
  'ask.snoozed',
  'ask.reminded',
  'bulk.started',
  'bulk.stopped',
  'bulk.ended',
  'workflow.deployed',
  'click.received',
  'command.received',
  'submission.received',
  'event.received',
  'webhook.received',
  'inbox.kept',
  'inbox.stuck',
  'inbox.taken',
  'inbox.ignored',
  'inbox.dismissed',
  'inbox.retried',
  'alert.raised',
  'alert.settled',
  'schedule.fired',
  'schedule.skipped',
  'escalation.opened',
  'escalation.failed',
  'hold.opened',
  'hold.decided',
  'hold.releasing',
  'hold.reopened',
  'hold.closed',
  'card.undeliverable',
  'card.moved',
  'alert.accepted',
  'alert.told',
  'mail.intended',
  'mail.accepted',
  'mail.refused',
  'watchdog.alerted',
  'rules.changed',
  'subject.erased',
  'ledger.read',
  'ledger.archived',
  'checkpoint.signed',
  'checkpoint.anchored',
  'purser.started',
])
export type EntryKind = z.infer<typeof EntryKind>

/** A body under a key of its own (AES-256-GCM), that key wrapped for each subject in it; all base64url. */
export const SealedBody = z.strictObject({
  alg: z.literal('A256GCM'),
  iv: z.string(),
  ciphertext: z.string(),
  tag: z.string(),
  /** For each subject (or `team`): the body's key, wrapped under the subject's key. */
  keys: z.array(z.strictObject({ for: z.string(), iv: z.string(), wrapped: z.string(), tag: z.string() })).min(1),
})
export type SealedBody = z.infer<typeof SealedBody>

const Fact = z.union([z.string(), z.int(), z.boolean()])

/**
 * The core of an entry: what is hashed and kept for good, as RFC 8785 JSON. It holds no sequence number, no name and
 * no e-mail address: those stand in `body`, encrypted. This format is final: entries are never rewritten.
 */
export const EntryCore = z.strictObject({
  v: z.literal(1),
  id: EntryId,
  team: TeamId,
  /** Milliseconds since 1970. */
  at: z.int().nonnegative(),
  kind: EntryKind,
  /** `slack:T…/U…` or `purser:engine` */
  actor: z.string(),
  subjects: z.array(SubjectId),
  run: RunId.optional(),
  step: StepKey.optional(),
  attempt: AttemptId.optional(),
  call: CallId.optional(),
  /** The try's number within its call, from 1. */
  try: z.int().positive().optional(),
  service: z.string().optional(),
  operation: z.string().optional(),
  class: z.enum(['R', 'U', 'K', 'C', 'L']).optional(),
  method: z.string().optional(),
  /** Host and path template: `https://api.github.com/orgs/{org}/invitations`. */
  url: z.string().optional(),
  status: z.int().optional(),
  /** Milliseconds. */
  duration: z.int().nonnegative().optional(),
  /** Idempotency key of the call: run, step, item, operation and generation. */
  key: z.string().optional(),
  /**
   * Of the request's body as sent: its SHA-256, under the first subject's key (HMAC), base64url. A bare hash of a small
   * body (an address, a number) could be guessed, also after the subject was erased.
   */
  digest: z.string().optional(),
  /** What else is worth knowing without a key: codes and counts, never names. */
  facts: z.record(z.string(), Fact).optional(),
  body: SealedBody.optional(),
})
export type EntryCore = z.infer<typeof EntryCore>

/** An entry before its body is sealed: `body` may hold names, requests and answers, `digest` is the bare SHA-256. */
export type EntryDraft = Omit<EntryCore, 'v' | 'body'> & { body?: Record<string, unknown> }

/** An entry as the store keeps it: the canonical bytes, and copies of what queries filter by. */
export interface StoredEntry {
  core: EntryCore
  /** RFC 8785 form of `core`: the bytes that are hashed. */
  bytes: string
}
