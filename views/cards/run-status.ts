import { shortId } from '../../src/domain/ids.ts'
import type { WorkflowOutline } from '../../src/domain/outline.ts'
import { type HistoryLine, isBlocking, openDebts, type Run, settled } from '../../src/domain/run.ts'
import { undoes } from '../../src/domain/step-key.ts'
import type { DrawContext } from '../drawing.ts'
import { firstHeld, pausedBy, whyHeld } from '../held.ts'
import { moment, outside, type Words } from '../rich-text.ts'
import { stepTitle } from '../step-title.ts'
import { duration } from '../times.ts'
import { waitsFor } from '../waits-for.ts'
import { count, fullStop, listed } from '../wording.ts'

/** Where a run stands, in one sentence. */
export function runStatus(run: Run, outline: WorkflowOutline, ctx: DrawContext): Words {
  switch (run.status) {
    case 'running':
      if (run.inLine !== undefined)
        return ['⏳ In line: much is going on just now; it begins by itself. ', progress(run)]
      return ['🔵 Under way: ', progress(run), ...retrying(run, outline)]
    case 'waiting':
      return ['🟡 Waiting: ', ...asSentence(waitedFor(run, outline, ctx)), ' ', progress(run)]
    case 'paused':
    case 'held':
      if (run.heldBack) return ['⏸️ Held back', ...heldBack(run), ' ', progress(run)]
      return ['⏸️ ', ...asSentence(holding(run, ctx)), ' ', ...held(run, outline), progress(run)]
    case 'blocked':
      return ['🔴 Needs someone: ', ...blockers(run, outline), '. ', ...pausedToo(run, ctx), progress(run)]
    case 'succeeded':
      return [`✅ Done${took(run)}. `, progress(run)]
    case 'succeeded-with-debt':
      return [`☑️ Done${took(run)}, with ${count(openDebts(run).length, 'thing')} still owed. `, progress(run)]
    case 'refused':
      return ['🚫 ', ...refusals(run, outline, ctx), ...leftUndone(run)]
    case 'cancelling':
      return [
        '↩️ Cancelled',
        ...asSentence(cancelledBy(run, ctx)),
        ' What it did is being undone: ',
        ...pausedToo(run, ctx),
        undoProgress(run),
      ]
    case 'cancelled':
      return ['⛔ Cancelled', ...cancelledBy(run, ctx)]
  }
}

/** The line of the history that tells who cancelled the run and why. */
const cancelLine = (run: Run): HistoryLine | undefined =>
  run.history.findLast((line) => line.kind === 'cancel' || line.kind === 'restart')

/** ` by Jane Doe at 10:05: reason` */
export function cancelledBy(run: Run, ctx: DrawContext): Words {
  const line = cancelLine(run)
  if (line?.kind === 'restart' && run.restartedAs) {
    const as = `, and begun anew as run ${shortId(run.restartedAs)}`
    return [
      ' by ',
      outside(ctx.name(line.by), 80),
      ' ',
      ...moment(line.at, run.startedAt),
      as,
      line.text ? ': ' : '.',
      line.text ? outside(line.text, 500) : '',
    ]
  }
  if (!line) return run.endedAt === null ? ['.'] : [' ', ...moment(run.endedAt, run.startedAt), '.']
  const reason: Words = line.text ? [': ', outside(line.text, 500)] : ['.']
  return [' by ', outside(ctx.name(line.by), 80), ' ', ...moment(line.at, run.startedAt), ...reason]
}

/** `2 of 5 undone.` */
function undoProgress(run: Run): string {
  const undoing = run.steps.filter(({ key }) => undoes(key) !== null)
  return `${undoing.filter(settled).length} of ${count(undoing.length, 'step')} undone.`
}

/** `: ‘X’ now needs the result of ‘Y’, which has none.` */
const heldBack = ({ heldBack: why }: Run): Words => (why ? [': ', outside(why.message, 300)] : ['.'])

