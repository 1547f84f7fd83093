import { expect, it } from 'vitest'
import { killStorm } from '../proof/crash-matrix/kill-storm.ts'
import { inOneLine, runMatrix } from '../proof/crash-matrix/run-matrix.ts'
import { scenarios } from '../proof/crash-matrix/scenarios.ts'

it('loses nothing and does nothing twice, wherever it crashes', async () => {
  const report = await runMatrix(scenarios(), { again: (number) => number % 5 === 0 })
  console.info(inOneLine(report))
  expect(report.violations).toEqual([])
  expect(report.crashes).toBeGreaterThan(report.boundaries)
  expect(report.again).toBeGreaterThan(100)
  expect(report.troubles).toBeGreaterThan(100)
})

it('nor when it is killed by the system', async () => {
  const seed = Number(process.env.PURSER_SEED ?? 20261128)
  const report = await killStorm({ kills: 200, seed })
  console.info(
    `crash matrix, by SIGKILL (seed ${seed}): ${report.kills} kills, ${report.survived} came too late, ${report.violations.length} violations`,
  )
  expect(report.violations).toEqual([])
  expect(report.kills).toBeGreaterThanOrEqual(200)
})
