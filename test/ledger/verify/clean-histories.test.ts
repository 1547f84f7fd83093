import { expect, test } from 'vitest'
import { cleanHistories } from './clean-histories.ts'

test('a ledger that nobody touched is never accused (1,000 histories: npm run test:deep)', async () => {
  expect(await cleanHistories(4, 20_261_121)).toEqual({ histories: 100, accused: 0 })
})
