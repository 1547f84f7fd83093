import type { BoundCall } from '../../domain/operation.ts'
import { employeeCreate, type NewEmployee } from './employees.ts'
import { jobCreate } from './jobs.ts'
import { type RemovedEmployee, removeEmployee } from './remove-employee.ts'

interface WantedEmployee extends NewEmployee {
  jobTitle: string
  /** `YYYY-MM-DD` */
  startDate: string
}

export interface GustoClient {
  /** Makes the payroll record and its job, or finds them. */
  ensureEmployee(employee: WantedEmployee): Promise<{ employeeId: string; jobId: string }>
  /** Deletes the record that a run made; a person is asked where it may have been there before. */
  removeEmployee(employee: RemovedEmployee): Promise<void>
}

/** The client over one step's calls. */
export function createGustoClient(call: BoundCall): GustoClient {
  return {
    async ensureEmployee({ email, givenName, familyName, jobTitle, startDate }) {
      const { employeeId } = await call(employeeCreate, { email, givenName, familyName })
      const { jobId } = await call(jobCreate, { employeeId, title: jobTitle, startDate })
      return { employeeId, jobId }
    },
    removeEmployee: (employee) => removeEmployee(call, employee),
  }
}
