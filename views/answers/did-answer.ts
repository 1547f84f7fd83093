import { shortId } from '../../src/domain/ids.ts'
import { noteWords } from '../cards/note.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { tameList } from '../outside-text.ts'
import { bold, day, labelled, outside, paragraph, time, type Words, wordsAsText } from '../rich-text.ts'
import { stepTitle } from '../step-title.ts'
import { texts } from '../texts/index.ts'
import { answerAboutRun } from './answer-about-run.ts'
import { sources } from './sources.ts'
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
const MOST_RUNS = 8
const LINES_OF_MANY = 5
/** Slack takes some 13,000 characters in a message. */
const MOST_LETTERS = 900

/** Answers "what did you do for Acme yesterday?": what happened in that time, oldest first. */
export function didAnswer(found: readonly RunInAnswer[], span: Span, ctx: DrawContext): Drawing {
  const answers = texts.runAnswers
  const told = found.map((each) => ({ each, deeds: deedsIn(each, span, ctx) })).filter(({ deeds }) => deeds.length > 0)
  const [first] = found
  if (found.length === 1 && first) return ofOne(first, told[0]?.deeds ?? [], span, ctx)
  if (told.length === 0) {
    const says = answers.nothingHappened(day(span.since), day(span.until))
    return { blocks: [paragraph(...says)], text: fallbackText([says]) }
  }
  const shown = told.slice(0, MOST_RUNS)
  const head = answers.happenedIn({ runs: told.length, since: day(span.since), until: day(span.until) })
  const more: Words[] = told.length > shown.length ? [[answers.andInMore(told.length - shown.length)]] : []
  const from = sources({ runs: shown.map(({ each }) => each.run.id) })
  return {
    blocks: [
      paragraph(...head),
      ...shown.map(({ each, deeds }) =>
        labelled(tameList([each.run.subject.label, each.outline.title]), {
          points: lastOf(deeds, LINES_OF_MANY),
        }),
      ),
      ...more.map((words) => paragraph(...words)),
      ...from.block,
    ],
    text: fallbackText([
      head,
      ...shown.flatMap(({ each, deeds }): Words[] => [
        texts.words.ofRun(bold(each.run.subject.label), shortId(each.run.id)),
        ...lastOf(deeds, LINES_OF_MANY),
      ]),
      ...more,
      ...from.words,
    ]),
  }
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
  return [...notes, ...calls].filter(({ at }) => at >= since && at <= until).sort((a, b) => a.at - b.at)
}
