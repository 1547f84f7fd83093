import type { KnownBlock, ModalView } from '@slack/types'
import { callbackIds } from '../action-ids.ts'
import { plain, section } from '../blocks.ts'
import { limits } from '../limits.ts'
import { tameLine } from '../outside-text.ts'
import { texts } from '../texts/index.ts'

export interface ModalParts {
  title: string
  callback: string
  /** What the handler needs to know again when it is submitted. */
  metadata?: string
  blocks: KnownBlock[]
  /** The word on the button that submits; none when there is nothing to submit. */
  submit?: string
  close?: string
  /** Slack tells when it is closed without being sent. */
  tellsClosing?: boolean
}

/** A modal within Slack's limits. */
export function modal({ title, callback, metadata = '', blocks, submit, close, tellsClosing }: ModalParts): ModalView {
  const button = (text: string) => plain(text, limits.viewTitle)
  return {
    type: 'modal',
    callback_id: callback,
    title: plain(tameLine(title, limits.viewTitle), limits.viewTitle),
    private_metadata: metadata,
    blocks: blocks.slice(0, limits.viewBlocks),
    ...(submit ? { submit: button(submit) } : {}),
    ...(tellsClosing ? { notify_on_close: true } : {}),
    close: button(close ?? (submit ? texts.words.notNow : texts.words.close)),
  }
}

/** Stands at once while what it will show is being looked up. */
export const loadingModal = (title: string): ModalView =>
  modal({ title, callback: callbackIds.notice, blocks: [section(texts.windows.oneMoment)] })
