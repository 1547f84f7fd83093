import { z } from 'zod'

export type Environment = Readonly<Record<string, string | undefined>>

/** A variable that a connector lacks, in words for whoever has to set it. */
export interface MissingSetting {
  service: string
  /** Name of the environment variable. */
  variable: string
  /** What is wrong with it: `is not set`, `is not a URL`. Never its value. */
  problem: string
  what: string
  /** Where to get it: a place to click. */
  where: string
}

/** What a connector wants to know: its schema takes the variable's text, undefined when it is unset or empty. */
export interface WantedSetting<T> {
  schema: z.ZodType<T, string | undefined>
  what: string
  where: string
}

type Wanted = Readonly<Record<string, WantedSetting<unknown>>>
type Values<W extends Wanted> = { [Name in keyof W]: W[Name] extends WantedSetting<infer T> ? T : never }

export type SettingsRead<W extends Wanted> = { values: Values<W> } | { missing: MissingSetting[] }

/** Reads a service's variables; says of all that lack or are wrong, at once, what they are and where to get them. */
export function readSettings<W extends Wanted>(service: string, env: Environment, wanted: W): SettingsRead<W> {
  const missing: MissingSetting[] = []
  const values: Record<string, unknown> = {}
  for (const [variable, { schema, what, where }] of Object.entries(wanted)) {
    const text = env[variable]?.trim()
    const parsed = schema.safeParse(text === '' ? undefined : text)
    if (parsed.success) values[variable] = parsed.data
    else missing.push({ service, variable, problem: problemOf(text, parsed.error), what, where })
  }
  return missing.length > 0 ? { missing } : { values: values as Values<W> }
}

function problemOf(text: string | undefined, error: z.ZodError): string {
  return text === undefined || text === '' ? 'is not set' : (error.issues[0]?.message ?? 'is not valid')
}

/** Text that has to be there. */
export const needed: z.ZodType<string, string | undefined> = z.string().min(1)

/** Text that may be absent, with what holds then. */
export const optional = (otherwise: string): z.ZodType<string, string | undefined> => z.string().default(otherwise)

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Credentials travel only encrypted, or within this machine. */
const address = z
  .string()
  .refine((text) => URL.canParse(text), 'is not a URL')
  .refine((text) => {
    if (!URL.canParse(text)) return true
    const { protocol, hostname } = new URL(text)
    return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname))
  }, 'has to begin with https://')
  .transform((text) => text.replace(/\/+$/, ''))

/** A base URL that has to be there, without its last slash. */
export const neededUrl: z.ZodType<string, string | undefined> = address

/** A base URL with the vendor's own as what holds otherwise. */
export const optionalUrl = (otherwise: string): z.ZodType<string, string | undefined> => address.default(otherwise)

/** A whole number that may be absent. */
export const optionalCount: z.ZodType<number | null, string | undefined> = z
  .string()
  .regex(/^\d{1,9}$/, 'is not a whole number')
  .transform(Number)
  .optional()
  .transform((count) => count ?? null)
