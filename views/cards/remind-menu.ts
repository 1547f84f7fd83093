import type { ActionsBlock, Button, Overflow } from '@slack/types'
import { actionIds } from '../action-ids.ts'
import { actions, plain } from '../blocks.ts'
import { limits } from '../limits.ts'
import { RemindChoice, type StepRef, stepBlockId } from '../references.ts'

const TEXTS: Record<RemindChoice, string> = {
  hours: '🔔 Remind me in 2 hours',
  tomorrow: '🔔 Remind me tomorrow at 9',
  monday: '🔔 Remind me on Monday at 9',
}

/** What those who are asked can press, and when to remind whoever chooses: nobody else's concern, and no deadline moves. */
export function askActions(buttons: readonly Button[], ref: StepRef): ActionsBlock {
  const id = stepBlockId(ref)
  return actions(id === null ? [...buttons] : [...buttons, menu()], id)
}

const menu = (): Overflow => ({
  type: 'overflow',
  action_id: actionIds.remind,
  options: RemindChoice.options.map((value) => ({ text: plain(TEXTS[value], limits.optionText), value })),
})
