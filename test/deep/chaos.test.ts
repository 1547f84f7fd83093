import { it } from 'vitest'
import { expectNothingLost } from '../chaos/expect-nothing-lost.ts'
import { runStorm } from '../chaos/run-storm.ts'

it('carries 200 onboardings through 30 kills', async () => {
  const storm = { people: 200, forced: 22, sudden: 8 }
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9))
  process.stdout.write(`storm: SEED=${seed}\n`)
  expectNothingLost(await runStorm({ ...storm, seed, latencyMs: 700 }), storm)
})
