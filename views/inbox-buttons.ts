import type { ActionsBlock } from '@slack/types'
import { actionIds } from './action-ids.ts'
import { actions, button } from './blocks.ts'
import { encodeEntryRef, encodeItemRef } from './references.ts'
import { texts } from './texts/index.ts'

/** What can be done about something that came and waits for somebody. */
export function inboxButtons(item: string): ActionsBlock {
  const value = encodeItemRef(item)
  return actions([
    button({ text: texts.inbox.tryAgain, action: actionIds.retryItem, value }),
    button({ text: texts.inbox.dismiss, action: actionIds.dismissItem, value }),
    // The entry of its receipt has the same id.
    button({ text: texts.inbox.whatItSays, action: actionIds.auditDetails, value: encodeEntryRef(item) }),
  ])
}
