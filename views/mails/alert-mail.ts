import { cut } from '../limits.ts'
import { tame, tameLine } from '../outside-text.ts'
import { duration } from '../times.ts'
import { count } from '../wording.ts'
import { plainOfMarkup } from './plain-of-markup.ts'

/** An alert as its card's text tells it. */
export interface AlertInMail {
  /** `text` of the card. */
  text: string
  /** Milliseconds since 1970 of the failure. */
  since: number
}

export interface AlertMail {
  alerts: readonly AlertInMail[]
  now: number
  /** Why Slack did not take them, where it is known. */
  why: string | null
  /** The other path's own trouble, which cannot go by that path. */
  trouble: string | null
}

const MOST_ALERTS = 50
const ALERT_TEXT = 600

/** The e-mail about alerts that Slack did not take. */
export function alertMail({ alerts, now, why, trouble }: AlertMail): { subject: string; text: string } {
  const [first] = alerts
  const subject =
    alerts.length === 1 && first
      ? `Purser: ${headline(first)}`
      : `Purser: ${count(alerts.length, 'alert')} that Slack did not take`
  const shown = alerts.slice(0, MOST_ALERTS).map((alert) => entry(alert, now))
  const more = alerts.length - shown.length
  const text = [
    `Slack did not take ${alerts.length === 1 ? 'this alert' : 'these alerts'}${why === null ? '' : `: ${tameLine(why, 300)}`}`,
    'You decide in Slack as soon as it works again: the cards are posted there by themselves, and another message says so.',
    ...shown,
    ...(more > 0 ? [`And ${more} more.`] : []),
    ...(trouble === null ? [] : [`This went by e-mail alone: ${tameLine(trouble, 300)}`]),
  ]
  return { subject: cut(subject, 200), text: `${text.join('\n\n')}\n` }
}

const entry = (alert: AlertInMail, now: number): string =>
  `• ${tame(plainOfMarkup(alert.text), ALERT_TEXT).split('\n').join('\n  ')}\n  Failed ${duration(Math.max(0, now - alert.since))} ago, at ${new Date(alert.since).toISOString().slice(0, 19).replace('T', ' ')} UTC`

/** The first line of what the card says. */
const headline = ({ text }: AlertInMail): string => tameLine(plainOfMarkup(text).split('\n')[0] ?? '', 150)

/** The e-mail that ends an earlier one. */
export function resolvedMail(resolved: readonly { text: string | null }[]): { subject: string; text: string } {
  const shown = resolved
    .slice(0, MOST_ALERTS)
    .map(({ text }) => `• ${text === null ? 'An alert' : headline({ text, since: 0 })}`)
  const more = resolved.length - shown.length
  return {
    subject: `Purser: ${count(resolved.length, 'alert')} ${resolved.length === 1 ? 'is' : 'are'} in Slack now, or solved`,
    text: `${['Slack has taken what was sent to you by e-mail, or it is solved:', ...shown, ...(more > 0 ? [`And ${more} more.`] : [])].join('\n')}\n`,
  }
}
