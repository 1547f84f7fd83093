import { employeeOnboarding } from './employee-onboarding.ts'
import { equipmentRequest } from './equipment-request.ts'

/** Every workflow that Purser runs. */
export const workflows = [employeeOnboarding, equipmentRequest]
