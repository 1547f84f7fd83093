import type { InputBlock } from '@slack/types'
import { UserId } from '../../src/domain/ids.ts'
import { plain } from '../blocks.ts'
import { limits } from '../limits.ts'
import { texts } from '../texts/index.ts'
import { readInputs } from './read-inputs.ts'

/** Where somebody of the workspace is chosen. */
export const personInput = (label: string): InputBlock => ({
  type: 'input',
  block_id: 'person',
  label: plain(label, limits.inputLabel),
  element: {
    type: 'users_select',
    action_id: 'value',
    placeholder: plain(texts.windows.chooseSomebody, limits.placeholder),
  },
})

/** Words that go with what is handed over; they may be left out. */
export const noteInput = (placeholder: string, label = texts.windows.whatToKnow): InputBlock => ({
  type: 'input',
  block_id: 'note',
  optional: true,
  label: plain(label, limits.inputLabel),
  element: {
    type: 'plain_text_input',
    action_id: 'value',
    multiline: true,
    max_length: 500,
    placeholder: plain(placeholder, limits.placeholder),
  },
})

export type HandOverRead = { ok: true; user: UserId; note: string | null } | { ok: false; errors: { person: string } }

/** To whom it goes, and the words with it, from `view.state.values`. */
export function readHandOver(values: unknown): HandOverRead {
  const { person, note } = readInputs(values)
  const user = UserId.safeParse(person)
  if (!user.success) return { ok: false, errors: { person: texts.windows.nobodyChosen } }
  return { ok: true, user: user.data, note: typeof note === 'string' ? note.slice(0, 500) : null }
}
