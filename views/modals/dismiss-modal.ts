import type { ModalView } from '@slack/types'
import type { InboxItem } from '../../src/domain/inbox-item.ts'
import { callbackIds } from '../action-ids.ts'
import { encodeItemRef } from '../references.ts'
import { bold, day, paragraph } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { modal } from './modal.ts'
import { reasonInput } from './reason-input.ts'

/** Asks why nothing is to become of something that came. */
export function dismissModal(item: Pick<InboxItem, 'id' | 'source' | 'receivedAt'>): ModalView {
  const { title, what, means, why, example, submit } = texts.otherWindows.dismiss
  return modal({
    title,
    callback: callbackIds.dismissItem,
    metadata: encodeItemRef(item.id),
    blocks: [
      paragraph(...what(bold(item.source, 60), day(item.receivedAt))),
      paragraph(means),
      reasonInput({ label: why, placeholder: example }),
    ],
    submit,
  })
}
