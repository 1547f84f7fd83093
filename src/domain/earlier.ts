import { z } from 'zod'
import { Actor } from './actor.ts'
import { DecisionKind } from './decision-kind.ts'
import type { Proposal } from './proposal.ts'
import type { Run, Step } from './run.ts'

/** Who was first, as those are told who come after them. */
export const Earlier = z.object({
  kind: z.enum([...DecisionKind.options, 'confirm']),
  by: Actor,
  at: z.int().nonnegative(),
})
export type Earlier = z.infer<typeof Earlier>

/** Who last decided about a step: of two who were needed, the one who carried it out. */
export function lastOn({ decisions }: Step): Earlier | null {
  const last = decisions.at(-1)
  if (!last) return null
  const { kind, by, at, confirmedBy } = last
  return confirmedBy ? { kind: 'confirm', by: confirmedBy, at } : { kind, by, at }
}

/** Who gave a run up, or began it anew; null when nobody did. */
export const gaveUp = ({ cancelled, restartedAs }: Run): Earlier | null =>
  cancelled ? { kind: restartedAs ? 'restart' : 'cancel', by: cancelled.by, at: cancelled.at } : null

/** Who last did this about the run as a whole; null when that was no person. */
export function lastOfRun({ history }: Run, kind: 'resume' | 'use-rules'): Earlier | null {
  const line = history.findLast((each) => each.kind === kind)
  return line?.by.kind === 'person' ? { kind, by: line.by, at: line.at } : null
}

/** Proposals of which a run remembers who answered them. */
const MOST_REMEMBERED = 20

/** Keeps who answered a proposal, for whoever presses its buttons after them. */
export function rememberAnswer(run: Run, { id }: Proposal, first: Earlier): void {
  run.answered = [...(run.answered ?? []), { proposal: id, first }].slice(-MOST_REMEMBERED)
}

/** Who answered a proposal that stands no longer; null when nobody did, or long ago. */
export const whoAnswered = ({ answered }: Run, proposal: Proposal['id']): Earlier | null =>
  answered?.find((each) => each.proposal === proposal)?.first ?? null
