import type { ModalView } from '@slack/types'
import { UserId } from '../../src/domain/ids.ts'
import { callbackIds, fieldAction } from '../action-ids.ts'
import { plain } from '../blocks.ts'
import { limits } from '../limits.ts'
import { paragraph } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { modal } from './modal.ts'
import { personInput } from './person-input.ts'
import { readInputs } from './read-inputs.ts'

/** Asks until when somebody is away, and who is asked meanwhile. */
export function awayModal(): ModalView {
  const { title, means, until, untilMeans, who, whoMeans, submit } = texts.otherWindows.away
  return modal({
    title,
    callback: callbackIds.sayAway,
    blocks: [
      paragraph(means),
      {
        type: 'input',
        block_id: 'until',
        optional: true,
        label: plain(until, limits.inputLabel),
        hint: plain(untilMeans, limits.inputLabel),
        element: { type: 'datepicker', action_id: fieldAction },
      },
      {
        ...personInput(who),
        optional: true,
        hint: plain(whoMeans, limits.inputLabel),
      },
    ],
    submit,
  })
}

/** The day, as `2026-12-24`, and the person, from `view.state.values`. */
export function readAwayForm(values: unknown): { day: string | null; user: UserId | null } {
  const { until, person } = readInputs(values)
  return { day: typeof until === 'string' ? until : null, user: UserId.safeParse(person).data ?? null }
}
