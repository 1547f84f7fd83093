import type { Matter } from '../../../src/domain/alert.ts'
import type { Piece } from '../../pieces.ts'
import { say } from '../say.ts'
import { count } from './count.ts'

const things = (many: number): string => `${count(many, 'thing')} that came from outside`
const one = (many: number, single: string, several: string): string => (many === 1 ? single : several)

type Headlines = Record<Matter['kind'], (many: number) => string>

/** What does not happen, as the headline says it of many. */
const what: Record<'is' | 'was', Headlines> = {
  is: {
    'not-begun': (many) => `nothing has come of ${things(many)}`,
    'not-usable': (many) => `${things(many)} cannot be used`,
    standstill: (many) => `${count(many, 'run')} ${one(many, 'does', 'do')} not go on`,
    'attempt-hangs': (many) => `${count(many, 'step')} ${one(many, 'does', 'do')} not end`,
    'not-woken': (many) => `${count(many, 'run')} ${one(many, 'was', 'were')} not woken`,
    'not-fired': (many) => `${count(many, 'schedule')} did not fire`,
    'not-started': (many) => `a schedule could not start its process ${count(many, 'time')}`,
    'not-come': (many) => `${count(many, 'expected event')} did not come`,
    'directory-refused': () => 'Slack does not tell Purser who people are',
    'out-of-reach': (many) => `${count(many, 'step')} ${one(many, 'waits', 'wait')} for people who are not there`,
  },
  was: {
    'not-begun': (many) => `nothing had come of ${things(many)}`,
    'not-usable': (many) => `${things(many)} could not be used`,
    standstill: (many) => `${count(many, 'run')} did not go on`,
    'attempt-hangs': (many) => `${count(many, 'step')} did not end`,
    'not-woken': (many) => `${count(many, 'run')} ${one(many, 'was', 'were')} not woken`,
    'not-fired': (many) => `${count(many, 'schedule')} did not fire`,
    'not-started': (many) => `a schedule could not start its process ${count(many, 'time')}`,
    'not-come': (many) => `${count(many, 'expected event')} did not come`,
    'directory-refused': () => 'Slack did not tell Purser who people are',
    'out-of-reach': (many) => `${count(many, 'step')} waited for people who were not there`,
  },
}

/** What they have in common, while it is so. */
const is = {
  'not-begun': (source: Piece) => say`What ${source} sent was acknowledged, and nothing has come of it.`,
  'not-usable': (source: Piece) => say`They came from ${source}, and wait for somebody to look, for the same reason.`,
  standstill: () => say`They have steps left, but nothing of them is under way, and they wait for nothing.`,
  nobody: () => say`They are stuck in Purser itself: it carries out none of them.`,
  waits: (services: Piece) => say`They wait in Purser for their turn, behind others that take long at ${services}.`,
  waitsAlone: () => say`They wait in Purser for their turn, behind others that take long.`,
  hangs: (services: Piece) => say`They have been at it for longer than they may, at ${services}.`,
  hangsAlone: () => say`They have been at it for longer than they may, within Purser.`,
  'not-woken': () => say`Their time has come, and they do not go on.`,
  'not-fired': () => say`Their time has come, and nothing was started.`,
  'not-started': (schedule: Piece) => say`${schedule} was due, and its process was not begun.`,
  'not-come': (event: Piece) => say`Steps wait for ${event}, which should have come by now.`,
  approval: () => say`Those who are asked to approve are away or gone.`,
  task: () => say`Those who are to do it are away or gone, and nobody takes over.`,
  debt: () => say`Those who owe it are not in the workspace any more, and nobody takes over.`,
}

/** The same, when it is over. */
const was: typeof is = {
  'not-begun': (source) => say`What ${source} sent was acknowledged, and at first nothing came of it.`,
  'not-usable': (source) => say`They came from ${source}, and waited for somebody to look, for the same reason.`,
  standstill: () => say`They had steps left, but nothing of them was under way.`,
  nobody: () => say`They were stuck in Purser itself: it carried out none of them.`,
  waits: (services) => say`They waited in Purser for their turn, behind others that took long at ${services}.`,
  waitsAlone: () => say`They waited in Purser for their turn, behind others that took long.`,
  hangs: (services) => say`They were at it for longer than they may, at ${services}.`,
  hangsAlone: () => say`They were at it for longer than they may, within Purser.`,
  'not-woken': () => say`Their time had come, and they did not go on.`,
  'not-fired': () => say`Their time had come, and nothing was started.`,
  'not-started': is['not-started'],
  'not-come': (event) => say`Steps waited for ${event}, which should have come by then.`,
  approval: () => say`Those who were asked to approve were away or gone.`,
  task: () => say`Those who were to do it were away or gone.`,
  debt: () => say`Those who owed it were not in the workspace any more.`,
}

