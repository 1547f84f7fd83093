import type { KnownBlock } from '@slack/types'
import type { Debt } from '../../src/domain/debt.ts'
import { shortId } from '../../src/domain/ids.ts'
import type { WorkflowOutline } from '../../src/domain/outline.ts'
import type { Run } from '../../src/domain/run.ts'
import { owesIt } from '../absences.ts'
import { actionIds } from '../action-ids.ts'
import { actions, button } from '../blocks.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { encodeDebtRef } from '../references.ts'
import { bold, date, outside, paragraph, type Words } from '../rich-text.ts'
import { stepTitle } from '../step-title.ts'
import { texts } from '../texts/index.ts'

export interface DebtInAnswer {
  run: Run
  debt: Debt
  outline: WorkflowOutline
}

const MOST_DEBTS = 12

/** Answers `/purser debts`: what skips left, those due first, each with the ways to settle it. */
export function debtList(debts: readonly DebtInAnswer[], ctx: DrawContext): Drawing {
  const late = debts.filter(({ debt }) => debt.due <= ctx.now).length
  const says = texts.lists
  const head: Words = [debts.length === 0 ? says.due.owed.none : says.debts(debts.length, late)]
  const shown = debts.slice(0, MOST_DEBTS)
  const more = debts.length - shown.length
  const rest: Words[] = more > 0 ? [[says.moreDebts(more)]] : []
  return {
    blocks: [
      paragraph(...head),
      ...shown.flatMap((each) => debtEntry(each, ctx)),
      ...rest.map((words) => paragraph(...words)),
    ],
    text: fallbackText([head, ...shown.map((each) => debtWords(each, ctx)), ...rest]),
  }
}

/** What is owed, by whom and until when, and what can be done about it. */
function debtEntry(each: DebtInAnswer, ctx: DrawContext): KnownBlock[] {
  const value = encodeDebtRef(each.run.id, each.debt.step)
  return [
    paragraph(...debtWords(each, ctx)),
    actions([
      button({ text: texts.lists.closeDebt, action: actionIds.closeDebt, value }),
      button({ text: texts.words.handOver, action: actionIds.handOverDebt, value }),
    ]),
  ]
}

function debtWords({ run, debt, outline }: DebtInAnswer, ctx: DrawContext): Words {
  const says = texts.lists
  return says.debt({
    step: bold(stepTitle(outline, debt.step), 80),
    subject: outside(run.subject.label, 100),
    run: shortId(run.id),
    who: outside(owesIt(debt, run.team, ctx), 120),
    due: (debt.due <= ctx.now ? says.wasDue : says.dueOn)(date(debt.due)),
    reason: outside(debt.reason, 200),
  })
}
