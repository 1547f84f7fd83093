import { test } from 'vitest'
import { provePowerLoss } from './prove-power-loss.ts'

test('a loss of power takes nothing that was acknowledged', () => provePowerLoss({ states: 150, seed: 20261128 }))
