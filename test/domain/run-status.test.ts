import { expect, test } from 'vitest'
import { isOpen, OPEN_STATUSES, RunStatus } from '../../src/domain/run-status.ts'

const ENDS: readonly RunStatus[] = ['succeeded', 'succeeded-with-debt', 'refused', 'cancelled']

test('every status is of an open run but those that end one', () => {
  expect(new Set([...OPEN_STATUSES, ...ENDS])).toEqual(new Set(RunStatus.options))
  for (const status of RunStatus.options) expect(isOpen({ status })).toBe(!ENDS.includes(status))
})
