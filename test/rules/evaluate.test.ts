import { describe, expect, it } from 'vitest'
import type { Person } from '../../src/domain/actor.ts'
import { TeamId, UserId } from '../../src/domain/ids.ts'
import { evaluateRules } from '../../src/rules/evaluate.ts'
import { loadRules, problemsInWords } from '../../src/rules/load.ts'
import type { Rules } from '../../src/rules/rules.ts'
import { GOOD_FILE } from './bad-files.ts'

function rulesFrom(text: string): Rules {
  const loaded = loadRules({ file: 'rules.yml', text, frame: null })
  if (!loaded.ok) throw new Error(problemsInWords(loaded.problems))
  return evaluateRules(loaded.rules, 3)
}

const person = (over: Partial<Person>): Person => ({
  team: TeamId.parse('T1'),
  user: UserId.parse('U1'),
  name: 'Jane Doe',
  email: 'jane.doe@acme.example',
  timeZone: 'Europe/Berlin',
  groups: [],
  isGuest: false,
  isDeactivated: false,
  ...over,
})

const rules = rulesFrom(GOOD_FILE)

describe('access', () => {
  it('grants what the condition says of the input', () => {
    expect(rules.grants('github', { role: 'engineer' })).toBe(true)
    expect(rules.grants('github', { role: 'sales' })).toBe(false)
    expect(rules.grants('payroll', {})).toBe(true)
  })

  it('says what goes with the access, without the condition', () => {
    expect(rules.accessSettings('github')).toEqual({ teams: ['engineering'] })
    expect(rules.accessSettings('payroll')).toEqual({})
  })

  it('does not take an undecidable condition for a no', () => {
    expect(() => rules.grants('github', {})).toThrow(
      expect.objectContaining({ code: 'rule-undecided', consequence: 'person', hint: expect.stringContaining('has(') }),
    )
    const vague = rulesFrom(GOOD_FILE.replace('when: true', 'when: input.role'))
    expect(() => vague.grants('payroll', { role: 'sales' })).toThrow(/neither true nor false/)
  })

  it('does not take an unknown access rule for a no', () => {
    expect(() => rules.grants('github-org', {})).toThrow(expect.objectContaining({ code: 'no-access-rule' }))
    expect(() => rules.accessSettings('toString')).toThrow(expect.objectContaining({ code: 'no-access-rule' }))
  })

  it('sees the input and nothing behind it', () => {
    const curious = rulesFrom(GOOD_FILE.replace('when: true', 'when: has(input.constructor) || has(input.toString)'))
    expect(curious.grants('payroll', { role: 'sales' })).toBe(false)
  })
})

describe('permissions', () => {
  it('asks the groups of the default list', () => {
    expect(rules.may(person({ groups: ['ops'] }), 'start', null)).toBe(true)
    expect(rules.may(person({ groups: ['managers'] }), 'start', null)).toBe(false)
    expect(rules.may(person({ groups: ['managers'] }), 'see', 'employee-onboarding')).toBe(true)
  })

  it('lets a workflow’s own list take the place of the default one', () => {
    const owned = rulesFrom(GOOD_FILE.replace('cancel: [managers]', 'start: [managers]'))
    expect(owned.may(person({ groups: ['ops'] }), 'start', 'employee-onboarding')).toBe(false)
    expect(owned.may(person({ groups: ['managers'] }), 'start', 'employee-onboarding')).toBe(true)
    expect(owned.may(person({ groups: ['ops'] }), 'start', 'laptop-return')).toBe(true)
    expect(owned.may(person({ groups: ['ops'] }), 'start', 'constructor')).toBe(true)
  })

  it('allows nobody what no list names', () => {
    expect(rules.may(person({ groups: ['ops', 'managers'] }), 'audit-export', null)).toBe(false)
    expect(rules.whoMay('audit-export', null)).toBe('nobody')
  })

  it('allows guests and people who left nothing', () => {
    expect(rules.may(person({ groups: ['ops'], isGuest: true }), 'start', null)).toBe(false)
    expect(rules.may(person({ groups: ['ops'], isDeactivated: true }), 'start', null)).toBe(false)
  })

  it('names who may, in words', () => {
    expect(rules.whoMay('start', null)).toBe('Ops')
    expect(rules.whoMay('see', null)).toBe('Ops or Managers')
    expect(rules.whoMay('cancel', 'employee-onboarding')).toBe('Managers')
  })

  it('knows the groups and who is in them', () => {
    expect(rules.groups).toEqual([
      { key: 'ops', title: 'Ops', userGroups: ['ops'], people: [] },
      { key: 'managers', title: 'Managers', userGroups: [], people: ['jane.doe@acme.example'] },
    ])
  })
})

