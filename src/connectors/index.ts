import type { Connector, Endpoint } from '../domain/operation.ts'
import { github } from './github/connector.ts'
import { githubEndpoint } from './github/endpoint.ts'
import { googleWorkspace } from './google-workspace/connector.ts'
import { googleEndpoint } from './google-workspace/endpoint.ts'
import { gusto } from './gusto/connector.ts'
import { gustoEndpoint } from './gusto/endpoint.ts'
import { jira } from './jira/connector.ts'
import { jiraEndpoint } from './jira/endpoint.ts'
import type { Environment, MissingSetting } from './read-settings.ts'
import { salesforce } from './salesforce/connector.ts'
import { salesforceEndpoint } from './salesforce/endpoint.ts'
import { slack } from './slack/connector.ts'
import { slackEndpoint } from './slack/endpoint.ts'

export { github, googleWorkspace, gusto, jira, salesforce, slack }

interface Connected {
  connector: Connector<unknown>
  /** Reads its settings. */
  endpoint(env: Environment, now: () => number): { endpoint: Endpoint } | { missing: MissingSetting[] }
}

/** Every service that Purser can be connected to. */
export const CONNECTORS: Connected[] = [
  { connector: slack, endpoint: slackEndpoint },
  { connector: googleWorkspace, endpoint: googleEndpoint },
  { connector: jira, endpoint: jiraEndpoint },
  { connector: github, endpoint: githubEndpoint },
  { connector: salesforce, endpoint: salesforceEndpoint },
  { connector: gusto, endpoint: gustoEndpoint },
]

export interface EndpointsRead {
  endpoints: Endpoint[]
  /** Of the services that are not configured; each names its service. */
  missing: MissingSetting[]
}

/** The services that the environment configures, and what the others lack. `now`: milliseconds since 1970. */
export function readEndpoints(env: Environment, now: () => number): EndpointsRead {
  const endpoints: Endpoint[] = []
  const missing: MissingSetting[] = []
  for (const read of CONNECTORS.map(({ endpoint }) => endpoint(env, now))) {
    if ('endpoint' in read) endpoints.push(read.endpoint)
    else missing.push(...read.missing)
  }
  return { endpoints, missing }
}
