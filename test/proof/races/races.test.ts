import { test } from 'vitest'
import { proveRaces } from './prove-races.ts'

test('of two who go for one step at once, one wins and nothing is lost', () => proveRaces({ races: 300, seed: 1 }))
