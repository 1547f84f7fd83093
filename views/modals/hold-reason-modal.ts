import type { ModalView } from '@slack/types'
import { callbackIds } from '../action-ids.ts'
import { encodeHoldWish, type HoldWish } from '../references.ts'
import { modal } from './modal.ts'
import { reasonInput } from './reason-input.ts'

const TITLES: Partial<Record<HoldWish['kind'], string>> = {
  escalate: 'Escalate the incident',
  close: 'Close the incident',
  'cancel-all': 'Cancel what waits',
}

/** Asks why, before something is decided about all that waits. */
export const holdReasonModal = (wish: HoldWish): ModalView =>
  modal({
    title: TITLES[wish.kind] ?? 'Say why',
    callback: callbackIds.holdReason,
    metadata: encodeHoldWish(wish),
    blocks: [reasonInput({ label: 'Why?', placeholder: 'The vendor says that it is solved' })],
    submit: 'Do it',
  })
