import { z } from 'zod'

const Texts = z.record(z.string(), z.string())

/** What came: a request as its sender made it, or an event that a client named. */
export const InboxContent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('webhook'), body: z.string(), headers: Texts, query: Texts }),
  z.object({ kind: z.literal('event'), event: z.string(), key: z.string(), payload: z.unknown() }),
])
export type InboxContent = z.infer<typeof InboxContent>

/** In words why nothing has become of it. */
const Why = z.object({ message: z.string(), hint: z.string() })
export type Why = z.infer<typeof Why>

/** What of an item of the inbox is sealed. */
export const InboxSecret = z.object({ content: InboxContent, why: Why.nullable() })
export type InboxSecret = z.infer<typeof InboxSecret>
