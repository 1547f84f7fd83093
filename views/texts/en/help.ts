import { bold, type Piece } from '../../pieces.ts'
import { say } from '../say.ts'

const cardIn = (channel: string | null): string => (channel === null ? 'card' : `card in ${channel}`)

/** What one can do with Purser, and how one begins. */
export const help = {
  title: 'Purser',
  whatItIs: 'Runs your processes step by step, and asks when one of them needs somebody.',
  commands: 'Commands',
  noCommands: 'Your groups in the rules file allow you no command yet.',
  orAsk: 'Or ask in plain words: mention Purser, or write to it directly',
  questions: ['“how is Jane Doe’s onboarding going?”', '“what is stuck?”', '“who is waiting for me?”'],
  whenAStepFails:
    'When a step fails, a card with Retry, Skip and Escalate asks for a decision. Your own overview is on the Home tab.',
  noSuchCommand: (typed: Piece) => say`There is no ${typed}. This is what you can do:`,

  starting: (processes: Piece) => [
    say`${bold('/run')} starts a process: ${processes}`,
    say`${bold('/onboard Jane Doe')} starts an employee’s onboarding`,
  ],
  seeing: () => [say`${bold('/process Jane Doe')} shows how far it is, and what or whom it waits for`],
  auditing: () => [
    say`${bold('/audit jane@acme.example service:github since:7d')} shows every call, with request and answer; ${bold('/audit help')} shows how to ask`,
    say`${bold('/audit verify')} says whether the ledger is as it was written`,
    say`${bold('/audit packet jane@acme.example')}, or ${bold('packet 2026Q3')}: all that an auditor needs, as a file`,
  ],
  forEverybody: () => [
    say`${bold('/purser tasks')} shows the approvals and tasks that wait for you`,
    say`${bold('/purser away until monday @somebody')} has others asked in your place; ${bold('/purser back')} ends it`,
  ],
  seeingMany: () => [
    say`${bold('/purser failures')} lists what is stuck`,
    say`${bold('/purser debts')} shows what skips left, and who owes it`,
    say`${bold('/purser digest')} sums up the day; ${bold('/purser stats')} shows how soon failures were reported`,
    say`${bold('/purser rules')} tells which version of the rules holds`,
  ],
  retrying: () => [
    say`${bold('/purser retry service:github since:2h')} retries many failed steps at once; ${bold('/purser bulk')} lists those`,
  ],
  receiving: () => [say`${bold('/purser inbox')} shows what other systems sent that still waits`],
  pausing: () => [
    say`${bold('/purser pause service github for 2h REASON')} holds back what calls it; you can also pause everything, a process or one run; ${bold('/purser resume …')} lets them go; ${bold('/purser pause')} lists what is held`,
  ],
  thisHelp: () => say`${bold('/purser')} shows this`,

  greeting: '👋 This is Purser. I run your processes step by step, and ask here when one of them needs somebody.',
  begin: () => say`Mention me with a question, such as ${bold('what is stuck?')}, or begin with one of these:`,
  startAProcess: 'Start a process',
  whatIsStuck: 'What is stuck?',
  whatCanIDo: 'What can I do here?',

  whatToStart: 'What would you like to start?',
  moreToStart: (amount: number) => say`And ${amount} more: ${bold('/run')} with a name starts those.`,
  oneChannel: (channel: string | null) =>
    `A ${cardIn(channel)} shows each step; a second one asks when a step needs somebody.`,
  twoChannels: (runs: string | null, alerts: string | null) =>
    `A ${cardIn(runs)} shows each step. If a step needs somebody, a ${cardIn(alerts)} asks.`,
}
