import type { InputBlock } from '@slack/types'
import { plain } from '../blocks.ts'
import { limits } from '../limits.ts'
import { texts } from '../texts/index.ts'
import { readInputs } from './read-inputs.ts'

interface ReasonInput {
  label: string
  placeholder: string
  hint?: string
}

/** Where somebody says why; it is kept with the decision. */
export const reasonInput = ({ label, placeholder, hint }: ReasonInput): InputBlock => ({
  type: 'input',
  block_id: 'reason',
  label: plain(label, limits.inputLabel),
  ...(hint ? { hint: plain(hint, limits.inputLabel) } : {}),
  element: {
    type: 'plain_text_input',
    action_id: 'value',
    multiline: true,
    min_length: 3,
    max_length: 500,
    focus_on_load: true,
    placeholder: plain(placeholder, limits.placeholder),
  },
})

export type ReasonRead = { ok: true; reason: string } | { ok: false; errors: { reason: string } }

/** The reason from a submitted form; Slack counts blanks as characters, we do not. */
export function readReason(values: unknown): ReasonRead {
  const { reason } = readInputs(values)
  if (typeof reason !== 'string' || reason.length < 3) {
    return { ok: false, errors: { reason: texts.windows.sayWhy } }
  }
  return { ok: true, reason: reason.slice(0, 500) }
}
