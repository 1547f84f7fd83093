import type { HistoryLine } from '../../src/domain/history-line.ts'
import { shortId } from '../../src/domain/ids.ts'
import type { WorkflowOutline } from '../../src/domain/outline.ts'
import { isBlocking, openDebts, type Run, settled } from '../../src/domain/run.ts'
import { undoes } from '../../src/domain/step-key.ts'
import type { DrawContext } from '../drawing.ts'
import { firstHeld, pausedBy, whyHeld } from '../held.ts'
import { moment, outside, type Piece, type Words } from '../rich-text.ts'
import { stepTitle } from '../step-title.ts'
import { texts } from '../texts/index.ts'
import { duration } from '../times.ts'
import { waitsFor } from '../waits-for.ts'
import { fullStop, listed } from '../wording.ts'

/** Where a run stands, in one sentence. */
export function runStatus(run: Run, outline: WorkflowOutline, ctx: DrawContext): Words {
  const says = texts.runStatus
  switch (run.status) {
    case 'running':
      return run.inLine === undefined
        ? says.underWay(progress(run), retrying(run, outline))
        : says.inLine(progress(run))
    case 'waiting':
      return says.waiting(asSentence(waitedFor(run, outline, ctx)), progress(run))
    case 'paused':
    case 'held':
      if (run.heldBack) return says.heldBack(outside(run.heldBack.message, 300), progress(run))
      return says.held(asSentence(holding(run, ctx)), held(run, outline), progress(run))
    case 'blocked':
      return says.blocked(blockers(run, outline), alsoPaused(run, progress(run), ctx))
    case 'succeeded':
      return says.done(took(run), progress(run))
    case 'succeeded-with-debt':
      return says.doneOwing({ took: took(run), owed: openDebts(run).length, progress: progress(run) })
    case 'refused':
      return says.refused(refusals(run, outline, ctx), leftUndone(run))
    case 'cancelling':
      return says.cancelling(asSentence(cancelledBy(run, ctx)), alsoPaused(run, undoProgress(run), ctx))
    case 'cancelled':
      return says.cancelled(cancelledBy(run, ctx))
  }
}

/** The same above the steps of the run, each with its own line: what it waits for is said there. */
export function statusAboveSteps(run: Run, outline: WorkflowOutline, ctx: DrawContext): Words {
  if (run.status !== 'waiting') return runStatus(run, outline, ctx)
  const waits = run.steps.filter(({ status }) => status === 'waiting').map(({ key }) => stepTitle(outline, key, run))
  return texts.runStatus.waiting(asSentence([outside(listed(waits, MOST_WAITS), 300)]), progress(run))
}

/** The line of the history that tells who cancelled the run and why. */
const cancelLine = (run: Run): HistoryLine | undefined =>
  run.history.findLast((line) => line.kind === 'cancel' || line.kind === 'restart')

/** ` by Jane Doe at 10:05: reason` */
export function cancelledBy(run: Run, ctx: DrawContext): Words {
  const line = cancelLine(run)
  const says = texts.runStatus
  if (!line) return run.endedAt === null ? ['.'] : says.when(moment(run.endedAt, run.startedAt))
  return says.byWhom({
    by: outside(ctx.name(line.by), 80),
    at: moment(line.at, run.startedAt),
    restartedAs: line.kind === 'restart' && run.restartedAs ? shortId(run.restartedAs) : null,
    why: line.text ? outside(line.text, 500) : null,
  })
}

/** `2 of 5 undone.` */
function undoProgress(run: Run): string {
  const undoing = run.steps.filter(({ key }) => undoes(key) !== null)
  return texts.runStatus.undone(undoing.filter(settled).length, undoing.length)
}

/** `4 of 9 steps finished.` */
function progress(run: Run): string {
  if (run.cancelled) return undoProgress(run)
  const finished = run.steps.filter(settled).length
  const { allFinished, finished: someFinished } = texts.runStatus
  return finished === run.steps.length ? allFinished(finished) : someFinished(finished, run.steps.length)
}

