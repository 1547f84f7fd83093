import type { RetryPolicy } from '../../src/domain/policy.ts'
import type { Seconded } from '../../src/domain/proposal.ts'
import type {
  ApprovalRule,
  BrakeRule,
  EventRule,
  IncidentRule,
  Rules,
  RulesBook,
  TaskRule,
} from '../../src/rules/rules.ts'

export const POLICY: RetryPolicy = {
  tries: 4,
  withinMs: 90_000,
  firstDelayMs: 1_000,
  backOffMs: [60_000, 300_000],
  alertAfterMs: 45_000,
  timeoutMs: 300_000,
  atTheEnd: 'ask',
}

const MANAGERS = { groups: [{ key: 'managers', title: 'Managers' }], people: [], users: [] }

export const APPROVAL: ApprovalRule = {
  asked: MANAGERS,
  quorum: 1,
  selfApproval: false,
  remindAfterMs: [],
  fallback: null,
  expiry: null,
}

const TASK: TaskRule = {
  asked: { groups: [{ key: 'ops', title: 'Ops' }], people: [], users: [] },
  dueAfterMs: null,
  remindAfterMs: [],
}

const EVENT: EventRule = { expectedAfterMs: null, deadline: null, earlyMs: 0 }
/** However much fails, each failure is one of its own. */
const NO_INCIDENTS: IncidentRule = {
  steps: Number.POSITIVE_INFINITY,
  runs: Number.POSITIVE_INFINITY,
  withinMs: 300_000,
  releasePerMinute: 60,
  probeEveryMs: 30_000,
  notify: () => ['ops'],
}

/** Rules that allow everything and grant what `granted` names. */
export function testRules(
  parts: {
    policy?: Partial<RetryPolicy>
    granted?: readonly string[]
    approval?: Partial<ApprovalRule>
    task?: Partial<TaskRule>
    /** Decisions that need a second person. */
    second?: readonly Seconded[]
    version?: number
    event?: Partial<EventRule>
    incidents?: Partial<IncidentRule>
    brake?: BrakeRule
  } = {},
): Rules {
  return {
    version: parts.version ?? 1,
    grants: (access) => parts.granted?.includes(access) ?? true,
    accessSettings: () => ({}),
    channel: (purpose) => (purpose === 'alerts' ? '#ops-alerts' : '#ops'),
    ledgerChannel: '#ops-alerts',
    fallbackChannel: null,
    approval: () => ({ ...APPROVAL, ...parts.approval }),
    task: () => ({ ...TASK, ...parts.task }),
    event: () => ({ ...EVENT, ...parts.event }),
    hook: () => null,
    hooks: [],
    schedules: [],
    api: () => null,
    calendar: { timeZone: 'Europe/Berlin', workingDays: new Set([1, 2, 3, 4, 5]), holidays: new Set(['2026-12-25']) },
    policy: () => ({ ...POLICY, ...parts.policy }),
    may: () => true,
    whoMay: () => 'Ops',
    needsSecond: (decision) => parts.second?.includes(decision) ?? false,
    proposalMs: 86_400_000,
    takeOverMs: 14_400_000,
    debtDueDays: 7,
    digest: null,
    ledgerDays: 400,
    incidents: { ...NO_INCIDENTS, ...parts.incidents },
    brake: () => parts.brake ?? null,
    groups: [],
    absences: { away: [], standIns: [], fallback: null, statuses: [] },
  }
}

export const bookOf = (rules: Rules): RulesBook => ({ current: () => rules, at: async () => rules, problems: () => [] })
