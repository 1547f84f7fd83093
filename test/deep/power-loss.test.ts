import { test } from 'vitest'
import { provePowerLoss } from '../proof/power-loss/prove-power-loss.ts'

const seed = Number(process.env.PURSER_SEED ?? 20261129)

test('a loss of power takes nothing that was acknowledged', () => provePowerLoss({ states: 2_000, seed }))
