import type { AskInAnswer } from '../../../views/answers/ask-entry.ts'
import type { Person } from '../../domain/actor.ts'
import { person as personActor } from '../../domain/actor.ts'
import type { RunId } from '../../domain/ids.ts'
import type { Run, Step } from '../../domain/run.ts'
import { type Answerer, approverStanding, assigneeStanding, type Standing } from '../../domain/standing.ts'
import type { HandlerPorts } from '../handler.ts'
import { decoded } from './find-runs.ts'
import { withOutlines } from './list-runs.ts'

/** Runs that are opened in one go, to see who is asked; other work has its turn between two. */
const PAGE = 200

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
  const asks: AskInAnswer[] = []
  for (let before: RunId | undefined; ; ) {
    const filter = { team: person.team, asking: true, ...(before ? { before } : {}) }
    const rows = await ports.store.runs(filter, PAGE)
    for (const { run, outline } of withOutlines(ports, await decoded(ports, rows))) {
      const theirs = run.steps.filter((step) => standingIn(run, step, who) === 'may')
      asks.push(...theirs.map((step) => ({ run, outline, step })))
    }
    before = rows.at(-1)?.id
    if (rows.length < PAGE) return asks
    await new Promise((resolve) => setImmediate(resolve))
  }
}
