import type { Endpoint } from '../domain/operation.ts'
import { githubEndpoint } from './github/endpoint.ts'
import { googleEndpoint } from './google-workspace/endpoint.ts'
import { gustoEndpoint } from './gusto/endpoint.ts'
import { jiraEndpoint } from './jira/endpoint.ts'
import type { Environment, MissingSetting } from './read-settings.ts'
import { salesforceEndpoint } from './salesforce/endpoint.ts'
import { slackEndpoint } from './slack/endpoint.ts'

export { github } from './github/connector.ts'
export { googleWorkspace } from './google-workspace/connector.ts'
export { gusto } from './gusto/connector.ts'
export { jira } from './jira/connector.ts'
export { salesforce } from './salesforce/connector.ts'
export { slack } from './slack/connector.ts'

type EndpointRead = { endpoint: Endpoint } | { missing: MissingSetting[] }

/** Every service that Purser can be connected to, and how its settings are read. */
export const CONNECTORS: ((env: Environment, now: () => number) => EndpointRead)[] = [
  slackEndpoint,
  googleEndpoint,
  jiraEndpoint,
  githubEndpoint,
  salesforceEndpoint,
  gustoEndpoint,
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
  for (const read of CONNECTORS.map((connector) => connector(env, now))) {
    if ('endpoint' in read) endpoints.push(read.endpoint)
    else missing.push(...read.missing)
  }
  return { endpoints, missing }
}
