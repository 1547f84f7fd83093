import type { ModalView } from '@slack/types'
import type { InboxItem } from '../../src/domain/inbox-item.ts'
import { callbackIds } from '../action-ids.ts'
import { encodeItemRef } from '../references.ts'
import { bold, day, paragraph } from '../rich-text.ts'
import { modal } from './modal.ts'
import { reasonInput } from './reason-input.ts'

/** Asks why nothing is to become of something that came. */
export const dismissModal = (item: Pick<InboxItem, 'id' | 'source' | 'receivedAt'>): ModalView =>
  modal({
    title: 'Dismiss',
    callback: callbackIds.dismissItem,
    metadata: encodeItemRef(item.id),
    blocks: [
      paragraph('What ', bold(item.source, 60), ' sent ', day(item.receivedAt), '.'),
      paragraph(
        'Nothing becomes of it then, and it is not shown any more. The ledger keeps it, with your name and reason.',
      ),
      reasonInput({ label: 'Why is it dismissed?', placeholder: 'A test of the sender; Jane was onboarded by hand' }),
    ],
    submit: 'Dismiss',
  })