/** `4 of 9 steps finished.` */
function progress(run: Run): string {
  if (run.cancelled) return undoProgress(run)
  const finished = run.steps.filter(settled).length
  if (finished === run.steps.length) return `All ${count(finished, 'step')} finished.`
  return `${finished} of ${count(run.steps.length, 'step')} finished.`
}

/** What a refusal stopped: those steps are over, and not finished. */
function leftUndone(run: Run): Words {
  const stopped = run.steps.filter(({ status }) => status === 'not-needed' || status === 'pending').length
  return stopped === 0 ? [] : [` ${count(stopped, 'step')} ${stopped === 1 ? 'does' : 'do'} not happen.`]
}

const took = (run: Run): string => (run.endedAt === null ? '' : ` in ${duration(run.endedAt - run.startedAt)}`)

function blockers(run: Run, outline: WorkflowOutline): Words {
  const titles = (status: 'failed' | 'unknown') =>
    run.steps
      .filter((step) => isBlocking(step) && step.status === status)
      .map((step) => stepTitle(outline, step.key, run))
  const failed = titles('failed')
  const unknown = titles('unknown')
  const parts = [
    failed.length > 0 ? `${listed(failed, 3)} failed` : '',
    unknown.length > 0 ? `the outcome of ${listed(unknown, 3)} is unknown` : '',
  ]
  return [outside(parts.filter(Boolean).join('; ') || 'a step has stopped', 400)]
}

/** What keeps the run from going on: its own pause, or that which holds its first step. */
function holding(run: Run, ctx: DrawContext): Words {
  if (run.paused) return capital(pausedBy(run.paused, run, ctx))
  const step = firstHeld(run)
  return step ? capital(whyHeld(step, run, ctx)) : ['Held']
}

/** `Waits for that: GitHub membership. `; of a brake nothing, as the whole run waits. */
function held(run: Run, outline: WorkflowOutline): Words {
  const titles = run.steps
    .filter((step) => step.status === 'held' && step.why !== 'brake')
    .map((step) => stepTitle(outline, step.key, run))
  return titles.length === 0 ? [] : ['Waits for that: ', outside(listed(titles, 3), 300), '. ']
}

/** Of a run that has more to say than that it is paused. */
const pausedToo = (run: Run, ctx: DrawContext): Words =>
  run.paused ? ['⏸️ ', ...asSentence(capital(pausedBy(run.paused, run, ctx))), ' '] : []

/** As a whole sentence, also where somebody's own words end it. */
export const asSentence = (words: Words): Words => {
  const last = words.at(-1)
  if (last === undefined || (typeof last === 'object' && !('text' in last))) return [...words, '.']
  return [...words, fullStop(typeof last === 'string' ? last : last.text)]
}

const capital = ([first, ...rest]: Words): Words =>
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
  return waits.length > MOST_WAITS ? [...told, ` and ${waits.length - MOST_WAITS} more`] : told
}

function refusals(run: Run, outline: WorkflowOutline, ctx: DrawContext): Words {
  return run.steps.flatMap((step): Words => {
    if (step.status !== 'refused') return []
    const who: Words = step.by.kind === 'person' ? ['refused by ', outside(ctx.name(step.by), 80)] : ['not given']
    const when = moment(step.at, run.startedAt)
    return [
      outside(stepTitle(outline, step.key, run), 100),
      ' ',
      ...who,
      ' ',
      ...when,
      ': ',
      outside(step.reason, 500),
      fullStop(step.reason),
    ]
  })
}

function retrying(run: Run, outline: WorkflowOutline): Words {
  const titles = run.steps
    .filter((step) => step.status === 'backing-off' || (step.status === 'running' && step.failing))
    .map((step) => stepTitle(outline, step.key, run))
  return titles.length === 0 ? [] : [' Retrying by itself: ', outside(listed(titles, 3), 300), '.']
}
