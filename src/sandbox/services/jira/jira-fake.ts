import { z } from 'zod'
import type { Fake } from '../fake.ts'
import { credentialOf, SANDBOX_ACCESS } from '../tokens.ts'
import { createJiraIssues } from './jira-issues.ts'
import { jiraRefusals } from './jira-refusals.ts'
import { createJiraUsers } from './jira-users.ts'

const USUAL_INDEX_LAG_MS = 2000

const Saved = z.object({ users: z.unknown(), issues: z.unknown() })

/** Jira Cloud: people, groups, issues, and a search that learns of an issue a while after it is there. */
export function createJiraFake(): Fake {
  const users = createJiraUsers()
  const issues = createJiraIssues(USUAL_INDEX_LAG_MS)
  const basic = Buffer.from(`${SANDBOX_ACCESS.jira.email}:${SANDBOX_ACCESS.jira.token}`).toString('base64')
  return {
    name: 'jira',
    title: 'Jira',
    refusals: jiraRefusals,
    routes: [
      { method: 'GET', pattern: '/rest/api/3/myself', use: 'status', answer: users.myself },
      { method: 'POST', pattern: '/rest/api/3/user', use: 'write', answer: users.create },
      { method: 'GET', pattern: '/rest/api/3/user', use: 'lookup', answer: users.get },
      { method: 'DELETE', pattern: '/rest/api/3/user', use: 'write', answer: users.remove },
      { method: 'GET', pattern: '/rest/api/3/user/search', use: 'lookup', answer: users.search },
      { method: 'POST', pattern: '/rest/api/3/group/user', use: 'write', answer: users.addToGroup },
      { method: 'POST', pattern: '/rest/api/3/issue', use: 'write', answer: issues.create },
      { method: 'GET', pattern: '/rest/api/3/issue/{issueIdOrKey}', use: 'lookup', answer: issues.get },
      { method: 'GET', pattern: '/rest/api/3/search/jql', use: 'lookup', answer: issues.search },
      { method: 'POST', pattern: '/rest/api/3/search/jql', use: 'lookup', answer: issues.searchByPost },
    ],
    accepts: (authorization) =>
      credentialOf(authorization, ['bearer']) === SANDBOX_ACCESS.jira.token ||
      credentialOf(authorization, ['basic']) === basic,
    headers: () => ({}),
    snapshot: () => ({ users: users.snapshot(), issues: issues.snapshot() }),
    restore(saved) {
      const state = Saved.parse(saved)
      users.restore(state.users)
      issues.restore(state.issues)
    },
    reset() {
      users.reset()
      issues.reset()
    },
    switches: {
      'index-lag': (body) => {
        const { seconds } = z.strictObject({ seconds: z.number().nonnegative() }).parse(body)
        issues.setIndexLag(seconds * 1000)
        return { seconds }
      },
    },
  }
}
