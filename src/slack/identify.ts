import type { Store } from '../../db/store.ts'
import { authTest } from '../connectors/slack/people.ts'
import { PurserError } from '../domain/errors.ts'
import { TeamId } from '../domain/ids.ts'
import type { Egress } from '../egress/scope.ts'
import type { Log } from '../log.ts'
import type { SubjectKeys } from '../secrets/subject-keys.ts'

/** Under this team stand entries of Purser itself, as long as Slack has not said which workspace it serves. */
export const UNKNOWN_TEAM = TeamId.parse('T0')

interface Ports {
  store: Pick<Store, 'servedLast'>
  egress: Egress
  keys: SubjectKeys
  log: Log
}

/**
 * Asks Slack which workspace the token is of. Purser starts without it too, for the workspace that it served before:
 * runs must go on, schedules count and alerts be told while Slack is down.
 */
export async function identify(ports: Ports): Promise<TeamId> {
  try {
    const { team } = await ports.egress.call({
      operation: authTest,
      input: {},
      scope: {
        team: UNKNOWN_TEAM,
        actor: { kind: 'machine', part: 'start' },
        subjects: [],
        urgent: true,
        tries: { tries: 1, withinMs: 5_000, firstDelayMs: 0 },
      },
    })
    const known = TeamId.parse(team)
    await ports.keys.ensure([known])
    return known
  } catch (error) {
    if (!(error instanceof PurserError)) throw error
    const before = await ports.store.servedLast(UNKNOWN_TEAM)
    ports.log.warn(`Slack did not say which workspace this is: ${error.message}`, { err: error })
    if (before) ports.log.warn(`Purser goes on for ${before}, as before`)
    return before ?? UNKNOWN_TEAM
  }
}
