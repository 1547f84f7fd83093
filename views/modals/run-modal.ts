import type { ModalView } from '@slack/types'
import { callbackIds } from '../action-ids.ts'
import { type RunInAnswer, runDetail } from '../answers/status-answer.ts'
import type { DrawContext } from '../drawing.ts'
import { modal } from './modal.ts'

/** A run whole, where there is no channel to answer into: from the App Home. */
export const runModal = (shown: RunInAnswer, ctx: DrawContext): ModalView =>
  modal({ title: shown.outline.title, callback: callbackIds.notice, blocks: runDetail(shown, ctx) })
