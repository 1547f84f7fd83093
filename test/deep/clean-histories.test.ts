import { expect, test } from 'vitest'
import { cleanHistories } from '../ledger/verify/clean-histories.ts'

test('a ledger that nobody touched is never accused, in 1,000 random histories', async () => {
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31))
  const { histories, accused } = await cleanHistories(40, seed)
  process.stdout.write(`tampering: ${accused} false alarms in ${histories} clean histories, seed ${seed}\n`)
  expect({ histories, accused }).toEqual({ histories: 1_000, accused: 0 })
})
