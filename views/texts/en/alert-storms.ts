import type { Matter } from '../../../src/domain/alert.ts'
import type { Piece } from '../../pieces.ts'
import { say } from '../say.ts'
import { count } from './count.ts'

/** What does not happen, as the headline says it of many. */
const what: Record<Matter['kind'], (many: number) => string> = {
  'not-begun': (many) => `nothing has come of ${count(many, 'thing')} that came from outside`,
  'not-usable': (many) => `${count(many, 'thing')} that came from outside cannot be used`,
  standstill: (many) => `${count(many, 'run')} stand${many === 1 ? 's' : ''} still`,
  'attempt-hangs': (many) => `${count(many, 'step')} ${many === 1 ? 'does' : 'do'} not end`,
  'not-woken': (many) => `${count(many, 'run')} ${many === 1 ? 'was' : 'were'} not woken`,
  'not-fired': (many) => `${count(many, 'schedule')} did not fire`,
  'not-started': (many) => `a schedule could not start its process ${count(many, 'time')}`,
  'not-come': (many) => `${count(many, 'expected event')} did not come`,
  'directory-refused': () => 'Slack does not tell Purser who people are',
  'out-of-reach': (many) => `too few are there to answer, in ${count(many, 'place')}`,
}

/** What they have in common. */
const causes = {
  'not-begun': (source: Piece) => say`What ${source} sent was acknowledged, and nothing has come of it.`,
  'not-usable': (source: Piece) => say`They came from ${source}, and wait for a look for the same reason.`,
  standstill: 'They have steps left, and nothing of them is under way or waits for anything.',
  nobody: 'They stand in Purser itself: it carries out none of them.',
  waits: (services: Piece) => say`They wait in Purser for their turn, behind others that take long at ${services}.`,
  waitsAlone: 'They wait in Purser for their turn, behind others that take long.',
  hangs: (services: Piece) => say`They have been at it for longer than they may, at ${services}.`,
  hangsAlone: 'They have been at it for longer than they may, within Purser.',
  'not-woken': 'Their time has come, and they do not go on.',
  'not-fired': 'Their time has come, and nothing was started.',
  'not-started': (schedule: Piece) => say`${schedule} was due, and its process was not begun.`,
  'not-come': (event: Piece) => say`Steps wait for ${event}, which should have come by now.`,
  approval: 'Those who are asked to approve are away or gone.',
  task: 'Those who are to do it are away or gone, and nobody takes over.',
  debt: 'Those who owe it are not in the workspace any more, and nobody takes over.',
}

const fromOutside =
  'Mend the cause, then try them again: each has its buttons in the list. What is of no use is dismissed there.'
const goToApp = 'https://api.slack.com/apps > the app'
const allow = (scope: string | null) =>
  scope === null
    ? `${goToApp} > Install App: install it anew, set SLACK_BOT_TOKEN to the new Bot User OAuth Token, and restart Purser. purser doctor tells what else is missing.`
    : `${goToApp} > OAuth & Permissions > Bot Token Scopes: add ${scope}, then Install App > Reinstall, and set SLACK_BOT_TOKEN anew. purser doctor tells what else is missing.`

const tokens: Readonly<Record<string, string>> = {
  'token-revoked': 'The token was revoked',
  'token-expired': 'The token has expired',
  'account-inactive': 'The app was removed from the workspace',
}

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
  causes,
  whatToDo,
  refused: {
    wrong: ({ code, scope, since }: { code: string; scope: string | null; since: Piece }) =>
      say`${scope === null ? (tokens[code] ?? 'Slack refuses the token') : `The app lacks the scope ${scope}`}, since ${since}. So nobody’s rights can be looked up: what people press and type may be refused.`,
    toDo: allow,
  },
  open: (title: string) => `⏰ Please look: ${title}`,
  settled: (title: string) => `✅ Settled: ${title}`,
  quietSoon: 'All of them are over. This is settled when none comes for two minutes.',
  howMany: (open: number, total: number) => `${open} of ${total} ${open === 1 ? 'is' : 'are'} not over.`,
  since: (at: Piece) => say`Since ${at}.`,
  oldest: 'The oldest',
  over: (total: number, at: Piece) => say`All ${total} are over since ${at}.`,
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
