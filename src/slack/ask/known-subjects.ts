import type { Subject } from '../../../db/store.ts'
import type { Person } from '../../domain/actor.ts'
import type { HandlerPorts } from '../handler.ts'
import { sightOf } from '../sight.ts'

type Ports = Pick<HandlerPorts, 'store' | 'rules' | 'workflows'>

/** Whom questions may be about, at most; of more, the shortest names. */
const MOST_SUBJECTS = 5_000

/** Whether somebody may see the runs of every workflow. */
export function seesAll(ports: Ports, person: Person): boolean {
  const sight = sightOf(ports, person)
  return ports.workflows.every(({ name }) => sight.of(name))
}

/**
 * Whom somebody may ask about: those whose runs they may see. Nobody else's name decides how their sentence is read or
 * mends its typos, so that no answer shows that there is somebody of that name.
 */
export async function knownSubjects(ports: Ports, person: Person): Promise<Subject[]> {
  const { team, user } = person
  if (seesAll(ports, person)) return await ports.store.findSubjects(team, [], MOST_SUBJECTS)
  const { of } = sightOf(ports, person)
  const seen = ports.workflows.filter(({ name }) => of(name)).map(({ name }) => ({ team, workflow: name }))
  const heads = await Promise.all(
    [...seen, { team, manager: user }].map((filter) => ports.store.runHeads(filter, MOST_SUBJECTS)),
  )
  const ids = [...new Set(heads.flat().map(({ subject }) => subject))].slice(0, MOST_SUBJECTS)
  const subjects = await ports.store.subjects(team, ids)
  return subjects.sort((a, b) => a.label.length - b.label.length)
}
