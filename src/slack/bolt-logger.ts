import { type Logger as BoltLogger, LogLevel } from '@slack/bolt'
import type { Log } from '../log.ts'

/** Bolt's log lines in ours. */
export function boltLogger(log: Log): BoltLogger {
  const line = (parts: unknown[]): string => `bolt: ${parts.map(String).join(' ')}`
  return {
    debug: (...parts) => log.debug(line(parts)),
    info: (...parts) => log.debug(line(parts)),
    warn: (...parts) => log.warn(line(parts)),
    error: (...parts) => log.error(line(parts)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  }
}
