import type { Connector } from '../../domain/operation.ts'
import { createSlackClient, type SlackClient } from './client.ts'

export const slack: Connector<SlackClient> = { service: 'slack', title: 'Slack', client: createSlackClient }
