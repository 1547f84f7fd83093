import type { ModalView } from '@slack/types'
import { callbackIds } from '../action-ids.ts'
import type { Drawing } from '../drawing.ts'
import { modal } from '../modals/modal.ts'

/** An answer in a window: to a form that could not be carried out, or where there is no channel to answer into. */
export const noticeModal = (title: string, { blocks }: Drawing): ModalView =>
  modal({ title, callback: callbackIds.notice, blocks })
