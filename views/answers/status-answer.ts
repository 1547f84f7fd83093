import type { Button, KnownBlock } from '@slack/types'
import { shortId } from '../../src/domain/ids.ts'
import type { WorkflowOutline } from '../../src/domain/outline.ts'
import type { Run } from '../../src/domain/run.ts'
import { actionIds } from '../action-ids.ts'
import { actions, button, titled } from '../blocks.ts'
import { kinButtons, partOf } from '../cards/kin.ts'
import { progressLines, progressList } from '../cards/progress-list.ts'
import { debtLines, leftLines, origin } from '../cards/run-card.ts'
import { runStatus, statusAboveSteps } from '../cards/run-status.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { tameList } from '../outside-text.ts'
import { encodeCallsRef, encodeRunRef } from '../references.ts'
import { bold, labelled, lines, outside, paragraph, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { openBesideSteps } from './open-questions.ts'

export interface RunInAnswer {
  run: Run
  outline: WorkflowOutline
}

export interface StatusQuestion {
  /** What was asked for, as typed. */
  asked: string
  /** At least one. */
  found: readonly RunInAnswer[]
}

const MOST_RUNS = 10

/** Where something stands: one run in detail, several as a list. */
export function statusAnswer({ asked, found }: StatusQuestion, ctx: DrawContext): Drawing {
  const [first] = found
  return first && found.length === 1 ? oneRun(first, ctx) : severalRuns(asked, found, ctx)
}

/** One run in detail: where it stands, what it waits for and whom, every step, what is owed. */
export function runDetail({ run, outline }: RunInAnswer, ctx: DrawContext): KnownBlock[] {
  const questions = openBesideSteps(run, outline, ctx)
  const owed = debtLines(run, outline, ctx)
  const left = leftLines(run, outline)
  return [
    lines([headline({ run, outline }), ...partOf(run), statusAboveSteps(run, outline, ctx)]),
    ...(questions.length > 0 ? [labelled(texts.runAnswers.whatItWaitsFor, { points: questions })] : []),
    progressList(run, outline, ctx),
    ...(owed.length > 0 ? [labelled(texts.runCard.stillOwed, { points: owed })] : []),
    ...(left.length > 0 ? [labelled(texts.runCard.leftBehind, { points: left })] : []),
    origin(run, ctx),
  ]
}

const headline = ({ run, outline }: RunInAnswer): Words => [bold(run.subject.label), ' · ', outside(outline.title)]

function oneRun(found: RunInAnswer, ctx: DrawContext): Drawing {
  const { run, outline } = found
  const calls = button({ text: texts.words.calls, action: actionIds.openAudit, value: encodeCallsRef(run.id) })
  const text = fallbackText([
    texts.words.ofRun(headline(found), shortId(run.id)),
    statusAboveSteps(run, outline, ctx),
    ...openBesideSteps(run, outline, ctx),
    ...progressLines(run, outline, ctx),
    ...debtLines(run, outline, ctx),
    ...leftLines(run, outline),
  ])
  return { text, blocks: [...runDetail(found, ctx), actions([calls, ...kinButtons(run)])] }
}

function severalRuns(asked: string, found: readonly RunInAnswer[], ctx: DrawContext): Drawing {
  const shown = found.slice(0, MOST_RUNS)
  const more = found.length - shown.length
  const { runsMatch, olderOnes } = texts.runAnswers
  const head = runsMatch(found.length, outside(texts.words.quoted(asked), 150))
  const rest: Words[] = more > 0 ? [[olderOnes(more)]] : []
  const blocks = [
    paragraph(...head),
    ...shown.flatMap(({ run, outline }) => listEntry({ run, outline }, ctx)),
    ...rest.map((words) => paragraph(...words)),
  ]
  return { blocks, text: fallbackText([head, ...shown.map((each) => inList(each, ctx)), ...rest]) }
}

/** The same as `listEntry` says, in a line. */
export const inList = ({ run, outline }: RunInAnswer, ctx: DrawContext): Words =>
  texts.runAnswers.inList({
    about: headline({ run, outline }),
    run: shortId(run.id),
    status: runStatus(run, outline, ctx),
  })

/** A run in a list: two lines, and a button that shows it whole. */
export function listEntry({ run, outline }: RunInAnswer, ctx: DrawContext): KnownBlock[] {
  const about = tameList([run.subject.label, outline.title])
  const show: Button = button({
    text: texts.words.show,
    action: actionIds.showRun,
    value: encodeRunRef(run.id),
    label: texts.words.showThat(about),
  })
  return [titled(about, show), paragraph(...texts.words.ofRun(runStatus(run, outline, ctx), shortId(run.id)))]
}
