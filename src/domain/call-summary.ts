import { z } from 'zod'

/** What one call of an attempt came to; the card says from these what is done and what would be repeated. */
export const CallSummary = z.object({
  service: z.string(),
  operation: z.string(),
  title: z.string(),
  class: z.enum(['R', 'U', 'K', 'C', 'L']),
  /** `found`: it was there already; `not-sent`: stopped before it left. */
  outcome: z.enum(['done', 'found', 'failed', 'unknown', 'not-sent']),
  /** Of what was found: an earlier try of this call may have made it, whose answer was lost. */
  ours: z.literal(true).optional(),
  tries: z.int(),
  at: z.int().nonnegative(),
})
export type CallSummary = z.infer<typeof CallSummary>
