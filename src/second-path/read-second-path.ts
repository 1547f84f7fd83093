import { deadmanEndpoint } from '../connectors/deadman/endpoint.ts'
import { pagerDutyEndpoint } from '../connectors/pagerduty/endpoint.ts'
import type { Environment, MissingSetting } from '../connectors/read-settings.ts'
import type { Endpoint } from '../domain/operation.ts'

export interface SecondPathSettings {
  /** Of PagerDuty; null when alerts do not go there. */
  routingKey: string | null
  /** What is called while all is well; null when there is no such switch. */
  deadmanUrl: string | null
  endpoints: Endpoint[]
  /** What is set and wrong. */
  missing: MissingSetting[]
}

/** How alerts reach people beside Slack and e-mail; what is not set is not used. */
export function readSecondPath(env: Environment): SecondPathSettings {
  const pager = pagerDutyEndpoint(env)
  const deadman = deadmanEndpoint(env)
  return {
    routingKey: pager && 'routingKey' in pager ? pager.routingKey : null,
    deadmanUrl: deadman && 'url' in deadman ? deadman.url : null,
    endpoints: [pager, deadman].flatMap((each) => (each && 'endpoint' in each ? [each.endpoint] : [])),
    missing: [pager, deadman].flatMap((each) => (each && 'missing' in each ? each.missing : [])),
  }
}
