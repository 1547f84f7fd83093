import { describe, expect, test } from 'vitest'
import { decideAfterFailure } from '../../src/engine/decide-after-failure.ts'
import { POLICY } from '../support/test-rules.ts'

const failure = (consequence: 'retry' | 'permanent' | 'unknown' | 'person' | 'mistake') => ({
  consequence,
  code: 'x',
  message: 'x',
  hint: 'x',
  service: null,
  operation: null,
  status: null,
})
const NOW = 1_000_000

describe('after a failed attempt', () => {
  const back = (ms: number) => ({ kind: 'back-off', resumeAt: NOW + ms })
  const failed = (escalate: boolean) => ({ kind: 'failed', escalate })
  test.each([
    { of: 'retry', attempts: 1, asked: null, end: 'ask', follows: back(60_000) },
    { of: 'retry', attempts: 2, asked: null, end: 'ask', follows: back(300_000) },
    { of: 'retry', attempts: 1, asked: 90_000, end: 'ask', follows: back(90_000) },
    { of: 'retry', attempts: 1, asked: 59_999, end: 'ask', follows: back(60_000) },
    { of: 'retry', attempts: 3, asked: null, end: 'ask', follows: failed(false) },
    { of: 'retry', attempts: 3, asked: 1_000, end: 'escalate', follows: failed(true) },
    { of: 'unknown', attempts: 1, asked: null, end: 'escalate', follows: { kind: 'unknown' } },
    { of: 'permanent', attempts: 1, asked: null, end: 'escalate', follows: failed(false) },
    { of: 'person', attempts: 1, asked: null, end: 'escalate', follows: failed(false) },
    { of: 'mistake', attempts: 1, asked: null, end: 'escalate', follows: failed(false) },
  ] as const)(
    '$of, attempt $attempts, asked to wait $asked, then $end: $follows',
    ({ of, attempts, asked, end, follows }) => {
      const policy = { ...POLICY, atTheEnd: end }
      expect(decideAfterFailure({ policy, failure: failure(of), attempts, retryAfterMs: asked, now: NOW })).toEqual(
        follows,
      )
    },
  )

  test('a policy without waits asks a person after the first attempt', () => {
    const about = {
      policy: { ...POLICY, backOffMs: [] },
      failure: failure('retry'),
      attempts: 1,
      retryAfterMs: null,
      now: NOW,
    }
    expect(decideAfterFailure(about)).toEqual({ kind: 'failed', escalate: false })
  })
})
