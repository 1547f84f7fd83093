import { expect } from 'vitest'
import { createRandom } from '../support/random.ts'
import { losePower, type PowerLossReport } from './lose-power.ts'
import { recordWrites } from './record-writes.ts'

/** What was acknowledged is there after a loss of power at any moment; with the weaker setting, the same losses take some of it. */
export async function provePowerLoss({ states, seed }: { states: number; seed: number }): Promise<void> {
  const recording = await recordWrites('as-opened', 60)
  const report = losePower(recording, states, createRandom(seed))
  const weaker = losePower(await recordWrites('NORMAL', 60), states, createRandom(seed))
  console.info(`power loss (seed ${seed}): ${inWords(report)}; the same with synchronous=NORMAL: ${inWords(weaker)}`)
  expect(recording.checkpoints).toBeGreaterThan(3)
  expect(report.dropped).toBeGreaterThan(states / 10)
  expect(report.torn).toBeGreaterThan(states / 10)
  expect({ lost: report.lost, corrupt: report.corrupt }).toEqual({ lost: 0, corrupt: 0 })
  expect(weaker.lost).toBeGreaterThan(states / 4)
}

const inWords = ({ states, dropped, torn, lost, corrupt }: PowerLossReport): string =>
  `${states} states, ${dropped} writes dropped, ${torn} torn, ${lost} with acknowledged changes lost, ${corrupt} corrupt`
