import type { RunInAnswer } from '../../../views/answers/status-answer.ts'
import type { Drawing } from '../../../views/drawing.ts'
import type { Person } from '../../domain/actor.ts'
import type { TeamId } from '../../domain/ids.ts'
import { actorsIn } from '../draw-card.ts'
import type { HandlerPorts } from '../handler.ts'
import type { About } from '../surface.ts'

/** What is answered, and whom it is about: their keys seal it in the ledger. */
export interface Told {
  drawing: Drawing
  about: About
}

/** Makes the names in these runs known to what is drawn. */
export const learn = (
  { directory }: Pick<HandlerPorts, 'directory'>,
  shown: readonly RunInAnswer[],
): Promise<boolean> => directory.learn(shown.flatMap(({ run }) => actorsIn(run)))

/** Everybody who stands in an answer. */
export function aboutAll(team: TeamId, shown: readonly RunInAnswer[]): About {
  const [first, ...others] = shown
  if (first && others.length === 0) return { team, subjects: [first.run.subject.id], run: first.run.id, step: null }
  return { team, subjects: [...new Set(shown.map(({ run }) => run.subject.id))], run: null, step: null }
}

/** The workflows in which somebody may retry, of those that they may see. */
export const mayRetryIn =
  ({ rules }: Pick<HandlerPorts, 'rules'>, person: Person) =>
  (workflow: string): boolean =>
    rules.current().may(person, 'see', workflow) && rules.current().may(person, 'retry', workflow)
