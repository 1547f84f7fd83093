import { type Decision, type DecisionKind, openDebts, type Run, type StepIn } from '../../src/domain/run.ts'
import type { DrawContext } from '../drawing.ts'
import { bold, date, moment, outside, passage, time, type Words } from '../rich-text.ts'
import { stepTitle } from '../step-title.ts'
import { count } from '../wording.ts'
import { confirmed, stamps } from './failure-people.ts'
import type { Drawn } from './failure-state.ts'
import type { Part } from './part.ts'
import { cancelledBy } from './run-status.ts'

type Settled = StepIn<'succeeded' | 'skipped' | 'refused' | 'not-needed' | 'cancelled'>

/** How a failure ended: by whom, when and how, with everything that was decided on the way. */
export function solution(drawn: Drawn, step: Settled, ctx: DrawContext): Part {
  return { label: 'How it ended', says: ending(drawn, step, ctx), points: stamps(drawn, ctx, settledBy(step)) }
}

const SETTLES = {
  succeeded: ['mark-done', 'retry'],
  skipped: ['skip'],
  refused: ['refuse'],
  'not-needed': [],
  cancelled: ['cancel', 'restart'],
} as const

/** The decision that the ending already tells of. */
function settledBy(step: Settled): Decision | null {
  const kinds: readonly DecisionKind[] = SETTLES[step.status]
  return step.decisions.findLast((decision) => kinds.includes(decision.kind)) ?? null
}

function ending({ run, outline }: Drawn, step: Settled, ctx: DrawContext): Words {
  const at = moment(step.at, run.startedAt)
  const since = time(step.at, run.startedAt)
  switch (step.status) {
    case 'succeeded':
      return succeeded(run, step, ctx)
    case 'skipped':
      return [
        'Skipped by ',
        bold(ctx.name(step.by), 80),
        ...second(step, 'skip', ctx),
        ' ',
        ...at,
        ': ',
        passage(step.reason, 500),
        ...owed(run, step, ctx),
      ]
    case 'refused':
      return ['Refused by ', bold(ctx.name(step.by), 80), ' ', ...at, ': ', passage(step.reason, 500)]
    case 'not-needed':
      if (step.because === 'rule') return ['No longer needed since ', since, ': its rule said no.']
      return ['No longer needed since ', since, ', without ', outside(stepTitle(outline, step.because), 100), '.']
    case 'cancelled':
      return ['The run was cancelled', ...cancelledBy(run, ctx)]
  }
}

function succeeded(run: Run, step: StepIn<'succeeded'>, ctx: DrawContext): Words {
  const at = moment(step.at, run.startedAt)
  const marked = step.decisions.findLast((decision) => decision.kind === 'mark-done')
  if (step.markedBy) {
    const found: Words = marked?.reason ? [': ', passage(marked.reason, 500)] : ['.']
    const by: Words = [bold(ctx.name(step.markedBy), 80), ...second(step, 'mark-done', ctx)]
    return ['Marked done by ', ...by, ' ', ...at, ...found]
  }
  const retry = step.decisions.findLast(({ kind }) => kind === 'retry' || kind === 'edit')
  const how = retry?.kind === 'edit' ? ' changed its input and retried it ' : ' retried it '
  if (retry) {
    return ['Done ', ...at, ', after ', bold(ctx.name(retry.by), 80), how, ...moment(retry.at, run.startedAt), '.']
  }
  return ['It recovered by itself ', ...at, `, after ${count(step.attempts, 'attempt')}.`]
}

function second(step: Settled, kind: DecisionKind, ctx: DrawContext): Words {
  const decision = step.decisions.findLast((each) => each.kind === kind)
  return decision ? confirmed(decision, ctx) : []
}

function owed(run: Run, step: Settled, ctx: DrawContext): Words {
  const debt = openDebts(run).find((each) => each.step === step.key)
  if (debt) return ['\nStill owed by ', bold(ctx.name(debt.owner), 80), ', due ', date(debt.due), '.']
  const closed = run.debts.find((each) => each.step === step.key)?.closed
  if (!closed) return []
  const when = moment(closed.at, run.startedAt)
  return ['\nDone since by ', bold(ctx.name(closed.by), 80), ' ', ...when, ': ', passage(closed.evidence, 500)]
}
