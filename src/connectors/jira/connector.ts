import type { Connector } from '../../domain/operation.ts'
import { createJiraClient, type JiraClient } from './client.ts'
import { myselfGet } from './probe.ts'

export const jira: Connector<JiraClient> = {
  service: 'jira',
  title: 'Jira',
  probe: myselfGet,
  client: createJiraClient,
}
