import type { Connector } from '../../domain/operation.ts'
import { createGitHubClient, type GitHubClient } from './client.ts'

export const github: Connector<GitHubClient> = { service: 'github', title: 'GitHub', client: createGitHubClient }
