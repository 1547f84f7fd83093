import { z } from 'zod'
import { invitationList } from '../connectors/github/operations.ts'
import { userGet } from '../connectors/google-workspace/users.ts'
import { employeeList } from '../connectors/gusto/employees.ts'
import { CONNECTORS } from '../connectors/index.ts'
import { issueSearch } from '../connectors/jira/issues.ts'
import type { Environment } from '../connectors/read-settings.ts'
import { judgeSalesforce } from '../connectors/salesforce/judge.ts'
import type { BoundCall, Endpoint, ReadOperation } from '../domain/operation.ts'
import { type Check, note, ok, wrongBy } from './doctor-check.ts'

/** One user's external id: it shows that the session works, and that the field by which users are found exists. */
const externalIdRead: ReadOperation<Record<string, never>, true> = {
  service: 'salesforce',
  class: 'R',
  name: 'user.query',
  title: 'look at the external ids of users',
  dropBodies: true,
  request: (_, settings) => ({
    method: 'GET',
    path: '/services/data/v62.0/query',
    query: { q: `SELECT ${settings.externalIdField ?? ''} FROM User LIMIT 1` },
  }),
  answer: z.looseObject({ totalSize: z.int() }).transform((): true => true),
  judge: judgeSalesforce,
}

/** Nobody has it: reads that look for somebody find nobody. */
const NOBODY = 'nobody@purser.invalid'

interface HarmlessRead {
  /** What it shows when it succeeds. */
  shows: string
  read(call: BoundCall, env: Environment): Promise<unknown>
}

/** A read of each service that needs the rights which Purser uses, and changes nothing. */
const READS: Readonly<Record<string, HarmlessRead>> = {
  google: {
    shows: 'the service account may act for the administrator',
    read: (call, env) => call(userGet, { email: env.GOOGLE_ADMIN_EMAIL ?? NOBODY }),
  },
  jira: { shows: 'the account may search tickets', read: (call) => call(issueSearch, { label: 'purser-doctor' }) },
  github: {
    shows: 'the token may manage members of the organization',
    read: (call) => call(invitationList, { email: NOBODY, page: 1 }),
  },
  salesforce: { shows: 'the connected app may read users', read: (call) => call(externalIdRead, {}) },
  gusto: {
    shows: 'the application may read the company’s employees',
    read: (call) => call(employeeList, { email: NOBODY, page: 1 }),
  },
}

/** Of a service with no read of its own here: what Purser itself looks at. */
function probeOf(service: string): HarmlessRead {
  const found = CONNECTORS.find(({ connector }) => connector.service === service)
  if (!found) throw new Error(`no connector for ${service}`)
  const { probe } = found.connector
  return { shows: 'it answers, and takes the credentials', read: (call) => call(probe, {}) }
}

/** Asks each service that has its settings for something that changes nothing. */
export async function checkServices(
  call: BoundCall,
  { endpoints, env, isRunning }: { endpoints: readonly Endpoint[]; env: Environment; isRunning: boolean },
): Promise<Check[]> {
  const others = endpoints.filter(({ service }) => service !== 'slack')
  return Promise.all(
    others.map(async ({ service, title }) => {
      const harmless = READS[service] ?? probeOf(service)
      if (isRunning && service === 'gusto' && !env.GUSTO_API_TOKEN?.trim()) {
        return note(title, 'not asked: Purser is running, and Gusto’s refresh token may be used by one process alone')
      }
      try {
        await harmless.read(call, env)
        return ok(title, harmless.shows)
      } catch (error) {
        return wrongBy(title, error)
      }
    }),
  )
}
