import type { Connector } from '../../domain/operation.ts'
import { createSlackClient, type SlackClient } from './client.ts'
import { authTest } from './people.ts'

export const slack: Connector<SlackClient> = {
  service: 'slack',
  title: 'Slack',
  probe: authTest,
  client: createSlackClient,
}
