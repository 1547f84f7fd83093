import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadRules, problemsInWords, type RulesProblem } from '../../src/rules/load.ts'
import type { RulesFrame } from '../../src/rules/rules-frame.ts'
import { BAD_FILES, GOOD_FILE } from './bad-files.ts'

const checkName = (input: unknown): Record<string, string> =>
  typeof (input as { name?: unknown }).name === 'string' ? {} : { name: 'is not text' }

const frame: RulesFrame = {
  workflows: { 'employee-onboarding': ['google-account', 'github-org', 'payroll'] },
  approvals: ['expense'],
  tasks: ['collect'],
  events: ['contract-signed'],
  inputs: {
    'employee-onboarding': { fields: ['name', 'role'], required: ['name'], check: checkName },
  },
  access: ['github'],
  inputFields: ['name', 'role', 'team'],
}

const load = (text: string, inFrame: RulesFrame | null = frame) =>
  loadRules({ file: 'rules.yml', text, frame: inFrame })

function problemsOf(text: string): readonly RulesProblem[] {
  const loaded = load(text)
  return loaded.ok ? [] : loaded.problems
}

/** Line and column, from 1, of the mark ▶ in a text. */
function markIn(text: string): { line: number; column: number } {
  const before = text.slice(0, text.indexOf('▶')).split('\n')
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 }
}

describe('loadRules', () => {
  it('accepts a correct file', () => {
    expect(problemsOf(GOOD_FILE)).toEqual([])
  })

  it('holds what a step sets against what its workflow sets, and not against the defaults alone', () => {
    const step = GOOD_FILE.replace('          tries: 2\n', '          tries: 2\n          timeout: 95s\n')
    expect(problemsOf(step)).toEqual([])
    const both = step.replace('      timeout: 2m\n', '      timeout: 2m\n      within: 100s\n')
    const words = problemsInWords(problemsOf(both))
    expect(words.split('\n')).toHaveLength(1)
    expect(words).toMatch(/within \(100s\) is longer than timeout \(95s\)/)
  })

  it.each(BAD_FILES)('tells the place of $mistake, and a way out', ({ replace, by, says, suggests }) => {
    expect(GOOD_FILE).toContain(replace)
    const marked = GOOD_FILE.replace(replace, () => by)
    const problems = problemsOf(marked.replace('▶', ''))
    expect(problemsInWords(problems).split('\n')).toHaveLength(1)
    expect(problems).toEqual([
      {
        file: 'rules.yml',
        ...markIn(marked),
        message: expect.stringMatching(says),
        suggestion: expect.stringMatching(suggests),
      },
    ])
  })

  it('knows more than forty mistakes', () => {
    expect(new Set(BAD_FILES.map(({ mistake }) => mistake)).size).toBe(BAD_FILES.length)
    expect(BAD_FILES.length).toBeGreaterThan(40)
  })

  it('tells all mistakes at once, in the order of the text', () => {
    const text = GOOD_FILE.replace('title: Ops', 'titel: Ops')
      .replace('start: [ops]', 'start: [opps]')
      .replace('input.role in', 'input.rol in')
      .replace("'#processes'", 'processes')
      .replace('alert_after: 45s', 'alert_after: 2m')
      .replace('due_days: 7', 'due_days: 0')
    const places = problemsOf(text).map(({ line, message }) => `${line} ${message.slice(0, 24)}`)
    expect(places).toEqual([
      '2 title is missing',
      '3 "titel" is not known her',
      '10 there is no group "opps"',
      '18 no workflow’s input has ',
      '24 "processes" is not a cha',
      '34 2m is too long: Purser p',
      '43 0 is too small',
    ])
  })

  it.each([
    ['', 'the file is empty'],
    ['# only a comment\n', 'the file is empty'],
    ['- a list\n', 'expected a map, found a list'],
    ['just text\n', 'expected a map, found the text "just text"'],
    [`x: ${'y'.repeat(1_000_001)}`, 'the file is larger than 1 MB'],
  ])('refuses a file that is no map of sections: %.20j', (text, message) => {
    expect(problemsOf(text)[0]).toMatchObject({ line: 1, message })
  })

  it('says which sections a file cannot do without', () => {
    expect(problemsOf('debts: {}\n').map(({ message }) => message)).toEqual([
      'groups is missing',
      'permissions is missing',
      'channels is missing',
      'the access rule "github" is missing, which a workflow asks for',
      '"expense" is missing under approvals, which a workflow asks for',
      '"collect" is missing under tasks, which a workflow asks for',
    ])
  })

  it('refuses aliases that multiply without end', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]']
    for (const [last, next] of ['ab', 'bc', 'cd', 'de'].map((pair) => pair.split(''))) {
      bomb.push(`${next}: &${next} [${Array(9).fill(`*${last}`).join(', ')}]`)
    }
    expect(problemsOf(bomb.join('\n'))[0]?.message).toMatch(/alias/)
  })

  it('follows aliases that are meant as such', () => {
    const text = GOOD_FILE.replace('start: [ops]', 'start: &staff [ops]').replace(
      'mark-done: [ops]',
      'mark-done: *staff',
    )
    expect(load(text)).toMatchObject({ ok: true, rules: { permissions: { default: { 'mark-done': ['ops'] } } } })
  })

  it('does not hold a version of earlier days against the code of today', () => {
    const text = GOOD_FILE.replaceAll('employee-onboarding', 'laptop-return').replace('input.role in', 'input.kind in')
    expect(problemsOf(text).length).toBeGreaterThan(0)
    expect(load(text, null)).toMatchObject({ ok: true })
  })

  it('never throws, and tells places within the text, whatever is done to a file', () => {
    let refused = 0
    const spoiled = fc.record({
      at: fc.nat(GOOD_FILE.length),
      cut: fc.nat(30),
      put: fc.string({ maxLength: 12, unit: 'grapheme' }),
    })
    fc.assert(
      fc.property(spoiled, ({ at, cut, put }) => {
        const text = GOOD_FILE.slice(0, at) + put + GOOD_FILE.slice(at + cut)
        const lines = text.split('\n')
        for (const { line, column, message, suggestion } of problemsOf(text)) {
          refused++
          expect(line).toBeLessThanOrEqual(lines.length)
          expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1)
          expect(message).not.toBe('')
          expect(suggestion).not.toBe('')
        }
      }),
      { numRuns: 400 },
    )
    expect(refused).toBeGreaterThan(100)
  })
})
