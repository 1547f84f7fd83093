import type { ModalView } from '@slack/types'
import { callbackIds } from '../action-ids.ts'
import { plain } from '../blocks.ts'
import { limits } from '../limits.ts'
import { bold, outside, paragraph } from '../rich-text.ts'
import { modal } from './modal.ts'

/** Asks for the name under which a query is saved; the query travels in the window. */
export const saveQueryModal = (query: string): ModalView =>
  modal({
    title: 'Save this query',
    callback: callbackIds.saveQuery,
    metadata: query,
    submit: 'Save',
    blocks: [
      paragraph(bold('/audit'), ' ', outside(query || 'everything', 500)),
      {
        type: 'input',
        block_id: 'name',
        label: plain('Name', limits.inputLabel),
        hint: plain('Only you see it. /audit saved lists what you saved.', limits.inputLabel),
        element: {
          type: 'plain_text_input',
          action_id: 'value',
          max_length: 40,
          focus_on_load: true,
          placeholder: plain('github-errors', limits.placeholder),
        },
      },
    ],
  })