describe('channels and retry', () => {
  it('finds a workflow’s own channel, else the default one', () => {
    expect(rules.channel('runs', 'employee-onboarding')).toBe('#onboarding')
    expect(rules.channel('runs', 'laptop-return')).toBe('#processes')
    expect(rules.channel('runs', 'constructor')).toBe('#processes')
    expect(rules.channel('alerts', 'employee-onboarding')).toBe('C0123456789')
  })

  it('keeps checkpoints of the ledger with the alerts, unless the file names a channel for them', () => {
    expect(rules.ledgerChannel).toBe('C0123456789')
    const named = GOOD_FILE.replace('channels:', 'channels:\n  ledger: "#purser-ledger"')
    expect(rulesFrom(named).ledgerChannel).toBe('#purser-ledger')
  })

  it('puts a policy together from the defaults, the workflow and the step', () => {
    const shared = { withinMs: 90_000, firstDelayMs: 1000, backOffMs: [60_000, 300_000], alertAfterMs: 45_000 }
    expect(rules.policy('laptop-return', 'collect')).toEqual({
      ...shared,
      tries: 4,
      timeoutMs: 300_000,
      atTheEnd: 'ask',
    })
    expect(rules.policy('employee-onboarding', 'payroll')).toMatchObject({ ...shared, tries: 2, timeoutMs: 120_000 })
    expect(rules.policy('employee-onboarding', 'github-org')).toMatchObject({ tries: 4, timeoutMs: 120_000 })
  })

  it('lets the more particular of two settings hold', () => {
    const text = GOOD_FILE.replace(
      '      timeout: 2m\n',
      '      timeout: 2m\n      tries: 6\n      at_the_end: escalate\n',
    )
    const layered = rulesFrom(text)
    expect(layered.policy('employee-onboarding', 'payroll')).toMatchObject({ tries: 2, atTheEnd: 'escalate' })
    expect(layered.policy('employee-onboarding', 'github-org')).toMatchObject({ tries: 6, atTheEnd: 'escalate' })
    expect(layered.policy('laptop-return', 'collect')).toMatchObject({ tries: 4, atTheEnd: 'ask' })
  })

  it('goes by the step’s rules for each of its items', () => {
    expect(rules.policy('employee-onboarding', 'payroll:jane').tries).toBe(2)
  })

  it('has a policy that shows failures in time where the file says nothing', () => {
    const text = GOOD_FILE.slice(0, GOOD_FILE.indexOf('retry:'))
    const policy = rulesFrom(text).policy('employee-onboarding', 'payroll')
    expect(policy).toMatchObject({ tries: 4, withinMs: 90_000, alertAfterMs: 45_000, atTheEnd: 'escalate' })
    expect(policy.backOffMs.reduce((sum, wait) => sum + wait, 0)).toBeLessThanOrEqual(3_600_000)
    expect(rulesFrom(text).debtDueDays).toBe(7)
  })
})

describe('who is asked', () => {
  it('is groups by title, addresses, and whom the form names', () => {
    const rule = rules.approval('expense', { team: 'U0MAYA' })
    expect(rule).toMatchObject({
      asked: { groups: [{ key: 'managers', title: 'Managers' }], people: ['ann@acme.example'], users: ['U0MAYA'] },
      quorum: 2,
      selfApproval: false,
      remindAfterMs: [86_400_000, 2 * 86_400_000],
      fallback: { afterMs: 3 * 86_400_000, asked: { groups: [{ key: 'ops' }], people: [], users: [] } },
      expiry: { afterMs: 7 * 86_400_000, outcome: 'refuse' },
    })
    expect(rules.approval('expense', { team: 'Bob@Acme.example' }).asked.people).toContain('bob@acme.example')
    expect(rules.approval('expense', {}).asked.users).toEqual([])
    expect(rules.approval('expense', { team: 'nobody' }).asked.users).toEqual([])
  })

  it('is told of tasks, with the time until they are due', () => {
    expect(rules.task('collect', {})).toMatchObject({ dueAfterMs: 3 * 86_400_000, asked: { groups: [{ key: 'ops' }] } })
  })

  it('needs a person where the version does not say', () => {
    for (const ask of [() => rules.approval('toString', {}), () => rules.task('dance', {})]) {
      expect(ask).toThrow(expect.objectContaining({ code: 'no-asking-rule', consequence: 'person' }))
    }
  })
})

describe('absences', () => {
  it('are people by address, from day to day, and who takes over', () => {
    expect(rules.absences).toEqual({
      away: [{ person: 'jane.doe@acme.example', from: '2026-12-21', to: '2026-12-31', delegate: 'john@acme.example' }],
      standIns: [{ person: 'john@acme.example', delegate: 'jane.doe@acme.example' }],
      fallback: { groups: [{ key: 'ops', title: 'Ops' }], people: [], users: [] },
      statuses: ['palm_tree'],
    })
  })
})

describe('the calendar', () => {
  it('says where and when people work', () => {
    expect(rules.calendar).toEqual({
      timeZone: 'Europe/Berlin',
      workingDays: new Set([1, 2]),
      holidays: new Set(['2026-12-25']),
    })
  })

  it('has a place to ask in, with the alerts by default', () => {
    expect(rules.channel('approvals', 'employee-onboarding')).toBe('C0123456789')
    const own = rulesFrom(GOOD_FILE.replace('  alerts:\n', "  approvals: { default: '#approvals' }\n  alerts:\n"))
    expect(own.channel('approvals', 'employee-onboarding')).toBe('#approvals')
  })
})
