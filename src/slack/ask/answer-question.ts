import { help } from '../../../views/answers/help.ts'
import { needsYou } from '../../../views/answers/needs-you.ts'
import { notUnderstood } from '../../../views/answers/not-understood.ts'
import { type ListedRuns, runList } from '../../../views/answers/run-list.ts'
import { type RunInAnswer, statusAnswer } from '../../../views/answers/status-answer.ts'
import type { Drawing } from '../../../views/drawing.ts'
import type { Person } from '../../domain/actor.ts'
import type { TeamId } from '../../domain/ids.ts'
import { actorsIn } from '../draw-card.ts'
import { drawContext, type HandlerPorts } from '../handler.ts'
import { type About, nobody } from '../surface.ts'
import { findRuns } from './find-runs.ts'
import { helpSubject } from './help-subject.ts'
import { listAsks } from './list-asks.ts'
import { listRuns, withOutlines } from './list-runs.ts'
import type { Question } from './understand.ts'

interface Asking {
  question: Question
  person: Person
}

/** The answer to a question, as far as the asker may see; and whom it is about. */
export async function answerQuestion(
  ports: HandlerPorts,
  { question, person }: Asking,
): Promise<{ drawing: Drawing; about: About }> {
  const { team } = person
  switch (question.kind) {
    case 'help':
      return { drawing: help(helpSubject(ports, person)), about: nobody(team) }
    case 'unclear':
      return { drawing: notUnderstood(question.asked), about: nobody(team) }
    case 'status': {
      const found = await findRuns(ports, { team, words: question.words, maySee: mayIn(ports, person, 'see') })
      const shown = withOutlines(ports, found.runs)
      await learn(ports, shown)
      const status = { asked: question.asked, found: shown, suggestions: found.suggestions }
      return { drawing: statusAnswer(status, drawContext(ports)), about: aboutAll(team, shown) }
    }
    case 'stuck':
      return await listAnswer(ports, person, { which: 'stuck', runs: await blocked(ports, person, 'see') })
    case 'needs-me': {
      const [asks, runs] = await Promise.all([listAsks(ports, person), blocked(ports, person, 'retry')])
      await learn(ports, [...asks, ...runs])
      return {
        drawing: needsYou({ asks, blocked: runs }, drawContext(ports)),
        about: aboutAll(team, [...asks, ...runs]),
      }
    }
    case 'in-flight': {
      const maySee = mayIn(ports, person, 'see')
      const running = await listRuns(ports, { team, statuses: ['running', 'waiting'], of: maySee })
      const runs = [...(await blocked(ports, person, 'see')), ...running]
      return await listAnswer(ports, person, { which: 'in-flight', runs })
    }
  }
}

const mayIn =
  ({ rules }: HandlerPorts, person: Person, action: 'see' | 'retry') =>
  (workflow: string): boolean =>
    rules.current().may(person, 'see', workflow) && rules.current().may(person, action, workflow)

const blocked = (ports: HandlerPorts, person: Person, action: 'see' | 'retry'): Promise<RunInAnswer[]> =>
  listRuns(ports, { team: person.team, statuses: ['blocked'], of: mayIn(ports, person, action) })

async function listAnswer(
  ports: HandlerPorts,
  { team }: Person,
  { which, runs }: { which: Exclude<ListedRuns, 'needs-you'>; runs: RunInAnswer[] },
): Promise<{ drawing: Drawing; about: About }> {
  await learn(ports, runs)
  return { drawing: runList(which, runs, drawContext(ports)), about: aboutAll(team, runs) }
}

/** Makes the names in these runs known to what is drawn. */
const learn = ({ directory }: HandlerPorts, shown: readonly RunInAnswer[]): Promise<boolean> =>
  directory.learn(shown.flatMap(({ run }) => actorsIn(run)))

/** Everybody who stands in an answer: their keys seal it in the ledger. */
function aboutAll(team: TeamId, shown: readonly RunInAnswer[]): About {
  const [first, ...others] = shown
  if (first && others.length === 0) return { team, subjects: [first.run.subject.id], run: first.run.id, step: null }
  return { team, subjects: [...new Set(shown.map(({ run }) => run.subject.id))], run: null, step: null }
}
