import { z } from 'zod'

/** What the sandbox's services accept; they guard nothing but a wrong configuration. */
export const SANDBOX_ACCESS = {
  google: { token: 'sandbox-google-token' },
  jira: { email: 'purser@acme.example', token: 'sandbox-jira-token' },
  github: { token: 'sandbox-github-token' },
  salesforce: { token: 'sandbox-salesforce-token', clientId: 'sandbox-client', clientSecret: 'sandbox-client-secret' },
  gusto: {
    token: 'sandbox-gusto-token',
    clientId: 'sandbox-client',
    clientSecret: 'sandbox-client-secret',
    refreshToken: 'sandbox-gusto-refresh',
  },
  pagerduty: { routingKey: 'sandboxroutingkeysandboxrouting0' },
} as const

const Saved = z.array(z.tuple([z.string(), z.number()]))

/** The tokens that a token endpoint has given out, with the time at which each ends. */
export interface IssuedTokens {
  issue: (token: string, until: number) => void
  holds: (token: string, now: number) => boolean
  clear: () => void
  snapshot: () => unknown
  restore: (saved: unknown) => void
}

/** Remembers tokens until they end. */
export function createIssuedTokens(): IssuedTokens {
  let until = new Map<string, number>()
  return {
    issue: (token, end) => void until.set(token, end),
    holds: (token, now) => (until.get(token) ?? 0) > now,
    clear: () => until.clear(),
    snapshot: () => [...until],
    restore(saved) {
      until = new Map(Saved.parse(saved))
    },
  }
}

/** The credential of an Authorization header with one of the schemes; null for another scheme. */
export function credentialOf(authorization: string, schemes: string[]): string | null {
  const space = authorization.indexOf(' ')
  return schemes.includes(authorization.slice(0, space).toLowerCase()) ? authorization.slice(space + 1) : null
}
