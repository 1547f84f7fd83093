import { z } from 'zod'
import { type Answer, type Ask, type Fake, isKnownName, Refused, readBody, uuidOf } from '../fake.ts'
import { credentialOf, SANDBOX_ACCESS } from '../tokens.ts'
import { createGustoGrants } from './gusto-grants.ts'
import { gustoInvalid, gustoNotFound, gustoRefusals } from './gusto-refusals.ts'

const NewEmployee = z.looseObject({
  first_name: z.string().min(1),
  middle_initial: z.string().optional(),
  last_name: z.string().min(1),
  email: z.email().nullish(),
  work_email: z.email().optional(),
  self_onboarding: z.boolean().optional(),
})
const NewJob = z.looseObject({
  title: z.string().min(1),
  hire_date: z.iso.date(),
  two_percent_shareholder: z.boolean().default(false),
})

const StoredEmployee = z.looseObject({ uuid: z.string(), company_uuid: z.string(), email: z.string().nullable() })
const StoredJob = z.looseObject({ uuid: z.string(), employee_uuid: z.string() })
const Saved = z.object({
  employees: z.array(StoredEmployee),
  jobs: z.array(StoredJob),
  employeesMade: z.int().optional(),
  jobsMade: z.int().optional(),
  grants: z.unknown().optional(),
})

/** What Gusto keeps; lists in the order in which things were made. */
class Payroll {
  readonly employees = new Map<string, z.infer<typeof StoredEmployee>>()
  readonly byCompany = new Map<string, z.infer<typeof StoredEmployee>[]>()
  readonly jobs = new Map<string, z.infer<typeof StoredJob>[]>()
  employeesMade = 0
  jobsMade = 0

  keepEmployee(employee: z.infer<typeof StoredEmployee>): void {
    this.employeesMade += 1
    this.employees.set(employee.uuid, employee)
    const colleagues = this.byCompany.get(employee.company_uuid) ?? []
    this.byCompany.set(employee.company_uuid, colleagues)
    colleagues.push(employee)
  }

  deleteEmployee({ uuid, company_uuid }: z.infer<typeof StoredEmployee>): void {
    this.employees.delete(uuid)
    this.jobs.delete(uuid)
    const colleagues = this.byCompany.get(company_uuid) ?? []
    this.byCompany.set(
      company_uuid,
      colleagues.filter((each) => each.uuid !== uuid),
    )
  }

  keepJob(job: z.infer<typeof StoredJob>): void {
    this.jobsMade += 1
    this.jobs.set(job.employee_uuid, [...(this.jobs.get(job.employee_uuid) ?? []), job])
  }
}

/** Gusto: employees of companies and their jobs; nothing here stands against doing a thing twice. */
export function createGustoFake(): Fake {
  let payroll = new Payroll()
  const grants = createGustoGrants()
  return {
    name: 'gusto',
    title: 'Gusto',
    refusals: gustoRefusals,
    routes: [
      { method: 'POST', pattern: '/oauth/token', use: 'token', answer: grants.refresh },
      { method: 'GET', pattern: '/v1/token_info', use: 'status', answer: tokenInfo },
      {
        method: 'GET',
        pattern: '/v1/companies/{id}/employees',
        use: 'lookup',
        answer: (ask) => listEmployees(ask, payroll),
      },
      {
        method: 'POST',
        pattern: '/v1/companies/{id}/employees',
        use: 'write',
        answer: (ask) => addEmployee(ask, payroll),
      },
      { method: 'GET', pattern: '/v1/employees/{id}', use: 'lookup', answer: (ask) => getEmployee(ask, payroll) },
      { method: 'DELETE', pattern: '/v1/employees/{id}', use: 'write', answer: (ask) => deleteEmployee(ask, payroll) },
      { method: 'POST', pattern: '/v1/employees/{id}/jobs', use: 'write', answer: (ask) => addJob(ask, payroll) },
      { method: 'GET', pattern: '/v1/employees/{id}/jobs', use: 'lookup', answer: (ask) => listJobs(ask, payroll) },
    ],
    accepts(authorization, now) {
      const token = credentialOf(authorization, ['bearer'])
      return token !== null && (token === SANDBOX_ACCESS.gusto.token || grants.holds(token, now))
    },
    headers: () => ({ 'x-gusto-api-version': '2025-06-15' }),
    snapshot: () => ({
      employees: [...payroll.employees.values()],
      jobs: [...payroll.jobs.values()].flat(),
      employeesMade: payroll.employeesMade,
      jobsMade: payroll.jobsMade,
      grants: grants.snapshot(),
    }),
    restore(saved) {
      const state = Saved.parse(saved)
      for (const employee of state.employees) payroll.keepEmployee(employee)
      for (const job of state.jobs) payroll.keepJob(job)
      payroll.employeesMade = state.employeesMade ?? payroll.employeesMade
      payroll.jobsMade = state.jobsMade ?? payroll.jobsMade
      if (state.grants) grants.restore(state.grants)
    },
    reset() {
      payroll = new Payroll()
    },
    switches: {
      'finish-onboarding': (body) => {
        const { email } = z.strictObject({ email: z.email() }).parse(body)
        const known = [...payroll.employees.values()].filter((each) => each.email === email)
        for (const each of known) Object.assign(each, { onboarded: true, onboarding_status: 'onboarding_completed' })
        return { finished: known.length }
      },
    },
  }
}

