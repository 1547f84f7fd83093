import type { Connector } from '../../domain/operation.ts'
import { createGoogleWorkspaceClient, type GoogleWorkspaceClient } from './client.ts'
import { userList } from './probe.ts'

export const googleWorkspace: Connector<GoogleWorkspaceClient> = {
  service: 'google',
  title: 'Google Workspace',
  probe: userList,
  client: createGoogleWorkspaceClient,
}
