import type { Connector } from '../../domain/operation.ts'
import { createGitHubClient, type GitHubClient } from './client.ts'
import { orgGet } from './probe.ts'

export const github: Connector<GitHubClient> = {
  service: 'github',
  title: 'GitHub',
  probe: orgGet,
  client: createGitHubClient,
}