const fromOutside =
  'Mend the cause, then try them again: each has its buttons in the list. What is of no use is dismissed there.'
const goToApp = 'https://api.slack.com/apps > the app'
const allow = (scope: string | null) =>
  scope === null
    ? `${goToApp} > Install App: install it anew, set SLACK_BOT_TOKEN to the new Bot User OAuth Token, and restart Purser. purser doctor tells what else is missing.`
    : `${goToApp} > OAuth & Permissions > Bot Token Scopes: add ${scope}, then Install App > Reinstall, and set SLACK_BOT_TOKEN anew. purser doctor tells what else is missing.`

interface Refusal {
  code: string
  scope: string | null
  since: Piece
}

const tokens: Readonly<Record<string, string>> = {
  'token-revoked': 'the token was revoked',
  'token-expired': 'the token had expired',
  'account-inactive': 'the app was removed from the workspace',
}

const refusal = ({ code, scope }: Refusal): string =>
  scope === null ? (tokens[code] ?? 'Slack refused the token') : `the app lacked the scope ${scope}`

const restart =
  'Look at how the services are (/purser stats) and at the log. If it stays so, restart Purser: it takes up what was cut off, and repeats nothing that was done.'

const whatToDo: Record<Exclude<Matter['kind'], 'directory-refused'>, string> = {
  'not-begun': fromOutside,
  'not-usable': fromOutside,
  standstill: restart,
  'attempt-hangs': restart,
  'not-woken': restart,
  'not-fired': 'Start by hand with /run what is urgent. The log says why nothing was started.',
  'not-started': 'Start it by hand with /run, once what is in its way is over.',
  'not-come': 'Ask whoever was to send them. What has happened all the same is marked done on its card; or skip it.',
  'out-of-reach':
    'Hand it to somebody else on each card; whoever may escalate can. Rules can name who takes over, under absences.',
}

/** Of an alert that stands for many things of one cause. */
export const alertStorms = {
  what,
  causes: { is, was },
  whatToDo,
  refused: {
    is: (of: Refusal) =>
      say`Slack has refused since ${of.since}: ${refusal(of)}. So nobody’s rights can be looked up: what people press and type may be refused.`,
    was: (of: Refusal) => say`Slack refused from ${of.since} on: ${refusal(of)}.`,
    toDo: allow,
  },
  open: (title: string) => `⏰ Please look: ${title}`,
  settled: (title: string) => `✅ Settled: ${title}`,
  quietSoon: 'All of them are over by now. This is settled when no other comes for two minutes.',
  howMany: (open: number, total: number) => `${open} of ${total} ${one(open, 'is', 'are')} still open.`,
  since: (at: Piece) => say`Since ${at}.`,
  oldest: 'The oldest',
  over: (total: number, at: Piece) => say`Settled ${at}: all ${total} are over.`,
  showThem: 'Show them all',
  nextOnes: 'Next',
  ofRun: ({ step, subject, run, since }: { step: Piece | null; subject: Piece; run: string; since: Piece }) =>
    step ? say`${step} for ${subject} (run ${run}), since ${since}` : say`${subject} (run ${run}), since ${since}`,
  ofNobody: (name: Piece, since: Piece) => say`${name}, since ${since}`,
  notYours: (since: Piece) => say`something that you may not see, since ${since}`,
  erased: 'a run that was erased',
  list: (from: number, to: number, open: number) => `Oldest first, ${from} to ${to} of ${open}`,
  stoodFor: (things: number) => `They stood for ${count(things, 'thing')}: many of one cause are one alert`,
  openNow: ({ alerts, things }: { alerts: number; things: number }) =>
    `⏰ Open now: ${count(alerts, 'alert')} of what did not happen, for ${count(things, 'thing')}`,
  noneOpen: '✅ All that this alert stands for is over.',
}
