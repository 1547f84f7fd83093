import type { Connector } from '../../domain/operation.ts'
import { createGoogleWorkspaceClient, type GoogleWorkspaceClient } from './client.ts'

export const googleWorkspace: Connector<GoogleWorkspaceClient> = {
  service: 'google',
  title: 'Google Workspace',
  client: createGoogleWorkspaceClient,
}
