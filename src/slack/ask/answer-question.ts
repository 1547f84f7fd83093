import { asOfNow } from '../../../views/answers/as-of-now.ts'
import { answersBelowEachOther } from '../../../views/answers/below-each-other.ts'
import { help } from '../../../views/answers/help.ts'
import { notUnderstood, tooLong } from '../../../views/answers/not-understood.ts'
import { pausedAnswer } from '../../../views/answers/paused-answer.ts'
import { servicesAnswer } from '../../../views/answers/services-answer.ts'
import { startList } from '../../../views/answers/start-list.ts'
import type { Person } from '../../domain/actor.ts'
import type { RunId } from '../../domain/ids.ts'
import { OPEN_STATUSES } from '../../domain/run-status.ts'
import { drawContext, type HandlerPorts } from '../handler.ts'
import { listHolds } from '../list-holds.ts'
import { servicesNow } from '../services-now.ts'
import { sightOf } from '../sight.ts'
import { nobody } from '../surface.ts'
import { aboutAll, learn, type Told } from './answer.ts'
import { answerAboutMany, answerTally } from './answer-about-many.ts'
import { answerAboutOne } from './answer-about-one.ts'
import { answerAboutTime } from './answer-about-time.ts'
import { findRuns } from './find-runs.ts'
import { helpSubject } from './help-subject.ts'
import { knownSubjects } from './known-subjects.ts'
import { listHeads, openFirst, withOutlines } from './list-runs.ts'
import type { Lexicon, Question } from './question.ts'
import { readQuestion } from './read-question.ts'
import { readQuestions } from './read-questions.ts'

interface Asking {
  question: Question
  person: Person
  /** The run in whose thread one asks. */
  it?: RunId | null
}

/** What somebody asks, read with the names that they may know. */
export async function questionOf(ports: HandlerPorts, person: Person, text: string): Promise<Question> {
  return readQuestion(text, { lexicon: lexiconOf(ports), subjects: await knownSubjects(ports, person) })
}

/** All that a message asks, read in the same way. */
export async function questionsOf(ports: HandlerPorts, person: Person, text: string): Promise<Question[]> {
  return readQuestions(text, { lexicon: lexiconOf(ports), subjects: await knownSubjects(ports, person) })
}

/** The answers to what a message asks, below each other. */
export async function answerAll(
  ports: HandlerPorts,
  { questions, ...asking }: Omit<Asking, 'question'> & { questions: readonly Question[] },
): Promise<Told> {
  const all = await Promise.all(questions.map((question) => answerQuestion(ports, { ...asking, question })))
  const [first] = all
  if (first && all.length === 1) return first
  const subjects = [...new Set(all.flatMap(({ about }) => about.subjects))]
  const drawing = answersBelowEachOther(all.map((told) => told.drawing))
  return { drawing, about: { team: asking.person.team, subjects, run: null, step: null } }
}

/** The names that questions may hold here. */
const lexiconOf = ({ services, workflows }: Pick<HandlerPorts, 'services' | 'workflows'>): Lexicon => ({
  services: new Map(
    [...services].flatMap(([name, title]) => [[name, name] as const, [title.toLowerCase(), name] as const]),
  ),
  workflows: workflows.map(({ name, title }) => ({ name, title })),
})

/** The answer to a question, as far as the asker may see; and whom it is about. */
export async function answerQuestion(ports: HandlerPorts, asking: Asking): Promise<Told> {
  const told = await answerAsItIs(ports, asking)
  const { question } = asking
  if (!('otherTime' in question) || !question.otherTime) return told
  return { ...told, drawing: asOfNow(told.drawing, question.otherTime.kind === 'future') }
}

async function answerAsItIs(ports: HandlerPorts, { question, person, it = null }: Asking): Promise<Told> {
  const { team } = person
  switch (question.kind) {
    case 'help':
      return { drawing: help(helpSubject(ports, person)), about: nobody(team) }
    case 'unclear':
      return await unclear(ports, question, person)
    case 'start': {
      const canStart = ports.workflows.filter(({ name }) => ports.rules.current().may(person, 'start', name))
      const drawing = canStart.length > 0 ? startList(canStart) : help(helpSubject(ports, person))
      return { drawing, about: nobody(team) }
    }
    case 'health':
      return await health(ports, question.service, person)
    case 'paused':
      return await whatIsPaused(ports, person)
    case 'tally':
      return await answerTally(ports, question, person)
    case 'failed':
      return await answerAboutTime(ports, question, person)
    case 'deeds':
      if (it === null) return await answerAboutTime(ports, question, person)
      return await answerAboutOne(ports, { question: { ...question, kind: 'who', asked: '', words: [] }, person, it })
    case 'did':
      if (question.words.length === 0 && it === null) return await answerAboutTime(ports, question, person)
      return await answerAboutOne(ports, { question, person, it })
    case 'status':
    case 'why':
    case 'waits':
    case 'when':
    case 'who':
      return await answerAboutOne(ports, { question, person, it })
    case 'waiting':
      // In the thread of a card, what it waits for is asked of its run.
      if (it === null || question.workflow) return await answerAboutMany(ports, question, person)
      return await answerAboutOne(ports, { question: { kind: 'waits', asked: '', words: [] }, person, it })
    default:
      return await answerAboutMany(ports, question, person)
  }
}

/** Whom a sentence names that is no question: what could be told about them is offered. */
async function unclear(
  ports: HandlerPorts,
  { asked, words = [], isLong = false }: Extract<Question, { kind: 'unclear' }>,
  person: Person,
): Promise<Told> {
  const { team } = person
  if (isLong) return { drawing: tooLong(), about: nobody(team) }
  const found = words.length > 0 ? await findRuns(ports, { words, person }) : { runs: [] }
  const named = withOutlines(ports, found.runs)
  return { drawing: notUnderstood(asked, named), about: aboutAll(team, named) }
}

/** What is held back is everybody's business who may see runs; single runs that are paused by the asker's rights. */
async function whatIsPaused(ports: HandlerPorts, person: Person): Promise<Told> {
  const { team } = person
  const holds = await listHolds(ports, person)
  const heads = await listHeads(ports.store, { team, statuses: ['paused'] }, sightOf(ports, person).row)
  const opened = await openFirst(ports, heads)
  // In the same state are those that a wider pause holds; of them its line tells.
  const first = opened.first.filter(({ run }) => run.paused)
  const runs = { first, count: first.length }
  await learn(ports, first)
  return { drawing: pausedAnswer({ holds, runs }, drawContext(ports)), about: aboutAll(team, runs.first) }
}

/** Runs that may meet a service's trouble: the others wait for people, or for a time. */
const AT_WORK = OPEN_STATUSES.filter((status) => status !== 'waiting')

async function health(ports: HandlerPorts, service: string | null, person: Person): Promise<Told> {
  const { team } = person
  const heads = await listHeads(ports.store, { team, statuses: AT_WORK }, sightOf(ports, person).row)
  const { first: runs } = await openFirst(ports, heads)
  const all = servicesNow(ports, { team: person.team, runs })
  const wanted = service === null ? all : all.filter((each) => each.service === service)
  const unknown = service !== null && wanted.length === 0 ? service : null
  const titles = all.map(({ title }) => title)
  return { drawing: servicesAnswer(wanted, { unknown, all: titles }, drawContext(ports)), about: nobody(team) }
}
