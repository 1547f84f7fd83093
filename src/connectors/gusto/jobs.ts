import { z } from 'zod'
import type { LookFirstOperation, ReadOperation } from '../../domain/operation.ts'
import { gustoCall, headers } from './employees.ts'

const Job = z.looseObject({ uuid: z.string(), title: z.string().nullish(), hire_date: z.string().nullish() })

export interface NewJob {
  employeeId: string
  title: string
  /** `YYYY-MM-DD` */
  startDate: string
}

/** The jobs of an employee. */
export const jobList: ReadOperation<{ employeeId: string }, z.infer<typeof Job>[]> = {
  ...gustoCall,
  class: 'R',
  name: 'job.list',
  title: 'look up the job in payroll',
  request: ({ employeeId }) => ({
    method: 'GET',
    path: '/v1/employees/{employee}/jobs',
    params: { employee: employeeId },
    headers,
  }),
  answer: z.array(Job),
}

/** Gives the employee a job. Gusto would give two, so theirs are looked through first. */
export const jobCreate: LookFirstOperation<NewJob, { jobId: string }> = {
  ...gustoCall,
  class: 'L',
  name: 'job.create',
  title: 'add the job to payroll',
  request: ({ employeeId, title, startDate }) => ({
    method: 'POST',
    path: '/v1/employees/{employee}/jobs',
    params: { employee: employeeId },
    body: { title, hire_date: startDate },
    headers,
  }),
  answer: Job.transform(({ uuid }) => ({ jobId: uuid })),
  naturalKey: ({ employeeId, title, startDate }) => `${employeeId}/${title}/${startDate}`,
  lookBeforeFirstWrite: true,
  // A request that was cut off may still be carried out for a moment.
  indexLagMs: 5_000,
  async find({ employeeId, title, startDate }, look) {
    const jobs = await look(jobList, { employeeId })
    const job = jobs.find((each) => each.title === title && each.hire_date === startDate)
    if (!job) return { kind: 'absent' }
    return { kind: 'found', output: { jobId: job.uuid } }
  },
}
