import type { Actor } from '../../src/domain/actor.ts'
import type { CallSummary } from '../../src/domain/call-summary.ts'
import type { DecisionKind } from '../../src/domain/decision-kind.ts'
import { AttemptId, EntryId, RunId, StepKey, SubjectId, TeamId, UserId } from '../../src/domain/ids.ts'
import type { WorkflowOutline } from '../../src/domain/outline.ts'
import type { RetryPolicy } from '../../src/domain/policy.ts'
import type { Decision, Run, Step, StepFailure } from '../../src/domain/run.ts'
import type { DrawContext } from '../../views/drawing.ts'

/** 3 November 2026, 10:00 UTC */
export const T0 = Date.UTC(2026, 10, 3, 10, 0)
export const minutes = (amount: number): number => T0 + amount * 60_000

const id = (last: number): string => `0199f000-0000-7000-8000-${last.toString(16).padStart(12, '0')}`
export const runId = RunId.parse(id(0x3f9a2b1c))
export const entryId = (number: number): EntryId => EntryId.parse(id(number))
export const attemptId = AttemptId.parse(id(77))
export const key = (text: string): StepKey => StepKey.parse(text)
const team = TeamId.parse('T0ACME000')
const person = (user: string): Actor => ({ kind: 'person', team, user: UserId.parse(user) })
export const olga = person('U0OPS')
export const tim = person('U0TIM')
export const engine: Actor = { kind: 'machine', part: 'engine' }

const names: Record<string, string> = { U0OPS: 'Olga Ops', U0TIM: 'Tim Teammate', U0MONA: 'Mona Manager' }
const services: Record<string, string> = { google: 'Google Workspace', github: 'GitHub', gusto: 'Gusto' }
export const ctx: DrawContext = {
  name: (actor) => (actor.kind === 'machine' ? 'Purser' : (names[actor.user] ?? 'Somebody')),
  service: (name) => services[name] ?? name,
  now: minutes(20),
}

export const outline: WorkflowOutline = {
  name: 'employee-onboarding',
  version: 1,
  title: 'Employee onboarding',
  steps: [
    { key: key('google-account'), title: 'Google account', needs: [], after: [], optional: [], services: ['google'] },
    {
      key: key('github-org'),
      title: 'GitHub membership',
      needs: [key('google-account')],
      after: [],
      optional: [],
      services: ['github'],
    },
    { key: key('payroll'), title: 'Payroll record', needs: [], after: [], optional: [], services: ['gusto'] },
    {
      key: key('team-access'),
      title: 'Team access',
      needs: [key('github-org')],
      after: [],
      optional: [],
      services: ['github'],
    },
    {
      key: key('welcome'),
      title: 'Welcome message',
      needs: [],
      after: [key('github-org'), key('payroll')],
      optional: [],
      services: ['slack'],
    },
  ],
}

export const policy: RetryPolicy = {
  tries: 4,
  withinMs: 90_000,
  firstDelayMs: 1_000,
  backOffMs: [60_000, 120_000, 240_000, 480_000, 960_000, 1_920_000],
  alertAfterMs: 45_000,
  timeoutMs: 600_000,
  atTheEnd: 'escalate',
}

export const failure: StepFailure = {
  consequence: 'retry',
  code: 'unavailable',
  message: 'GitHub answered 503 to “invite to the organisation”.',
  hint: 'Look at githubstatus.com.',
  service: 'github',
  operation: 'org-invitation.create',
  status: 503,
}
export const failing = { since: minutes(1), failure }

export const call = (parts: Partial<CallSummary> = {}): CallSummary => ({
  service: 'github',
  operation: 'org-invitation.create',
  title: 'invite to the organisation',
  class: 'L',
  outcome: 'failed',
  tries: 4,
  at: minutes(2),
  ...parts,
})

export const decision = (kind: DecisionKind, parts: Partial<Decision> = {}): Decision => ({
  kind,
  by: tim,
  at: minutes(12),
  reason: null,
  entry: entryId(500),
  ...parts,
})

export const base = (step: string) => ({
  key: key(step),
  version: 3,
  generations: {},
  attempts: 1,
  attemptsInRow: 1,
  calls: [] as CallSummary[],
  decisions: [] as Decision[],
  escalation: null,
  alerted: false,
  wait: null,
})

export const done = (step: string): Step => ({
  ...base(step),
  status: 'succeeded',
  startedAt: T0,
  at: T0 + 1_200,
  output: {},
  markedBy: null,
})
const pending = (step: string): Step => ({ ...base(step), attempts: 0, attemptsInRow: 0, status: 'pending' })

/** A run whose steps are `done` and `pending` but for those that are given. */
export function sampleRun(steps: Step[], parts: Partial<Run> = {}): Run {
  const given = new Map(steps.map((step) => [step.key as string, step]))
  const all = ['google-account', 'github-org', 'payroll', 'team-access', 'welcome'].map(
    (name) => given.get(name) ?? (name === 'google-account' || name === 'payroll' ? done(name) : pending(name)),
  )
  const more = steps.filter((step) => !all.includes(step))
  return {
    id: runId,
    team,
    workflow: 'employee-onboarding',
    definition: 1,
    rules: 1,
    subject: { id: SubjectId.parse(id(9)), key: 'jane@acme.example', label: 'Jane Doe' },
    input: {},
    status: 'running',
    version: 5,
    steps: [...all, ...more],
    startedAt: T0,
    startedBy: olga,
    endedAt: null,
    debts: [],
    history: [{ at: T0, kind: 'started', step: null, by: olga, text: null }],
    ...parts,
  }
}
