import type { FaultOrder } from '../../state.ts'

/** What a step of the guide does when it is pressed. */
export type GuideAction =
  | { kind: 'type'; account: string; channel: string; text: string }
  | { kind: 'break'; fault: FaultOrder }
  | { kind: 'kill' }

export interface GuideStep {
  title: string
  text: string
  button: string
  action: GuideAction
}

/** The story to follow, in its order. */
export const guideSteps: GuideStep[] = [
  {
    title: 'Onboard somebody',
    text: 'As Olga, send the command and fill in the form.',
    button: 'Type /onboard',
    action: { kind: 'type', account: 'ops', channel: 'onboarding', text: '/onboard Jane Doe' },
  },
  {
    title: 'Break GitHub',
    text: 'Its invitations answer 503 for a minute. Onboard another person and watch the card.',
    button: 'Break GitHub',
    action: { kind: 'break', fault: { service: 'github', kind: '503', seconds: 60, match: 'invitations' } },
  },
  {
    title: 'Press Retry',
    text: 'As Tim, decide on the failure card. The second click is told who was first.',
    button: 'Be Tim',
    action: { kind: 'type', account: 'teammate', channel: 'ops-alerts', text: '' },
  },
  {
    title: 'Lose an answer',
    text: 'Payroll creates the employee, but its answer never arrives. See that nobody is created twice.',
    button: 'Lose it',
    action: { kind: 'break', fault: { service: 'gusto', kind: 'lost-answer', times: 1, match: 'POST' } },
  },
  {
    title: 'Take GitHub down',
    text: 'All of it, for two minutes. Within one a card says so; whoever needs GitHub waits, and goes on when it answers.',
    button: 'Take it down',
    action: { kind: 'break', fault: { service: 'github', kind: '503', seconds: 120 } },
  },
  {
    title: 'Ask as a manager',
    text: 'In plain words.',
    button: 'Ask as Mona',
    action: {
      kind: 'type',
      account: 'manager',
      channel: 'onboarding',
      text: "@Purser how is Jane Doe's onboarding going?",
    },
  },
  {
    title: 'Look into the ledger',
    text: 'Every call that was made, with who caused it.',
    button: 'Type /audit',
    action: { kind: 'type', account: 'ops', channel: 'ops-alerts', text: '/audit service:github since:24h' },
  },
  {
    title: 'Kill it',
    text: 'In the middle of a run. Start it again: it goes on where it was.',
    button: 'Kill -9',
    action: { kind: 'kill' },
  },
]
