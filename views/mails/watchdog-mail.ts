import { tame, tameLine } from '../outside-text.ts'
import { texts } from '../texts/index.ts'
import { secondInUtc } from '../times.ts'

interface Told {
  tells: 'begun' | 'over'
  /** What is wrong, in a sentence. */
  text: string
  host: string
  /** Milliseconds since 1970. */
  at: number
}

/** The message of the watchdog, as it goes by e-mail; its subject also stands in PagerDuty. */
export function watchdogMail({ tells, text, host, at }: Told): { subject: string; text: string } {
  const { fromWatchdog, overOnHost, seen, watchdogBegun, watchdogOver } = texts.mails
  const what = tameLine(text, 200)
  const where = tameLine(host, 60)
  const isOver = tells === 'over'
  return {
    subject: (isOver ? overOnHost : fromWatchdog)(where, what),
    text: `${tame(text, 600)}\n\n${seen(secondInUtc(at), where)} ${isOver ? watchdogOver : watchdogBegun}\n`,
  }
}
