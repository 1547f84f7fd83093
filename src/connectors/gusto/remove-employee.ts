import { z } from 'zod'
import { PersonNeeded } from '../../domain/errors.ts'
import type { BoundCall, HttpResponse, UpsertOperation, Verdict } from '../../domain/operation.ts'
import { employeesWith, gustoCall, headers, TOO_MANY } from './employees.ts'
import { judgeGusto } from './judge.ts'

/** Deletes a payroll record with its jobs, which Gusto allows while it is in onboarding; one that is gone stays gone. */
export const employeeDelete: UpsertOperation<{ employeeId: string }, null> = {
  ...gustoCall,
  class: 'U',
  name: 'employee.delete',
  title: 'delete the payroll record',
  request: ({ employeeId }) => ({
    method: 'DELETE',
    path: '/v1/employees/{employee}',
    params: { employee: employeeId },
    headers,
  }),
  answer: z.unknown().transform(() => null),
  judge: judgeDeletion,
}

const BY_HAND =
  'Dismiss them in Gusto (People > their name > Dismiss): only a person can say which day is the last and what is still to be paid. Then mark this step done.'

/** Gusto answers 422 when the person has finished onboarding: they may have been paid, and can only be dismissed. */
function judgeDeletion(response: HttpResponse): Verdict | null {
  if (response.status === 404) return { kind: 'done' }
  const verdict = judgeGusto(response)
  if (response.status === 422) {
    const message = 'They have finished onboarding in Gusto, and Gusto deletes nobody after that'
    return { kind: 'permanent', code: 'gusto-onboarding-finished', message, hint: BY_HAND }
  }
  if (response.status !== 403 || verdict?.kind !== 'permanent') return verdict
  const hint =
    'The authorization needs the scope employees:manage; ask for it at https://dev.gusto.com, authorize anew and retry. Or delete the record in Gusto and mark this step done.'
  return { ...verdict, hint }
}

export interface RemovedEmployee {
  email: string
  /** Of the record, where it is known. */
  employeeId?: string | undefined
  /** Whether it is sure that the run made the record; else a person has to look. */
  made: boolean
}

/** Deletes the payroll record that a run made, if it is there. */
export async function removeEmployee(call: BoundCall, { email, employeeId, made }: RemovedEmployee): Promise<void> {
  if (made && employeeId !== undefined) {
    await call(employeeDelete, { employeeId })
    return
  }
  let page = 0
  const found = await employeesWith(email, (operation, input) => call(operation, input, `page-${++page}`))
  if (!found) throw notSurelyOurs(TOO_MANY)
  const [employee, another] = found
  if (!employee) return
  if (another) throw notSurelyOurs('Several employees in Gusto have this address.')
  if (!made) throw notSurelyOurs('The payroll has a record of this address, which may have been there before this run.')
  await call(employeeDelete, { employeeId: employee.uuid })
}

const notSurelyOurs = (why: string): PersonNeeded =>
  new PersonNeeded({
    code: 'gusto-record-not-surely-ours',
    message: `${why} So Purser deletes nothing.`,
    hint: 'Look in Gusto. If this run made a record, delete it while it is in onboarding, or dismiss the person. Then mark this step done.',
  })
