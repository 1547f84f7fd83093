import type { RunHead } from '../../../db/store.ts'
import type { Person } from '../../domain/actor.ts'
import { namesOf } from '../../domain/standing.ts'
import type { HandlerPorts } from '../handler.ts'

const MOST_SUBJECTS = 50

/** Whether a run is somebody's own: they started it, or it is about them. */
export async function ownRuns(
  { store }: Pick<HandlerPorts, 'store'>,
  { team, user, email }: Person,
): Promise<(head: RunHead) => boolean> {
  const names = [user.toLowerCase(), ...(email === null ? [] : [email.toLowerCase()])]
  const named = await Promise.all(names.map((name) => store.findSubjects(team, [name], MOST_SUBJECTS)))
  const theirs = named.flat().filter(({ key }) => namesOf(key).some((name) => names.includes(name)))
  const subjects = new Set(theirs.map(({ id }) => id))
  return (head) => head.starter === user || subjects.has(head.subject)
}
