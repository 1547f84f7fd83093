import type { Run, Step } from '../../src/domain/run.ts'
import {
  attemptId,
  base,
  call,
  decision,
  done,
  failing,
  failure,
  key,
  minutes,
  sampleRun,
  T0,
  tim,
} from './sample-run.ts'

const step = base('github-org')
const calls = [
  call({ operation: 'user.find', title: 'find the account', class: 'R', outcome: 'done' }),
  call({ operation: 'membership.put', title: 'add to the team', class: 'U', outcome: 'found' }),
  call(),
]
const troubled = { ...step, calls, attempts: 3, attemptsInRow: 3, alerted: true, failing }

/** The GitHub step in every state that its failure card can show. */
export const stepStates: Record<string, Step> = {
  retrying: { ...troubled, status: 'backing-off', resumeAt: minutes(5) },
  trying: { ...troubled, status: 'running', attempt: attemptId, startedAt: minutes(5) },
  failed: { ...troubled, status: 'failed', at: minutes(10) },
  refused: {
    ...troubled,
    status: 'failed',
    at: minutes(10),
    failing: {
      since: minutes(9),
      failure: {
        ...failure,
        consequence: 'permanent',
        status: 403,
        message: 'GitHub refused the token.',
        hint: 'Make a new token with admin:org and set GITHUB_TOKEN.',
      },
    },
  },
  unknown: {
    ...troubled,
    status: 'unknown',
    at: minutes(10),
    calls: [call({ outcome: 'unknown' })],
    failing: {
      since: minutes(9),
      failure: { ...failure, consequence: 'unknown', message: 'GitHub took the invitation and did not answer.' },
    },
  },
  resumed: {
    ...troubled,
    status: 'running',
    attempt: attemptId,
    startedAt: minutes(12),
    attemptsInRow: 1,
    decisions: [decision('retry')],
  },
  recovered: {
    ...step,
    status: 'succeeded',
    attempts: 4,
    alerted: true,
    startedAt: minutes(12),
    at: minutes(13),
    output: {},
    markedBy: null,
  },
  retried: {
    ...step,
    status: 'succeeded',
    alerted: true,
    decisions: [decision('retry')],
    startedAt: minutes(12),
    at: minutes(13),
    output: {},
    markedBy: null,
  },
  marked: {
    ...step,
    status: 'succeeded',
    alerted: true,
    decisions: [decision('mark-done', { reason: 'The invitation is there.' })],
    startedAt: minutes(12),
    at: minutes(13),
    output: {},
    markedBy: tim,
  },
  skipped: {
    ...step,
    status: 'skipped',
    alerted: true,
    decisions: [decision('skip', { reason: 'Not before Monday.' })],
    at: minutes(12),
    by: tim,
    reason: 'Not before Monday.',
  },
  cancelled: { ...step, status: 'cancelled', alerted: true, decisions: [decision('cancel')], at: minutes(12) },
  notNeeded: { ...step, status: 'not-needed', alerted: true, at: minutes(12), because: key('google-account') },
  ruledOut: { ...step, status: 'not-needed', alerted: true, at: minutes(12), because: 'rule' },
  opening: {
    ...troubled,
    status: 'failed',
    at: minutes(10),
    escalation: { status: 'opening', by: tim, at: minutes(11), reason: 'We need an owner.', attempt: attemptId },
  },
  escalated: {
    ...troubled,
    status: 'failed',
    at: minutes(10),
    decisions: [decision('escalate', { reason: 'We need an owner.' })],
    escalation: {
      status: 'open',
      by: tim,
      at: minutes(11),
      reason: 'We need an owner.',
      ticket: { key: 'OPS-12', url: 'https://acme.example/browse/OPS-12' },
    },
  },
  ticketFailed: {
    ...troubled,
    status: 'failed',
    at: minutes(10),
    escalation: {
      status: 'failed',
      by: tim,
      at: minutes(11),
      reason: 'We need an owner.',
      failure: { ...failure, message: 'Jira is down.' },
    },
  },
}

const history = [
  {
    at: minutes(10),
    kind: 'step-failed',
    step: key('github-org'),
    by: { kind: 'machine', part: 'engine' },
    text: 'GitHub answered 503.',
  },
] satisfies Run['history']

/** A run around the GitHub step in that state. */
export function runWith(state: Step): Run {
  const blocked = state.status === 'failed' || state.status === 'unknown'
  return sampleRun([state], { status: blocked ? 'blocked' : 'running', history })
}

const all = ['google-account', 'github-org', 'payroll', 'team-access', 'welcome'].map(done)
const cancelLine = {
  at: minutes(12),
  kind: 'cancel',
  step: null,
  by: tim,
  text: 'Jane has withdrawn.',
} satisfies Run['history'][number]
const debt = { step: key('github-org'), owner: tim, due: minutes(7 * 24 * 60), reason: 'Not before Monday.' }

const stopped = (name: string): Step => ({ ...base(name), attempts: 0, status: 'cancelled', at: minutes(12) })

/** Runs as their card can find them. */
export const runStates: Record<string, Run> = {
  begun: sampleRun([]),
  retrying: runWith(stepStates.retrying as Step),
  trying: runWith(stepStates.trying as Step),
  failed: runWith(stepStates.failed as Step),
  unknown: runWith(stepStates.unknown as Step),
  marked: runWith(stepStates.marked as Step),
  succeeded: sampleRun(all, { status: 'succeeded', endedAt: T0 + 200_000 }),
  owed: sampleRun([...all.filter((each) => each.key !== 'github-org'), stepStates.skipped as Step], {
    status: 'succeeded-with-debt',
    endedAt: minutes(20),
    debts: [debt],
  }),
  cancelled: sampleRun([stepStates.cancelled as Step, stopped('team-access'), stopped('welcome')], {
    status: 'cancelled',
    endedAt: minutes(12),
    history: [cancelLine],
  }),
}
