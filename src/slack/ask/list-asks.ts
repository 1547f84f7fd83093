import type { AskInAnswer } from '../../../views/answers/ask-entry.ts'
import type { Person } from '../../domain/actor.ts'
import { person as personActor } from '../../domain/actor.ts'
import type { Run, Step } from '../../domain/run.ts'
import { type Answerer, approverStanding, assigneeStanding, type Standing } from '../../domain/standing.ts'
import type { HandlerPorts } from '../handler.ts'
import { findInRuns } from './list-runs.ts'

/** Whether somebody may answer what this step asks; null when it asks nobody now. */
export function standingIn(run: Run, step: Step, who: Answerer): Standing | null {
  const { wait } = step
  if (step.status !== 'waiting' || wait === null || !('asked' in wait)) return null
  return wait.kind === 'task' ? assigneeStanding(wait, who) : approverStanding({ run, step, wait }, who)
}

export const answererOf = ({ team, user, email, groups }: Person): Answerer => ({
  actor: personActor(team, user),
  email,
  groups,
})

/** All approvals and tasks that somebody is asked for and has not answered, those of newest runs first. */
export async function listAsks(
  ports: Pick<HandlerPorts, 'store' | 'engine' | 'workflows'>,
  person: Person,
): Promise<AskInAnswer[]> {
  const who = answererOf(person)
  const snoozes = await ports.store.snoozes(person.team, person.user)
  const later = new Map(snoozes.map(({ run, step, until }) => [`${run}/${step}`, until]))
  return await findInRuns(
    ports,
    { filter: { team: person.team, asking: true }, isSeen: () => true },
    ({ run, outline }) =>
      run.steps
        .filter((step) => standingIn(run, step, who) === 'may')
        .map((step): AskInAnswer => {
          const remindAt = later.get(`${run.id}/${step.key}`)
          return { run, outline, step, ...(remindAt === undefined ? {} : { remindAt }) }
        }),
  )
}
