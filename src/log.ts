import { type DestinationStream, type LevelWithSilent, pino } from 'pino'
import type { Clock } from './clock.ts'

/** `reference`: by which a person names what went wrong: Purser told it to them, the log has the rest. */
const FIELDS = ['service', 'code', 'reference', 'path', 'port', 'version', 'count'] as const

/** What a line may say besides its message; anything else is left out, and named in `dropped`. */
export type LogFields = { err?: unknown } & Partial<Record<(typeof FIELDS)[number], string | number>>

export interface Log {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
}

interface Options {
  level: LevelWithSilent
  clock: Pick<Clock, 'now'>
  /** Hides secrets in the finished line: paths and fields alone let most of them through. */
  scrubText: (text: string) => string
  /** Standard output when absent. */
  destination?: DestinationStream
}

const LISTED = new Set<string>(FIELDS)
const DEEPEST_CAUSE = 5
/** An escape of the line's JSON, which is left whole, or an address. */
const ESCAPE_OR_ADDRESS = /\\(?:u[\da-f]{4}|.)|[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/gi

/** The log: one JSON object a line; no secret, no address, no field that is not listed here. */
export function createLog({ level, clock, scrubText, destination }: Options): Log {
  const lines = pino(
    {
      level,
      base: null,
      // Ours says less than pino's own: see `described`.
      serializers: { err: (error: unknown) => error },
      timestamp: () => `,"time":${clock.now()}`,
      hooks: { streamWrite: (line) => withoutAddresses(scrubText(line)) },
    },
    destination ?? pino.destination({ fd: 1, sync: true }),
  )
  return {
    debug: (message, fields) => lines.debug(listed(fields), message),
    info: (message, fields) => lines.info(listed(fields), message),
    warn: (message, fields) => lines.warn(listed(fields), message),
    error: (message, fields) => lines.error(listed(fields), message),
  }
}

/** An address would stay in the log when its owner is erased everywhere else. */
const withoutAddresses = (line: string): string =>
  line.includes('@')
    ? line.replace(ESCAPE_OR_ADDRESS, (found) => (found.startsWith('\\') ? found : '[hidden: address]'))
    : line

function listed(fields: LogFields = {}): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  const dropped: string[] = []
  for (const [name, value] of Object.entries(fields)) {
    if (name === 'err') kept.err = described(value, 0)
    else if (LISTED.has(name) && (typeof value === 'string' || typeof value === 'number')) kept[name] = value
    else if (value !== undefined) dropped.push(name)
  }
  return dropped.length === 0 ? kept : { ...kept, dropped }
}

/** What is told of an error: never its other fields, which hold requests and configurations in many libraries. */
function described(error: unknown, depth: number): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: typeof error === 'string' ? error : `not an error: ${typeof error}` }
  const code = 'code' in error && (typeof error.code === 'string' || typeof error.code === 'number') ? error.code : null
  return {
    name: error.name,
    message: error.message,
    ...(code === null ? {} : { code }),
    ...('hint' in error && typeof error.hint === 'string' ? { hint: error.hint } : {}),
    stack: error.stack,
    ...(error.cause === undefined || depth >= DEEPEST_CAUSE ? {} : { cause: described(error.cause, depth + 1) }),
  }
}
