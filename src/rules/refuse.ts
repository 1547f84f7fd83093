import { z } from 'zod'

/** What a check of ours says about a value: beside the message, the way out and where in the text it is. */
export interface Refusal {
  suggestion: string
  /** Characters from the value's beginning, for what stands within a text. */
  offset?: number
}

/** Adds a problem to a schema's check; the answer never leaves the failed parse. */
export function refuse(ctx: z.RefinementCtx, message: string, refusal: string | Refusal): never {
  const params: Refusal = typeof refusal === 'string' ? { suggestion: refusal } : refusal
  ctx.addIssue({ code: 'custom', message, params: { ...params } })
  return z.NEVER
}
