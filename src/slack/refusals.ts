import type { Clock } from '../clock.ts'
import { groupList, groupMembers, userByEmail, userInfo, userList } from '../connectors/slack/people.ts'
import type { Found } from '../domain/alert.ts'
import { PermanentFailure } from '../domain/errors.ts'
import type { TeamId } from '../domain/ids.ts'
import type { Operation } from '../domain/operation.ts'

/** What the app has to be allowed for each of these reads. */
const SCOPES = new Map<string, string>([
  ...[userInfo, userList].map(({ name }) => [name, 'users:read'] as const),
  [userByEmail.name, 'users:read.email'],
  ...[groupList, groupMembers].map(({ name }) => [name, 'usergroups:read'] as const),
])

/** Slack takes the token for nothing any more. */
const OF_THE_TOKEN = new Set(['invalid-auth', 'not-authed', 'token-revoked', 'token-expired', 'account-inactive'])

/** What Slack does not let Purser know of people, because of the token or a scope that is missing. */
export interface Refusals {
  /** What came of a read: an error, or null when it was answered. */
  heard(operation: Pick<Operation<never, unknown>, 'name'>, error: unknown): void
  /** Every kind of read has been tried. */
  knowAll(): void
  isAny(): boolean
  /** Null as long as not every kind of read has been tried: what was told before may be so still. */
  found(): readonly Found[] | null
}

export function createRefusals({ clock, team }: { clock: Pick<Clock, 'now'>; team: TeamId }): Refusals {
  /** By the scope; `token` for the token itself. */
  const refused = new Map<string, Found>()
  let isWhole = false

  const refuse = (key: string, { code, scope }: { code: string; scope: string | null }): void => {
    const matter = { kind: 'directory-refused', code, scope } as const
    const id = `directory-refused/${key}/${code}`
    if (refused.get(key)?.id === id) return
    refused.set(key, { team, id, run: null, step: null, matter, since: clock.now() })
  }

  return {
    heard({ name }, error) {
      const scope = SCOPES.get(name)
      if (!scope) return
      const code = error instanceof PermanentFailure ? error.code : null
      if (code !== null && OF_THE_TOKEN.has(code)) return refuse('token', { code, scope: null })
      if (code === 'missing-scope') {
        refused.delete('token')
        return refuse(scope, { code, scope })
      }
      // Slack's own trouble says nothing of what it would allow; any other answer does.
      if (error !== null && code === null) return
      refused.delete('token')
      refused.delete(scope)
    },
    knowAll() {
      isWhole = true
    },
    isAny: () => refused.size > 0,
    found: () => (isWhole ? [...refused.values()] : refused.size > 0 ? [...refused.values()] : null),
  }
}
