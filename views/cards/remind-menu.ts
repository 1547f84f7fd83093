import type { ActionsBlock, Button, Overflow } from '@slack/types'
import { actionIds } from '../action-ids.ts'
import { actions, plain } from '../blocks.ts'
import { limits } from '../limits.ts'
import { RemindChoice, type StepRef, stepBlockId } from '../references.ts'
import { texts } from '../texts/index.ts'

/** What those who are asked can press, and when to remind whoever chooses: nobody else's concern, and no deadline moves. */
export function askActions(buttons: readonly Button[], ref: StepRef): ActionsBlock {
  const id = stepBlockId(ref)
  return actions(id === null ? [...buttons] : [...buttons, menu()], id)
}

const menu = (): Overflow => ({
  type: 'overflow',
  action_id: actionIds.remind,
  options: RemindChoice.options.map((value) => ({
    text: plain(texts.askCards.remindMe[value], limits.optionText),
    value,
  })),
})
