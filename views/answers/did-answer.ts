import { noteWords } from '../cards/note.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { day, outside, time, type Words, wordsAsText } from '../rich-text.ts'
import { stepTitle } from '../step-title.ts'
import { texts } from '../texts/index.ts'
import { answerAboutRun } from './answer-about-run.ts'
import { pointsOfRuns } from './points-of-runs.ts'
import type { RunInAnswer } from './status-answer.ts'

interface Span {
  since: number
  until: number
}

interface Deed {
  at: number
  words: Words
}

const MOST_LINES = 20
const LINES_OF_MANY = 5
/** Slack takes some 13,000 characters in a message. */
const MOST_LETTERS = 900

/** Answers "what did you do for Acme yesterday?": what happened in that time, oldest first. */
export function didAnswer(
  found: readonly RunInAnswer[],
  { unopened = 0, ...span }: Span & { unopened?: number },
  ctx: DrawContext,
): Drawing {
  const answers = texts.runAnswers
  const told = found.map((each) => ({ each, deeds: deedsIn(each, span, ctx) })).filter(({ deeds }) => deeds.length > 0)
  const [first] = found
  if (found.length === 1 && first && unopened === 0) return ofOne(first, told[0]?.deeds ?? [], span, ctx)
  if (told.length === 0) {
    return pointsOfRuns({ head: answers.nothingHappened(day(span.since), day(span.until)), told: [], unopened })
  }
  const head = answers.happenedIn({ runs: told.length, since: day(span.since), until: day(span.until) })
  const points = told.map(({ each, deeds }) => ({ of: each, points: lastOf(deeds, LINES_OF_MANY) }))
  return pointsOfRuns({ head, told: points, unopened })
}

function ofOne(found: RunInAnswer, deeds: readonly Deed[], { since, until }: Span, ctx: DrawContext): Drawing {
  if (deeds.length > 0) {
    const entries = found.run.steps
      .flatMap(({ decisions }) => decisions)
      .filter(({ at }) => at >= since && at <= until)
      .map(({ entry }) => entry)
    const label = texts.words.whatHappened
    return answerAboutRun(found, { says: [], label, points: lastOf(deeds, MOST_LINES), entries }, ctx)
  }
  const says = texts.runAnswers.nothingInIt(day(since), day(until))
  return answerAboutRun(found, { says: [says] }, ctx)
}

/** The last of them, as far as they fit. */
function lastOf(deeds: readonly Deed[], most: number): Words[] {
  const kept: Words[] = []
  let length = 0
  for (const { words } of deeds.slice(-most).reverse()) {
    length += wordsAsText(words).length
    if (length > MOST_LETTERS && kept.length > 0) break
    kept.unshift(words)
  }
  const left = deeds.length - kept.length
  return left > 0 ? [[texts.runAnswers.earlier(left)], ...kept] : kept
}

/** People's and machine's deeds, and the calls that came to something. */
function deedsIn({ run, outline }: RunInAnswer, { since, until }: Span, ctx: DrawContext): Deed[] {
  const notes = run.history.flatMap((line): Deed[] => {
    const words = noteWords(line, { run, outline }, ctx)
    return words.length > 0 ? [{ at: line.at, words: [...words, ' · ', time(line.at, since)] }] : []
  })
  const { outcomes, called } = texts.runAnswers
  const calls = run.steps.flatMap((step) =>
    step.calls.flatMap((call): Deed[] => {
      const how = outcomes[call.outcome]
      if (call.class === 'R' || how === undefined) return []
      const words = called({
        how,
        call: outside(`${ctx.service(call.service)}: ${call.title}`, 150),
        step: outside(stepTitle(outline, step.key), 80),
        at: time(call.at, since),
      })
      return [{ at: call.at, words }]
    }),
  )
  // A call comes before what came of it in the same moment.
  return [...calls, ...notes].filter(({ at }) => at >= since && at <= until).sort((a, b) => a.at - b.at)
}
