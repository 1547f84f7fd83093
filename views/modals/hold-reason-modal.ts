import type { ModalView } from '@slack/types'
import { callbackIds } from '../action-ids.ts'
import { encodeHoldWish, type HoldWish } from '../references.ts'
import { paragraph } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { modal } from './modal.ts'
import { reasonInput } from './reason-input.ts'

function wordsFor(kind: HoldWish['kind']): {
  title: string
  means: string | null
  submit: string
  example: string
} {
  const { escalate, close, cancelAll, other } = texts.holdWindows
  if (kind === 'escalate') return escalate
  if (kind === 'close') return close
  return kind === 'cancel-all' ? cancelAll : other
}

/** Asks why, before something is decided about all that waits. */
export function holdReasonModal(wish: HoldWish): ModalView {
  const { title, means, submit, example } = wordsFor(wish.kind)
  return modal({
    title,
    callback: callbackIds.holdReason,
    metadata: encodeHoldWish(wish),
    blocks: [
      ...(means === null ? [] : [paragraph(means)]),
      reasonInput({ label: texts.holdWindows.why, placeholder: example }),
    ],
    submit,
  })
}
