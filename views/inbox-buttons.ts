import type { ActionsBlock } from '@slack/types'
import { actionIds } from './action-ids.ts'
import { actions, button } from './blocks.ts'
import { encodeEntryRef, encodeItemRef } from './references.ts'

/** What can be done about something that came and waits for somebody. */
export function inboxButtons(item: string): ActionsBlock {
  const value = encodeItemRef(item)
  return actions([
    button({ text: 'Try again', action: actionIds.retryItem, value }),
    button({ text: 'Dismiss…', action: actionIds.dismissItem, value }),
    // The entry of its receipt has the same id.
    button({ text: 'What it says', action: actionIds.auditDetails, value: encodeEntryRef(item) }),
  ])
}
