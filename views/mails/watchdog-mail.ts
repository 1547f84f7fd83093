import { tame, tameLine } from '../outside-text.ts'

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
  const what = tameLine(text, 200)
  const when = `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`
  const means =
    tells === 'begun'
      ? 'This comes from the watchdog beside Purser, which needs neither Slack nor the database. Look at the host: the log of Purser says more, and so does npm run purser -- doctor.'
      : 'The watchdog beside Purser sees that this is over.'
  return {
    subject: `Purser on ${tameLine(host, 60)}: ${tells === 'over' ? 'over: ' : ''}${what}`,
    text: `${tame(text, 600)}\n\nSeen at ${when} on ${tameLine(host, 60)}. ${means}\n`,
  }
}
