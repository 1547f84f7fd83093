import { z } from 'zod'
import type { Found, Look, LookFirstOperation, ReadOperation } from '../../domain/operation.ts'
import { judgeGusto } from './judge.ts'

const PER_PAGE = 100
/** Fewer on a page than any server would cut it to: the list has ended. */
const SURELY_LAST = 25
const MOST_PAGES = 100

export const gustoCall = {
  service: 'gusto',
  judge: judgeGusto,
  secretFields: ['ssn', 'date_of_birth'],
} as const
export const headers = { 'x-gusto-api-version': '2025-06-15' }

const Employee = z.looseObject({
  uuid: z.string(),
  email: z.string().nullish(),
  work_email: z.string().nullish(),
  terminated: z.boolean().optional(),
})
type Employee = z.infer<typeof Employee>

export interface NewEmployee {
  /** By which they are found again, and which Gusto invites to fill in the rest. */
  email: string
  givenName: string
  familyName: string
}

/** A page of the company's employees; only those with the address are kept in the ledger. */
export const employeeList: ReadOperation<{ email: string; page: number }, Employee[]> = {
  ...gustoCall,
  class: 'R',
  name: 'employee.list',
  title: 'look through the payroll',
  request: ({ page }, settings) => ({
    method: 'GET',
    path: '/v1/companies/{company}/employees',
    params: { company: settings.companyId ?? '' },
    query: { page, per: PER_PAGE },
    headers,
  }),
  answer: z.array(Employee),
  keep: (body, { email }) =>
    Array.isArray(body)
      ? body.filter((each) => Employee.safeParse(each).success && hasAddress(Employee.parse(each), email))
      : body,
}

/** Makes the payroll record. Gusto would make two, so the list is looked through before and after an open outcome. */
export const employeeCreate: LookFirstOperation<NewEmployee, { employeeId: string }> = {
  ...gustoCall,
  class: 'L',
  name: 'employee.create',
  title: 'create the payroll record',
  request: ({ email, givenName, familyName }, settings) => ({
    method: 'POST',
    path: '/v1/companies/{company}/employees',
    params: { company: settings.companyId ?? '' },
    body: { first_name: givenName, last_name: familyName, email, work_email: email, self_onboarding: true },
    headers,
  }),
  answer: Employee.transform(({ uuid }) => ({ employeeId: uuid })),
  naturalKey: ({ email }) => email.toLowerCase(),
  lookBeforeFirstWrite: true,
  // A request that was cut off may still be carried out for a moment.
  indexLagMs: 5_000,
  async find({ email }, look): Promise<Found<{ employeeId: string }>> {
    const found = await employeesWith(email, look)
    return found ? readFound(found) : { kind: 'cannot-tell', why: TOO_MANY }
  },
}

export const TOO_MANY = `The payroll has more than ${MOST_PAGES * PER_PAGE} records.`

/** Everybody of the company with this address; null when there are too many people to look through. */
export async function employeesWith(email: string, look: Look): Promise<Employee[] | null> {
  const found: Employee[] = []
  for (let page = 1; page <= MOST_PAGES; page++) {
    const employees = await look(employeeList, { email, page })
    found.push(...employees.filter((employee) => hasAddress(employee, email)))
    if (employees.length < SURELY_LAST) return found
  }
  return null
}

function readFound(found: readonly Employee[]): Found<{ employeeId: string }> {
  const present = found.filter(({ terminated }) => terminated !== true)
  const [employee, another] = present
  if (another) return { kind: 'cannot-tell', why: 'Several employees in Gusto have this address.' }
  if (employee) {
    return { kind: 'found', output: { employeeId: employee.uuid } }
  }
  if (found.length === 0) return { kind: 'absent' }
  return {
    kind: 'cannot-tell',
    why: 'Somebody with this address has left the company: Gusto wants a rehire, not a new record.',
  }
}

function hasAddress(employee: Employee, email: string): boolean {
  const address = email.toLowerCase()
  return employee.email?.toLowerCase() === address || employee.work_email?.toLowerCase() === address
}
