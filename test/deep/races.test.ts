import { it } from 'vitest'
import { proveRaces } from '../proof/races/prove-races.ts'

const seed = Number(process.env.PURSER_SEED ?? 20261130)

it('has one winner in each race for a step, and loses nothing', () => proveRaces({ races: 10_000, seed }))
