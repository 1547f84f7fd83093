import { cut } from '../limits.ts'
import { tame, tameLine } from '../outside-text.ts'
import { texts } from '../texts/index.ts'
import { duration, secondInUtc } from '../times.ts'
import { plainOfMarkup } from './plain-of-markup.ts'

/** An alert as its card's text tells it. */
export interface AlertInMail {
  /** `text` of the card. */
  text: string
  /** Milliseconds since 1970 of the failure. */
  since: number
  /** Where people were told of it before: when, and how much of it there was. */
  told?: { at: number; things: number } | null
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
  const { about, notTaken, slackDidNotTake, decideInSlack, byMailAlone } = texts.mails
  const subject = alerts.length === 1 && first ? about(headline(first)) : notTaken(alerts.length)
  const shown = alerts.slice(0, MOST_ALERTS).map((alert) => entry(alert, now))
  const more = alerts.length - shown.length
  const text = [
    slackDidNotTake(alerts.length, why === null ? null : tameLine(why, 300)),
    decideInSlack,
    ...shown,
    ...(more > 0 ? [texts.lists.andMore(more)] : []),
    ...(trouble === null ? [] : [byMailAlone(tameLine(trouble, 300))]),
  ]
  return { subject: cut(subject, 200), text: `${text.join('\n\n')}\n` }
}

function entry({ text, since, told = null }: AlertInMail, now: number): string {
  const said = tame(plainOfMarkup(text), ALERT_TEXT).split('\n').join('\n  ')
  const before = told ? `\n  ${texts.mails.toldBefore(told.things, secondInUtc(told.at))}` : ''
  return `• ${said}\n  ${texts.mails.failed(duration(Math.max(0, now - since)), secondInUtc(since))}${before}`
}

/** The first line of what the card says. */
const headline = ({ text }: AlertInMail): string => tameLine(plainOfMarkup(text).split('\n')[0] ?? '', 150)

/** The e-mail that ends an earlier one. */
export function resolvedMail(resolved: readonly { text: string | null }[]): { subject: string; text: string } {
  const { solved, takenOrSolved, anAlert } = texts.mails
  const shown = resolved
    .slice(0, MOST_ALERTS)
    .map(({ text }) => `• ${text === null ? anAlert : headline({ text, since: 0 })}`)
  const more = resolved.length - shown.length
  const lines = [takenOrSolved, ...shown, ...(more > 0 ? [texts.lists.andMore(more)] : [])]
  return { subject: solved(resolved.length), text: `${lines.join('\n')}\n` }
}
