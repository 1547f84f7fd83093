import type { Card } from './card.ts'
import { type Run, type Step, stepOf } from './run.ts'

/** Within this a failure has to be in the channel, in milliseconds. */
export const ALERT_WITHIN_MS = 60_000
/** What Slack did not accept after this goes by the second path. */
const SLACK_HAS_MS = 45_000
/** Of which this much is left to Slack, however late the card was asked for. */
const SLACK_HAS_AT_LEAST_MS = 10_000

/** Which cards tell that something failed or stands; the others say how runs are going, and what people are asked. */
const IS_ALERT: Readonly<Record<Card['kind'], boolean>> = {
  ...{ failure: true, held: true, alert: true, hold: true },
  ...{ run: false, note: false, ask: false, nudge: false, board: false, digest: false, bulk: false },
}

/** Whether a card is one that has to reach people, on another path if Slack does not take it. */
export const isAlert = ({ kind }: Pick<Card, 'kind'>): boolean => IS_ALERT[kind]

/**
 * Since when what an alert's mark tells has been so, in milliseconds since 1970: the moment of failure. Null when the
 * card is no alert, stands already, or has been overtaken: what was marked is a person's deed, or a step that goes on.
 * `origin`: what the matter of the card itself says of its beginning.
 */
export function alertSince(card: Card, { run, origin }: { run: Run | null; origin: number | null }): number | null {
  if (!isAlert(card) || card.staleSince === null) return null
  // A pause is a person's deed, and a hold that is over needs nobody.
  if (card.kind === 'hold' && origin === null) return null
  // One that stands takes in more of its cause.
  if (card.kind === 'alert' && card.painted > 0) return origin
  if (card.kind !== 'failure') return card.painted === 0 ? (origin ?? card.staleSince) : null
  const step = run && card.step ? stepOf(run, card.step) : undefined
  if (!step || run?.endedAt) return null
  const failing = failingOf(step)
  if (!failing) return null
  if (card.painted === 0) return Math.min(failing.since, card.staleSince)
  const stoppedAt = step.status === 'failed' || step.status === 'unknown' ? step.at : null
  return stoppedAt !== null && stoppedAt >= card.staleSince ? stoppedAt : null
}

const failingOf = (step: Step) => ('failing' in step ? step.failing : null)

/**
 * Milliseconds until the second path takes over from Slack: 45 s after the failure, and never before Slack had its own
 * 10 s. Less than 0 when that is over. By how long ago the failure and the card's mark are.
 */
export function untilSecondPath({ failedFor, markedFor }: { failedFor: number; markedFor: number }): number {
  return Math.min(Math.max(SLACK_HAS_MS - failedFor, SLACK_HAS_AT_LEAST_MS - markedFor), SLACK_HAS_MS - markedFor)
}

/** Milliseconds after the failure, where that is later than promised and Slack had its time; else null. */
export function latenessOf({ since, markedAt, now }: { since: number; markedAt: number; now: number }): number | null {
  const ms = now - since
  return ms > ALERT_WITHIN_MS && now - markedAt > SLACK_HAS_AT_LEAST_MS ? ms : null
}
