import type { RetryPolicy } from '../../src/domain/policy.ts'
import type { Rules, RulesBook } from '../../src/rules/rules.ts'

export const POLICY: RetryPolicy = {
  tries: 4,
  withinMs: 90_000,
  firstDelayMs: 1_000,
  backOffMs: [60_000, 300_000],
  alertAfterMs: 45_000,
  timeoutMs: 300_000,
  atTheEnd: 'ask',
}

/** Rules that allow everything and grant what `granted` names. */
export function testRules(parts: { policy?: Partial<RetryPolicy>; granted?: readonly string[] } = {}): Rules {
  return {
    version: 1,
    grants: (access) => parts.granted?.includes(access) ?? true,
    accessSettings: () => ({}),
    channel: (purpose) => (purpose === 'alerts' ? '#ops-alerts' : '#ops'),
    ledgerChannel: '#ops-alerts',
    policy: () => ({ ...POLICY, ...parts.policy }),
    may: () => true,
    whoMay: () => 'Ops',
    debtDueDays: 7,
    groups: [],
  }
}

export const bookOf = (rules: Rules): RulesBook => ({ current: () => rules, at: async () => rules })
