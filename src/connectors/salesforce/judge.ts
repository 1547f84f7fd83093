import { z } from 'zod'
import type { HttpResponse, Verdict } from '../../domain/operation.ts'
import { judgeStatus, kebab, type ServiceWords, tooMany } from '../judge-status.ts'

const words: ServiceWords = {
  title: 'Salesforce',
  whenUnauthorized:
    'If it goes on, look at the connected app in Setup > App Manager: client credentials flow switched on, and a run-as user who is active.',
  whenForbidden:
    'The run-as user of the connected app needs API Enabled and Manage Users (Setup > Permission Sets), and the field of SALESFORCE_EXTERNAL_ID_FIELD visible to them.',
  whenNotFound:
    'Check SALESFORCE_EXTERNAL_ID_FIELD: on the User object there has to be a text field of that name, marked External ID and Unique (Setup > Object Manager > User > Fields).',
  renewsCredentials: true,
}

export const SalesforceProblems = z.array(z.looseObject({ errorCode: z.string(), message: z.string() })).min(1)

/** What mends the refusals that people meet. */
const HINTS: Readonly<Record<string, string>> = {
  DUPLICATES_DETECTED:
    'A duplicate rule of Salesforce found a record that is alike. Merge or correct it there, then retry; or mark this step done with that record.',
  DUPLICATE_USERNAME:
    'User names are unique in all of Salesforce. If the user is theirs, mark this step done with it; else set SALESFORCE_USERNAME_SUFFIX, such as .acme.',
  DUPLICATE_VALUE:
    'Another record has this value in a unique field. Look at it in Salesforce; if it is theirs, mark this step done.',
  LICENSE_LIMIT_EXCEEDED: 'No licence is left: free or buy one (Setup > Company Information), then retry.',
  REQUIRED_FIELD_MISSING: 'Somebody made a field of users required in Salesforce: give it a default there, then retry.',
}

/** Reads Salesforce's answers by its error codes; a limit that was reached comes as 403. */
export function judgeSalesforce(response: HttpResponse): Verdict | null {
  const problem = SalesforceProblems.safeParse(response.body).data?.[0]
  const code = problem?.errorCode ?? null
  const refusal = { code, message: problem?.message ?? null }
  if (code === 'REQUEST_LIMIT_EXCEEDED') return tooMany(words, refusal)
  if (code === 'UNABLE_TO_LOCK_ROW') return rowLocked()
  if (response.status === 300) return severalMatch()
  const hint = code === null ? undefined : HINTS[code]
  if (hint === undefined || code === null) return judgeStatus(response, words, refusal)
  return { kind: 'permanent', code: kebab(code), message: `Salesforce refused the record: ${refusal.message}`, hint }
}

/** What was to be changed would have to be created first. */
export const lacksFields = ({ status, body }: HttpResponse): boolean =>
  status === 400 && SalesforceProblems.safeParse(body).data?.[0]?.errorCode === 'REQUIRED_FIELD_MISSING'

function rowLocked(): Verdict {
  return {
    kind: 'retry',
    code: 'unable-to-lock-row',
    message: 'Somebody else is changing the same record in Salesforce',
    hint: 'Wait: it passes by itself in a moment.',
  }
}

function severalMatch(): Verdict {
  return {
    kind: 'permanent',
    code: 'several-match',
    message: 'Several records in Salesforce have this external id, so nothing was written',
    hint: 'Mark the field of SALESFORCE_EXTERNAL_ID_FIELD as Unique and clear it on all but one of them, then retry.',
  }
}
