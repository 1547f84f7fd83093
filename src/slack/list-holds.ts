import type { HeldBack } from '../../views/answers/paused-answer.ts'
import type { Person } from '../domain/actor.ts'
import type { HandlerPorts } from './handler.ts'
import { sightOf } from './sight.ts'

type Ports = Pick<HandlerPorts, 'engine' | 'rules' | 'workflows' | 'directory'>

/** What stands, as far as somebody may see what it holds, and whether they may let it go on. */
export async function listHolds(ports: Ports, person: Person): Promise<HeldBack[]> {
  const { holds } = ports.engine
  const rules = ports.rules.current()
  const sight = sightOf(ports, person)
  const seesSome = ports.workflows.some(({ name }) => sight.of(name))
  const seen = holds
    .standing(person.team)
    .filter(({ scope }) => (scope.of === 'workflow' ? sight.of(scope.workflow) : seesSome))
  await ports.directory.learn(seen.map(({ by }) => by))
  return await Promise.all(
    seen.map(async (hold): Promise<HeldBack> => {
      const workflow = hold.scope.of === 'workflow' ? hold.scope.workflow : null
      return { hold, waiting: await holds.waiting(hold.id), may: rules.may(person, 'pause', workflow) }
    }),
  )
}
