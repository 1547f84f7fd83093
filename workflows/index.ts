import { clientContract } from './client-contract.ts'
import { clientOnboarding } from './client-onboarding.ts'
import { employeeOnboarding } from './employee-onboarding.ts'
import { equipmentRequest } from './equipment-request.ts'

/** Every workflow that Purser runs. */
export const workflows = [employeeOnboarding, clientOnboarding, clientContract, equipmentRequest]
