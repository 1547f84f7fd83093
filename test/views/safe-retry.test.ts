import { describe, expect, test } from 'vitest'
import type { CallSummary } from '../../src/domain/call-summary.ts'
import type { Step } from '../../src/domain/run.ts'
import { safeRetry } from '../../views/safe-retry.ts'
import { base, call, failing, minutes } from './sample-run.ts'

const step = (status: 'failed' | 'unknown', calls: CallSummary[]): Step => ({
  ...base('github-org'),
  status,
  at: minutes(1),
  failing,
  calls,
})
const judged = (status: 'failed' | 'unknown', parts: Partial<CallSummary>) =>
  safeRetry(step(status, [call(parts)]), () => 'GitHub')

describe('the safe-retry verdict', () => {
  test.each([
    ['R', 'failed', 'it only reads'],
    ['U', 'failed', 'GitHub keeps one'],
    ['K', 'failed', 'knows this request by its key'],
    ['C', 'failed', 'refuses a second one'],
    ['L', 'failed', 'not carried out yet'],
    ['L', 'unknown', 'we look for it first'],
    ['K', 'unknown', 'knows this request by its key'],
    ['L', 'not-sent', 'it never left'],
  ] as const)('is safe for class %s after %s', (operationClass, outcome, why) => {
    const verdict = judged('failed', { class: operationClass, outcome })
    expect(verdict.overall).toBe('safe')
    expect(verdict.repeated[0]?.why).toContain(why)
  })

  test.each(['K', 'C', 'L'] as const)('asks a person when looking did not tell about class %s', (operationClass) => {
    const verdict = judged('unknown', { class: operationClass, outcome: 'unknown' })
    expect(verdict.overall).toBe('ask')
    expect(verdict.repeated[0]).toMatchObject({
      verdict: 'ask',
      why: expect.stringContaining('may have done it already'),
    })
  })

  test.each(['R', 'U'] as const)('needs nobody for class %s, which may always be repeated', (operationClass) => {
    expect(judged('unknown', { class: operationClass, outcome: 'unknown' }).overall).toBe('safe')
  })

  test('keeps apart what is done and what would be repeated', () => {
    const calls = [
      call({ outcome: 'done', title: 'one' }),
      call({ outcome: 'found', title: 'two' }),
      call({ title: 'three' }),
    ]
    const verdict = safeRetry(step('failed', calls), () => 'GitHub')
    expect(verdict.done.map((each) => each.title)).toEqual(['one', 'two'])
    expect(verdict.repeated.map((each) => each.call.title)).toEqual(['three'])
  })

  test('says when nothing has left yet', () => {
    expect(safeRetry(step('failed', []), () => 'GitHub').overall).toBe('nothing-sent')
  })
})
