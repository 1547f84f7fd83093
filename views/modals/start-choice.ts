import type { ModalView } from '@slack/types'
import { callbackIds, startRunAction } from '../action-ids.ts'
import { actions, button } from '../blocks.ts'
import { encodeWorkflowRef } from '../references.ts'
import { paragraph } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { modal } from './modal.ts'

interface Offer {
  name: string
  title: string
  /** What a message told of the form, by field. */
  initial: Readonly<Record<string, unknown>>
}

const MOST = 25

/** Which process to start from a message; its form follows in the same window. */
export const startChoice = (offers: readonly Offer[]): ModalView =>
  modal({
    title: texts.startWindows.choice,
    callback: callbackIds.notice,
    blocks: [
      paragraph(texts.startWindows.which),
      actions(
        offers.slice(0, MOST).map(({ name, title, initial }, index) =>
          button({
            text: title,
            action: startRunAction(index),
            value: encodeWorkflowRef(name, initial),
            label: texts.words.startThat(title),
          }),
        ),
      ),
    ],
  })
