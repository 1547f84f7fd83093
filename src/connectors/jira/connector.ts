import type { Connector } from '../../domain/operation.ts'
import { createJiraClient, type JiraClient } from './client.ts'

export const jira: Connector<JiraClient> = { service: 'jira', title: 'Jira', client: createJiraClient }
