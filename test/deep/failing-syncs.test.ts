import { expect, it } from 'vitest'
import { scenarios } from '../proof/crash-matrix/scenarios.ts'
import { failSyncs, failSyncsOfProcesses, inOneLine } from '../proof/hard-times/failing-syncs.ts'

it('ends where the disk does not say whether a commit is on it, at every commit, and loses nothing', async () => {
  const report = await failSyncs(scenarios(), () => true)
  console.info(inOneLine(report))
  expect(report.violations).toEqual([])
  expect(report.struck).toBeGreaterThan(2 * report.commits)
  expect(report.ended).toBe(report.struck)
  expect(report.kept).toBeGreaterThan(report.struck)
  expect(report.files['purser.db']).toBeGreaterThan(2_000)
  expect(report.files['keys.db']).toBeGreaterThan(20)
})

it('and so does each process of its own', async () => {
  const seed = Number(process.env.PURSER_SEED ?? 20261202)
  const report = await failSyncsOfProcesses({ times: 60, seed })
  console.info(`in processes (seed ${seed}), ${inOneLine(report)}`)
  expect(report.violations).toEqual([])
  expect(report.struck).toBe(60)
  expect(report.ended).toBe(60)
})
