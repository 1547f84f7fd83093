import type { KnownBlock } from '@slack/types'
import type { WorkflowOutline } from '../../src/domain/outline.ts'
import { openDebts, type Run } from '../../src/domain/run.ts'
import { actionIds } from '../action-ids.ts'
import { actions, button } from '../blocks.ts'
import { tameLine } from '../outside-text.ts'
import { encodeDebtRef } from '../references.ts'
import { stepTitle } from '../step-title.ts'
import { texts } from '../texts/index.ts'

const MOST_DEBTS = 3

/** Close and hand over, for the first debts of a run; `/purser debts` lists the others. */
export function debtButtons(run: Run, outline: WorkflowOutline): KnownBlock[] {
  const { runCard: says, words } = texts
  return openDebts(run)
    .slice(0, MOST_DEBTS)
    .map(({ step }) => {
      const value = encodeDebtRef(run.id, step)
      const title = tameLine(stepTitle(outline, step, run), 40)
      return actions([
        button({ text: says.closeDebt(title), action: actionIds.closeDebt, value, label: says.closesDebt(title) }),
        button({ text: words.handOver, action: actionIds.handOverDebt, value, label: says.handsOverDebt(title) }),
      ])
    })
}
