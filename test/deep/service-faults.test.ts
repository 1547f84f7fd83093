import { it } from 'vitest'
import { proveServiceFaults } from '../proof/service-faults/prove-service-faults.ts'

it('does nothing twice, whatever a service does to any operation', () => proveServiceFaults(() => true))
