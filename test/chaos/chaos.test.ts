import { expect, it } from 'vitest'
import { expectNothingLost } from './expect-nothing-lost.ts'
import { runStorm } from './run-storm.ts'

it('loses nothing and does nothing twice while services fail and Purser is killed again and again', async () => {
  const storm = { people: 40, forced: 4, sudden: 2 }
  const report = await runStorm({ ...storm, seed: 20261121, latencyMs: 150 })
  expectNothingLost(report, storm)
  expect(report.errors).toEqual([])
})
