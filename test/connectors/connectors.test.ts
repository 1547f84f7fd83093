import { describe } from 'vitest'
import { holdsTheContract } from './connector-contract.ts'
import { SAMPLES, SETTINGS } from './samples.ts'

describe.each(Object.keys(SETTINGS))('the connector of %s', (service) => {
  holdsTheContract(SAMPLES.filter(({ operation }) => operation.service === service))
})
