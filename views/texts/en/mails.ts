import { count } from './count.ts'

/** What goes by e-mail, where Slack does not take it. */
export const mails = {
  about: (headline: string) => `Purser: ${headline}`,
  notTaken: (alerts: number) => `Purser: ${count(alerts, 'alert')} that Slack did not take`,
  slackDidNotTake: (alerts: number, why: string | null) =>
    `Slack did not take ${alerts === 1 ? 'this alert' : 'these alerts'}${why === null ? '' : `: ${why}`}`,
  decideInSlack:
    'You decide in Slack as soon as it works again: the cards are posted there by themselves, and another message says so.',
  byMailAlone: (trouble: string) => `This went by e-mail alone: ${trouble}`,
  failed: (ago: string, at: string) => `Failed ${ago} ago, at ${at}`,
  toldBefore: (things: number, at: string) =>
    `It has grown: at ${at} you were told of ${things === 1 ? 'one of these' : `${things} of these`}`,
  solved: (alerts: number) =>
    `Purser: ${count(alerts, 'alert')} ${alerts === 1 ? 'is' : 'are'} in Slack now, or solved`,
  takenOrSolved: 'Slack has taken what was sent to you by e-mail, or it is solved:',
  anAlert: 'An alert',
  fromWatchdog: (host: string, what: string) => `Purser on ${host}: ${what}`,
  overOnHost: (host: string, what: string) => `Purser on ${host}: over: ${what}`,
  seen: (at: string, host: string) => `Seen at ${at} on ${host}.`,
  watchdogBegun:
    'This comes from the watchdog beside Purser, which needs neither Slack nor the database. Look at the host: the log of Purser says more, and so does npm run purser -- doctor.',
  watchdogOver: 'The watchdog beside Purser sees that this is over.',
}
