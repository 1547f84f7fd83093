import type { ModalView } from '@slack/types'
import { callbackIds } from '../action-ids.ts'
import { plain } from '../blocks.ts'
import { limits } from '../limits.ts'
import { bold, outside, paragraph } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { modal } from './modal.ts'

/** Asks for the name under which a query is saved; the query travels in the window. */
export function saveQueryModal(query: string): ModalView {
  const { title, everything, name, nameMeans, example, submit } = texts.otherWindows.saveQuery
  return modal({
    title,
    callback: callbackIds.saveQuery,
    metadata: query,
    submit,
    blocks: [
      paragraph(bold('/audit'), ' ', outside(query || everything, 500)),
      {
        type: 'input',
        block_id: 'name',
        label: plain(name, limits.inputLabel),
        hint: plain(nameMeans, limits.inputLabel),
        element: {
          type: 'plain_text_input',
          action_id: 'value',
          max_length: 40,
          focus_on_load: true,
          placeholder: plain(example, limits.placeholder),
        },
      },
    ],
  })
}