/** How many steps a refusal stopped: those are over, and not finished. */
const leftUndone = (run: Run): number =>
  run.steps.filter(({ status }) => status === 'not-needed' || status === 'pending').length

const took = (run: Run): string | null => (run.endedAt === null ? null : duration(run.endedAt - run.startedAt))

function blockers(run: Run, outline: WorkflowOutline): Piece {
  const titles = (status: 'failed' | 'unknown') =>
    run.steps
      .filter((step) => isBlocking(step) && step.status === status)
      .map((step) => stepTitle(outline, step.key, run))
  const failed = titles('failed')
  const unknown = titles('unknown')
  const says = texts.runStatus
  const parts = [
    ...(failed.length > 0 ? [says.failed(listed(failed, 3))] : []),
    ...(unknown.length > 0 ? [says.unknown(listed(unknown, 3))] : []),
  ]
  return outside(parts.join('; ') || says.stopped, 400)
}

/** What keeps the run from going on: its own pause, or that which holds its first step. */
function holding(run: Run, ctx: DrawContext): Words {
  if (run.paused) return capital(pausedBy(run.paused, run, ctx))
  const step = firstHeld(run)
  return step ? capital(whyHeld(step, run, ctx)) : [texts.runStatus.heldBySomething]
}

/** What waits for that to end; of a brake nothing, as the whole run waits. */
function held(run: Run, outline: WorkflowOutline): Piece | null {
  const titles = run.steps
    .filter((step) => step.status === 'held' && step.why !== 'brake')
    .map((step) => stepTitle(outline, step.key, run))
  return titles.length === 0 ? null : outside(listed(titles, 3), 300)
}

/** Of a run that has more to say than that it is paused. */
const alsoPaused = (run: Run, progress: string, ctx: DrawContext): Words =>
  run.paused ? texts.runStatus.pausedToo(asSentence(capital(pausedBy(run.paused, run, ctx))), progress) : [progress]

/** As a whole sentence, also where somebody's own words end it. */
export const asSentence = (words: Words): Words => {
  const last = words.at(-1)
  if (last === undefined || (typeof last === 'object' && !('text' in last))) return [...words, '.']
  return [...words, fullStop(typeof last === 'string' ? last : last.text)]
}

/** The same words at the beginning of a sentence. */
export const capital = ([first, ...rest]: Words): Words =>
  typeof first === 'string'
    ? [first.charAt(0).toUpperCase() + first.slice(1), ...rest]
    : [...(first ? [first] : []), ...rest]

const MOST_WAITS = 3

function waitedFor(run: Run, outline: WorkflowOutline, ctx: DrawContext): Words {
  const waits = run.steps.filter((step) => step.status === 'waiting')
  const told = waits.slice(0, MOST_WAITS).flatMap((step, index): Words => {
    const title = outside(stepTitle(outline, step.key, run), 100)
    return [index === 0 ? '' : '; ', title, ' ', ...waitsFor(step, run, ctx)]
  })
  return waits.length > MOST_WAITS ? [...told, ` ${texts.words.andMore(waits.length - MOST_WAITS)}`] : told
}

function refusals(run: Run, outline: WorkflowOutline, ctx: DrawContext): Words {
  return run.steps.flatMap((step): Words => {
    if (step.status !== 'refused') return []
    const says = texts.runStatus
    const refusal = {
      step: outside(stepTitle(outline, step.key, run), 100),
      at: moment(step.at, run.startedAt),
      why: outside(step.reason, 500),
    }
    const told =
      step.by.kind === 'person' ? says.refusedBy(outside(ctx.name(step.by), 80), refusal) : says.notGiven(refusal)
    return [...told, fullStop(step.reason)]
  })
}

function retrying(run: Run, outline: WorkflowOutline): Piece | null {
  const titles = run.steps
    .filter((step) => step.status === 'backing-off' || (step.status === 'running' && step.failing))
    .map((step) => stepTitle(outline, step.key, run))
  return titles.length === 0 ? null : outside(listed(titles, 3), 300)
}
