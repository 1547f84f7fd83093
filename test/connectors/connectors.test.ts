import { describe, expect, it } from 'vitest'
import { CONNECTORS } from '../../src/connectors/index.ts'
import { holdsTheContract } from './connector-contract.ts'
import { SAMPLES, SETTINGS } from './samples.ts'

it('every connector has samples of its operations', () => {
  const services = CONNECTORS.map(({ connector }) => connector.service)
  const recipe =
    'add what its endpoint puts into requests to SETTINGS of test/connectors/samples.ts, and its operations to SAMPLES'
  expect(Object.keys(SETTINGS).sort(), recipe).toEqual(services.sort())
})

describe.each(Object.keys(SETTINGS))('the connector of %s', (service) => {
  holdsTheContract(SAMPLES.filter(({ operation }) => operation.service === service))
})
