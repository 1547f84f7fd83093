import { test } from 'vitest'
import { proveModel } from './prove-model.ts'

test(
  'random workflows end as an independent model says, in whatever order things come',
  () => proveModel({ numRuns: 80, seed: 7 }),
  60_000,
)
