import { z } from 'zod'

/** A field of the input that somebody changed, as people read it; of a person, their id. */
export const ChangedValue = z.object({ label: z.string(), old: z.string(), now: z.string(), isPerson: z.boolean() })
export type ChangedValue = z.infer<typeof ChangedValue>
