import { expect, it } from 'vitest'
import { scenarios } from '../proof/crash-matrix/scenarios.ts'
import { setClock } from '../proof/hard-times/clock-jumps.ts'
import { fillDisk } from '../proof/hard-times/full-disk.ts'

it('goes on when there is room again, at whichever commit the disk was full', async () => {
  const report = await fillDisk(scenarios(), () => true)
  console.info(
    `full disk: ${report.lives} lives, ${report.refused} commits refused, ${report.violations.length} violations`,
  )
  expect(report.violations).toEqual([])
  expect(report.refused).toBeGreaterThan(report.lives)
})

it('keeps its timers while the clock is set an hour on and back', async () => {
  const seed = Number(process.env.PURSER_SEED ?? 20261201)
  const report = await setClock(scenarios(), { times: 40, seed })
  console.info(
    `clock (seed ${seed}): ${report.lives} lives, set ${report.jumps} times, ${report.violations.length} violations`,
  )
  expect(report.violations).toEqual([])
  expect(report.jumps).toBeGreaterThan(report.lives)
})
