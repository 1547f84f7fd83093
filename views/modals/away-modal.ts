import type { ModalView } from '@slack/types'
import { UserId } from '../../src/domain/ids.ts'
import { callbackIds, fieldAction } from '../action-ids.ts'
import { plain } from '../blocks.ts'
import { limits } from '../limits.ts'
import { paragraph } from '../rich-text.ts'
import { modal } from './modal.ts'
import { personInput } from './person-input.ts'
import { readInputs } from './read-inputs.ts'

/** Asks until when somebody is away, and who is asked meanwhile. */
export const awayModal = (): ModalView =>
  modal({
    title: 'I am away',
    callback: callbackIds.sayAway,
    blocks: [
      paragraph(
        'From now on somebody else is asked in your place, also for what is open already. You may still answer.',
      ),
      {
        type: 'input',
        block_id: 'until',
        optional: true,
        label: plain('When are you back?', limits.inputLabel),
        hint: plain('Left empty: until you say that you are back.', limits.inputLabel),
        element: { type: 'datepicker', action_id: fieldAction },
      },
      {
        ...personInput('Who is asked meanwhile?'),
        optional: true,
        hint: plain('Left empty: whom the rules name.', limits.inputLabel),
      },
    ],
    submit: 'Tell Purser',
  })

/** The day, as `2026-12-24`, and the person, from `view.state.values`. */
export function readAwayForm(values: unknown): { day: string | null; user: UserId | null } {
  const { until, person } = readInputs(values)
  return { day: typeof until === 'string' ? until : null, user: UserId.safeParse(person).data ?? null }
}
