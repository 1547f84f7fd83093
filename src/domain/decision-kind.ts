import { z } from 'zod'

/** What a person can decide about a step or a run. */
export const DecisionKind = z.enum([
  'retry',
  'skip',
  'mark-done',
  'escalate',
  'cancel',
  'approve',
  'refuse',
  'delegate',
  'complete',
  'reassign',
  'edit',
  'restart',
  'take-over',
  'propose',
  'withdraw',
  'use-rules',
  'close-debt',
  'hand-over-debt',
  'pause',
  'resume',
])
export type DecisionKind = z.infer<typeof DecisionKind>
