import { employeeOnboarding } from './employee-onboarding.ts'

/** Every workflow that Purser runs. */
export const workflows = [employeeOnboarding]
