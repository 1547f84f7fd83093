import { z } from 'zod'
import type { TeamId } from '../domain/ids.ts'
import type { ReadOperation } from '../domain/operation.ts'
import type { Egress } from '../egress/scope.ts'

const OPEN = 'apps.connections.open'

/** The one call that Bolt makes by itself: it asks where Socket Mode's socket is. */
function connectionsOpen(appToken: string): ReadOperation<Record<string, never>, Record<string, unknown>> {
  return {
    class: 'R',
    service: 'slack',
    name: OPEN,
    title: 'ask for a Socket Mode connection',
    anonymous: true,
    // The answer's address is the permission to connect.
    dropBodies: true,
    request: () => ({ method: 'POST', path: `/${OPEN}`, headers: { authorization: `Bearer ${appToken}` } }),
    answer: z.record(z.string(), z.unknown()),
    judge: (response) => (response.status === 200 ? { kind: 'done' } : null),
  }
}

/** A `fetch` for Bolt that lets through that one call, by the egress, and nothing else. */
export function slackFetch(egress: Egress, about: { team: TeamId; appToken: string }): typeof fetch {
  const operation = connectionsOpen(about.appToken)
  return async (input) => {
    const url = new URL(input instanceof Request ? input.url : input)
    if (!url.pathname.endsWith(`/${OPEN}`)) throw new Error(`Bolt may not call ${url.pathname} by itself`)
    const answer = await egress.call({
      operation,
      input: {},
      scope: {
        team: about.team,
        actor: { kind: 'machine', part: 'start' },
        subjects: [],
        urgent: true,
        tries: { tries: 1, withinMs: 10_000, firstDelayMs: 0 },
      },
    })
    return Response.json(answer)
  }
}
