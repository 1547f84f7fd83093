import { didAnswer } from '../../../views/answers/did-answer.ts'
import { type RunInAnswer, statusAnswer } from '../../../views/answers/status-answer.ts'
import { waitsAnswer } from '../../../views/answers/waits-answer.ts'
import { whenAnswer } from '../../../views/answers/when-answer.ts'
import { whichRun } from '../../../views/answers/which-run.ts'
import { whoAnswer } from '../../../views/answers/who-answer.ts'
import { whyAnswer } from '../../../views/answers/why-answer.ts'
import type { Drawing } from '../../../views/drawing.ts'
import type { Person } from '../../domain/actor.ts'
import type { RunId, TeamId } from '../../domain/ids.ts'
import { ended, type Run } from '../../domain/run.ts'
import { OPEN_STATUSES } from '../../domain/run-status.ts'
import { drawContext, type HandlerPorts } from '../handler.ts'
import { sightOf } from '../sight.ts'
import { aboutAll, learn, type Told } from './answer.ts'
import { findRuns } from './find-runs.ts'
import { listHeads, openFirst, stuckFirst, withOutlines } from './list-runs.ts'
import { boundsOf, type Period } from './period.ts'
import type { SubjectQuestion } from './question.ts'
import { usualTime } from './usual-time.ts'

export type OneQuestion =
  | SubjectQuestion
  | { kind: 'did'; asked: string; words: readonly string[]; period: Period | null }

interface Asking {
  question: OneQuestion
  person: Person
  /** The run that "it" stands for: that of the card in whose thread one asks. */
  it: RunId | null
}

/** Answers a question about one subject; asks back where several could be meant. */
export async function answerAboutOne(ports: HandlerPorts, { question, person, it }: Asking): Promise<Told> {
  const { team } = person
  const found = await meant(ports, { question, person, it })
  const candidates = narrowed(question, found.runs)
  const [only] = candidates
  if (only && (candidates.length === 1 || question.kind === 'status' || question.kind === 'did')) {
    await learn(ports, candidates)
    return { drawing: await drawn(ports, { question, person, candidates }), about: aboutAll(team, candidates) }
  }
  const unsure = candidates.length > 0 ? candidates : found.near
  const span = spanIn(ports, 'period' in question ? (question.period ?? null) : null, person)
  const ref = { kind: question.kind, deed: question.kind === 'who' ? question.deed : null, span }
  const drawing = whichRun({ asked: question.asked, question: ref, candidates: unsure, found: candidates.length > 0 })
  return { drawing, about: aboutAll(team, unsure) }
}

interface Meant {
  runs: RunInAnswer[]
  near: RunInAnswer[]
}

async function meant(ports: HandlerPorts, { question, person, it }: Asking): Promise<Meant> {
  const { team } = person
  const sight = sightOf(ports, person)
  if (question.words.length > 0) {
    const found = await findRuns(ports, { words: question.words, person })
    return { runs: withOutlines(ports, found.runs), near: withOutlines(ports, found.near) }
  }
  const named = it === null ? null : await ports.engine.run(team, it)
  if (named && sight.run(named)) return { runs: withOutlines(ports, [named]), near: [] }
  // Without a card to look at, it is what it could be: often there is only one.
  const heads = await listHeads(ports.store, { team, statuses: OPEN_STATUSES }, sight.row)
  const open = [...(await openFirst(ports, stuckFirst(heads))).first]
  const failing = open.filter(({ run }) => isFailing(run))
  return { runs: question.kind === 'why' && failing.length > 0 ? failing : open, near: [] }
}

const isFailing = ({ steps }: Run): boolean => steps.some((step) => 'failing' in step && step.failing !== null)

/** Of several runs those that the question fits: what fails for "why?", what goes on for "who waits?". */
function narrowed({ kind }: OneQuestion, runs: RunInAnswer[]): RunInAnswer[] {
  if (runs.length < 2 || kind === 'status' || kind === 'did') return runs
  const fitting = runs.filter(({ run }) => (kind === 'why' ? isFailing(run) : kind === 'who' || !ended(run)))
  return fitting.length > 0 ? fitting : runs
}

interface Drawn {
  question: OneQuestion
  person: Person
  candidates: readonly RunInAnswer[]
}

async function drawn(ports: HandlerPorts, { question, person, candidates }: Drawn): Promise<Drawing> {
  const ctx = drawContext(ports)
  const [only] = candidates
  if (!only) throw new Error('There is nothing to draw an answer from')
  switch (question.kind) {
    case 'status':
      return statusAnswer({ asked: question.asked, found: candidates }, ctx)
    case 'why':
      return whyAnswer(only, ctx)
    case 'waits':
      return waitsAnswer(only, ctx)
    case 'when':
      return whenAnswer(only, await usualTime(ports, only.run), ctx)
    case 'who':
      return whoAnswer(only, { deed: question.deed, span: spanIn(ports, question.period ?? null, person) }, ctx)
    case 'did':
      return didAnswer(candidates, spanOf(ports, question.period, { person, candidates }), ctx)
  }
}

const spanIn = ({ clock }: HandlerPorts, period: Period | null, { timeZone }: Person) =>
  period && boundsOf(period, clock.now(), timeZone ?? 'UTC')

/** Without a time that somebody names, all of it. */
const spanOf = (ports: HandlerPorts, period: Period | null, about: Pick<Drawn, 'person' | 'candidates'>) =>
  spanIn(ports, period, about.person) ?? {
    since: Math.min(...about.candidates.map(({ run }) => run.startedAt)),
    until: ports.clock.now(),
  }

/** Answers again about the run that was meant, behind a button of `whichRun`. */
export async function answerAboutRun(
  ports: HandlerPorts,
  { question, person, run }: { question: OneQuestion; person: Person; run: RunInAnswer },
): Promise<Told> {
  await learn(ports, [run])
  const team: TeamId = person.team
  return { drawing: await drawn(ports, { question, person, candidates: [run] }), about: aboutAll(team, [run]) }
}
