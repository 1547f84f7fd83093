import { it } from 'vitest'
import { proveModel } from '../proof/model/prove-model.ts'

const seed = Number(process.env.PURSER_SEED ?? Date.now() % 2 ** 31)

it('ends random workflows as an independent model says, in whatever order things come', () =>
  proveModel({ numRuns: 10_000, seed }))
