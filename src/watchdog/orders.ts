import { z } from 'zod'
import { type Language, languages } from '../../views/texts/index.ts'

const Mail = z.object({ url: z.string(), to: z.array(z.string()), from: z.string() })

/** What the watchdog needs to know, told once by the main process. */
export const Orders = z.object({
  dataFolder: z.string(),
  /** In which its mails are written. */
  language: z.enum(Object.keys(languages) as [Language, ...Language[]]),
  mail: Mail.nullable(),
  pagerDuty: z.object({ url: z.string(), routingKey: z.string() }).nullable(),
  limits: z.object({ silenceMs: z.number().positive(), leastFreeBytes: z.number().nonnegative() }),
  lookEveryMs: z.number().positive(),
  /** How long it goes on after the main process has ended, to tell of it. */
  orphanMs: z.number().positive(),
})
export type Orders = z.infer<typeof Orders>

/** A message of the main process to its watchdog. */
export const MainSays = z.discriminatedUnion('says', [
  z.object({ says: z.literal('orders'), orders: Orders }),
  z.object({ says: z.literal('alive'), database: z.string().nullable(), alerts: z.string().nullable() }),
  /** The main process ends as it was asked to. */
  z.object({ says: z.literal('stop') }),
])
export type MainSays = z.infer<typeof MainSays>

export const spoolIn = (dataFolder: string): string => `${dataFolder}/watchdog.spool`
