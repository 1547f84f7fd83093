import type { InputBlock, ModalView } from '@slack/types'
import { shortId } from '../../src/domain/ids.ts'
import type { WorkflowOutline } from '../../src/domain/outline.ts'
import type { Run } from '../../src/domain/run.ts'
import { callbackIds } from '../action-ids.ts'
import { context, plain } from '../blocks.ts'
import { limits } from '../limits.ts'
import { encodeRunRef } from '../references.ts'
import { bold, outside, paragraph } from '../rich-text.ts'
import { modal } from './modal.ts'
import { readInputs } from './read-inputs.ts'
import { readReason, reasonInput } from './reason-input.ts'

const UNTIL = 'until'

/** Asks why one run is paused, and until when. */
export const pauseRunModal = (run: Run, outline: WorkflowOutline): ModalView =>
  modal({
    title: 'Pause this run',
    callback: callbackIds.pauseRun,
    metadata: encodeRunRef(run.id),
    blocks: [
      paragraph(bold(outline.title, 100), ': ', outside(run.subject.label, 150)),
      context(`run ${shortId(run.id)}`),
      paragraph(WHAT_IT_DOES),
      reasonInput({ label: 'Why is it paused?', placeholder: 'Her first day has moved to March' }),
      untilInput(),
    ],
    submit: 'Pause the run',
  })

const WHAT_IT_DOES =
  'What is under way finishes, and nothing else of this run is started or tried again. Approvals and tasks may be answered meanwhile.'

const untilInput = (): InputBlock => ({
  type: 'input',
  block_id: UNTIL,
  optional: true,
  label: plain('Until when?', limits.inputLabel),
  hint: plain('Then it goes on by itself. Left empty: until somebody resumes it.', limits.inputLabel),
  element: { type: 'datetimepicker', action_id: 'value' },
})

export type PauseRead =
  | { ok: true; reason: string; until: number | null }
  | { ok: false; errors: Readonly<Record<string, string>> }

/** Reason and end from the submitted form. */
export function readPauseForm(values: unknown, now: number): PauseRead {
  const reason = readReason(values)
  if (!reason.ok) return reason
  const entered = readInputs(values)[UNTIL]
  const until = typeof entered === 'number' ? entered * 1_000 : null
  if (until !== null && until <= now) return { ok: false, errors: { [UNTIL]: 'Please give a time that is to come.' } }
  return { ok: true, reason: reason.reason, until }
}