function tokenInfo(): Answer {
  const scope = 'companies:read employees:read employees:write employees:manage jobs:read jobs:write'
  return { status: 200, body: { scope, resource: { type: 'Company', uuid: uuidOf(2, 1) }, resource_owner: null } }
}

function addEmployee(ask: Ask, payroll: Payroll): Answer {
  const company = companyOf(ask)
  const { ssn, date_of_birth: _, self_onboarding, ...wanted } = readBody(NewEmployee, ask.body, gustoInvalid)
  const employee = {
    ...wanted,
    uuid: uuidOf(3, payroll.employeesMade + 1),
    company_uuid: company,
    email: wanted.email ?? null,
    work_email: wanted.work_email ?? null,
    middle_initial: wanted.middle_initial ?? null,
    manager_uuid: null,
    version: versionOf(ask.now, payroll.employeesMade),
    department: null,
    terminated: false,
    two_percent_shareholder: false,
    onboarded: false,
    onboarding_status: self_onboarding ? 'self_onboarding_pending_invite' : 'admin_onboarding_incomplete',
    has_ssn: ssn !== undefined,
    terminations: [],
    garnishments: [],
  }
  payroll.keepEmployee(employee)
  const key = `${company}/${(employee.email ?? employee.work_email ?? employee.uuid).toLowerCase()}`
  const detail = { uuid: employee.uuid, name: `${employee.first_name} ${employee.last_name}` }
  return { status: 201, body: { ...employee, jobs: [] }, effects: [{ kind: 'employee.created', key, detail }] }
}

function listEmployees(ask: Ask, payroll: Payroll): Answer {
  const employees = payroll.byCompany.get(companyOf(ask)) ?? []
  const per = Math.min(100, positive(ask.query.get('per'), 25))
  const page = positive(ask.query.get('page'), 1)
  const shown = employees.slice((page - 1) * per, page * per)
  const headers = {
    'x-total-count': String(employees.length),
    'x-total-pages': String(Math.ceil(employees.length / per)),
    'x-page': String(page),
    'x-per-page': String(per),
  }
  return { status: 200, headers, body: shown.map((each) => ({ ...each, jobs: payroll.jobs.get(each.uuid) ?? [] })) }
}

function getEmployee(ask: Ask, payroll: Payroll): Answer {
  const employee = employeeOf(ask, payroll)
  return { status: 200, body: { ...employee, jobs: payroll.jobs.get(employee.uuid) ?? [] } }
}

function deleteEmployee(ask: Ask, payroll: Payroll): Answer {
  const employee = employeeOf(ask, payroll)
  if (employee.onboarded === true) {
    throw new Refused(gustoInvalid('base', 'An onboarded employee cannot be deleted. Terminate them instead.'))
  }
  payroll.deleteEmployee(employee)
  const key = `${employee.company_uuid}/${(employee.email ?? employee.uuid).toLowerCase()}`
  return { status: 204, effects: [{ kind: 'employee.deleted', key, detail: { uuid: employee.uuid } }] }
}

function addJob(ask: Ask, payroll: Payroll): Answer {
  const employee = employeeOf(ask, payroll)
  const wanted = readBody(NewJob, ask.body, gustoInvalid)
  const job = {
    ...wanted,
    uuid: uuidOf(4, payroll.jobsMade + 1),
    version: versionOf(ask.now, payroll.jobsMade),
    employee_uuid: employee.uuid,
    primary: !payroll.jobs.has(employee.uuid),
    rate: '0.00',
    payment_unit: 'Hour',
    current_compensation_uuid: uuidOf(5, payroll.jobsMade + 1),
    compensations: [],
  }
  payroll.keepJob(job)
  const key = `${employee.uuid}/${wanted.title}/${wanted.hire_date}`
  return { status: 201, body: job, effects: [{ kind: 'job.created', key, detail: { uuid: job.uuid } }] }
}

function listJobs(ask: Ask, payroll: Payroll): Answer {
  return { status: 200, body: payroll.jobs.get(employeeOf(ask, payroll).uuid) ?? [] }
}

function companyOf(ask: Ask): string {
  const company = ask.param('id')
  if (!isKnownName(company)) throw new Refused(gustoNotFound())
  return company
}

function employeeOf(ask: Ask, payroll: Payroll) {
  const employee = payroll.employees.get(ask.param('id'))
  if (!employee) throw new Refused(gustoNotFound())
  return employee
}

function positive(text: string | null, otherwise: number): number {
  const number = Number(text ?? otherwise)
  return Number.isInteger(number) && number > 0 ? number : otherwise
}

function versionOf(now: number, n: number): string {
  return `${now.toString(16)}${n.toString(16).padStart(8, '0')}`
}
