import { texts } from '../../views/texts/index.ts'
import type { Person } from '../domain/actor.ts'
import { PermanentFailure, PurserError, UserMistake } from '../domain/errors.ts'
import type { TeamId, UserId } from '../domain/ids.ts'
import type { Action, Rules } from '../rules/rules.ts'
import type { Directory } from './directory.ts'

/** Somebody who asks, as the payload names them. */
export interface Asker {
  team: TeamId
  user: UserId
  /** The workspace that the person belongs to, where the payload says so. */
  homeTeam: string | null
}

export type Authorized =
  | { kind: 'allowed'; person: Person }
  | { kind: 'foreign' }
  | { kind: 'guest' }
  /** `who`: the groups that may, in words. */
  | { kind: 'not-allowed'; who: string; person: Person }

/** Whether somebody may do it now: rights are looked up when they ask, and denied when they cannot be. */
export async function authorize(
  ports: { directory: Directory; rules: Rules },
  asker: Asker,
  wish: { action: Action; workflow: string | null },
): Promise<Authorized> {
  if (asker.homeTeam !== null && asker.homeTeam !== asker.team) return { kind: 'foreign' }
  const person = await lookUp(ports.directory, asker)
  if (!person || person.isDeactivated) return { kind: 'foreign' }
  if (person.isGuest) return { kind: 'guest' }
  if (ports.rules.may(person, wish.action, wish.workflow)) return { kind: 'allowed', person }
  return { kind: 'not-allowed', who: ports.rules.whoMay(wish.action, wish.workflow), person }
}

async function lookUp(directory: Directory, asker: Asker): Promise<Person | null> {
  try {
    return await directory.person(asker.team, asker.user)
  } catch (cause) {
    if (!(cause instanceof PurserError)) throw cause
    const known = { code: 'rights-not-known', cause }
    if (cause instanceof PermanentFailure) {
      const message = texts.windows.rightsRefused(cause.message)
      throw new UserMistake({ ...known, message, hint: texts.windows.tellKeeper(cause.hint) })
    }
    throw new UserMistake({ ...known, message: texts.windows.rightsNotKnown, hint: texts.windows.tryAgain })
  }
}
