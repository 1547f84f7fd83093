import type { CallSummary } from '../domain/call-summary.ts'
import type { Operation } from '../domain/operation.ts'

/** What the calls of an attempt came to so far. */
export interface CallList {
  add(summary: CallSummary): void
  /** A call has begun; the answer ends it. */
  begun<I, O>(operation: Operation<I, O>, at: number): () => void
  /** Those that ended, and as of unknown outcome those that are under way: an attempt may be given up before them. */
  now(): CallSummary[]
}

export function createCallList(): CallList {
  const done: CallSummary[] = []
  const underWay = new Set<CallSummary>()
  return {
    add: (summary) => void done.push(summary),
    begun({ service, name, title, class: kind }, at) {
      const summary: CallSummary = { service, operation: name, title, class: kind, outcome: 'unknown', tries: 1, at }
      underWay.add(summary)
      return () => void underWay.delete(summary)
    },
    now: () => [...done, ...underWay],
  }
}
