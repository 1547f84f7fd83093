import type { DecisionKind } from '../../src/domain/decision-kind.ts'
import { type Decision, openDebts, type Run, type StepIn } from '../../src/domain/run.ts'
import type { DrawContext } from '../drawing.ts'
import { bold, date, moment, outside, type Piece, passage, time, type Words } from '../rich-text.ts'
import { stepTitle } from '../step-title.ts'
import { texts } from '../texts/index.ts'
import { confirmedBy, stamps } from './failure-people.ts'
import type { Drawn } from './failure-state.ts'
import type { Part } from './part.ts'
import { cancelledBy } from './run-status.ts'

type Settled = StepIn<'succeeded' | 'skipped' | 'refused' | 'not-needed' | 'cancelled'>

/** How a failure ended: by whom, when and how, with everything that was decided on the way. */
export function solution(drawn: Drawn, step: Settled, ctx: DrawContext): Part {
  return { label: texts.words.howItEnded, says: ending(drawn, step, ctx), points: stamps(drawn, ctx, settledBy(step)) }
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
  const says = texts.endings
  const at = moment(step.at, run.startedAt)
  const since = time(step.at, run.startedAt)
  switch (step.status) {
    case 'succeeded':
      return succeeded(run, step, ctx)
    case 'skipped': {
      const reason = passage(step.reason, 500)
      const skipped = { by: bold(ctx.name(step.by), 80), confirmedBy: second(step, 'skip', ctx), at, reason }
      return [...says.skipped(skipped), ...owed(run, step, ctx)]
    }
    case 'refused':
      return says.refused({ by: bold(ctx.name(step.by), 80), at, reason: passage(step.reason, 500) })
    case 'not-needed':
      if (step.because === 'rule') return says.ruledOut(since)
      return says.leftOut(since, outside(stepTitle(outline, step.because), 100))
    case 'cancelled':
      return says.runCancelled(cancelledBy(run, ctx))
  }
}

function succeeded(run: Run, step: StepIn<'succeeded'>, ctx: DrawContext): Words {
  const says = texts.endings
  const at = moment(step.at, run.startedAt)
  if (step.markedBy) {
    const { reason } = step.decisions.findLast((decision) => decision.kind === 'mark-done') ?? {}
    const found = reason ? passage(reason, 500) : null
    const marked = { by: bold(ctx.name(step.markedBy), 80), confirmedBy: second(step, 'mark-done', ctx), at }
    return says.markedDone({ ...marked, found })
  }
  const retry = step.decisions.findLast(({ kind }) => kind === 'retry' || kind === 'edit')
  if (!retry) return says.recovered(at, step.attempts)
  const retried = { by: bold(ctx.name(retry.by), 80), at: moment(retry.at, run.startedAt) }
  return retry.kind === 'edit' ? says.edited(at, retried) : says.retried(at, retried)
}

const second = (step: Settled, kind: DecisionKind, ctx: DrawContext): Piece | null =>
  confirmedBy(
    step.decisions.findLast((each) => each.kind === kind),
    ctx,
  )

function owed(run: Run, step: Settled, ctx: DrawContext): Words {
  const says = texts.endings
  const debt = openDebts(run).find((each) => each.step === step.key)
  if (debt) return ['\n', ...says.stillOwed(bold(ctx.name(debt.owner), 80), date(debt.due))]
  const closed = run.debts.find((each) => each.step === step.key)?.closed
  if (!closed) return []
  const at = moment(closed.at, run.startedAt)
  return ['\n', ...says.doneSince({ by: bold(ctx.name(closed.by), 80), at, evidence: passage(closed.evidence, 500) })]
}
