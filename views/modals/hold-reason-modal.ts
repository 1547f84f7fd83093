import type { ModalView } from '@slack/types'
import { callbackIds } from '../action-ids.ts'
import { encodeHoldWish, type HoldWish } from '../references.ts'
import { modal } from './modal.ts'
import { reasonInput } from './reason-input.ts'

interface Words {
  title: string
  submit: string
  placeholder: string
}

const OTHERS: Words = { title: 'Say why', submit: 'Do it', placeholder: 'The vendor says that it is solved' }

const WORDS: Partial<Record<HoldWish['kind'], Words>> = {
  escalate: {
    title: 'Escalate the incident',
    submit: 'Open a ticket',
    placeholder: 'Down for an hour, and their status page says nothing',
  },
  close: { ...OTHERS, title: 'Close the incident', submit: 'Close it' },
  'cancel-all': { title: 'Cancel what waits', submit: 'Cancel them', placeholder: 'Imported twice by mistake' },
}

/** Asks why, before something is decided about all that waits. */
export function holdReasonModal(wish: HoldWish): ModalView {
  const { title, submit, placeholder } = WORDS[wish.kind] ?? OTHERS
  return modal({
    title,
    callback: callbackIds.holdReason,
    metadata: encodeHoldWish(wish),
    blocks: [reasonInput({ label: 'Why?', placeholder })],
    submit,
  })
}
