import type { InputBlock, ModalView } from '@slack/types'
import { shortId } from '../../src/domain/ids.ts'
import type { WorkflowOutline } from '../../src/domain/outline.ts'
import type { Run } from '../../src/domain/run.ts'
import { callbackIds } from '../action-ids.ts'
import { context, plain } from '../blocks.ts'
import { limits } from '../limits.ts'
import { encodeRunRef } from '../references.ts'
import { bold, outside, paragraph } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { modal } from './modal.ts'
import { readInputs } from './read-inputs.ts'
import { readReason, reasonInput } from './reason-input.ts'

const UNTIL = 'until'

/** Asks why one run is paused, and until when. */
export function pauseRunModal(run: Run, outline: WorkflowOutline): ModalView {
  const { title, means, why, example, submit } = texts.runWindows.pause
  return modal({
    title,
    callback: callbackIds.pauseRun,
    metadata: encodeRunRef(run.id),
    blocks: [
      paragraph(bold(outline.title, 100), ': ', outside(run.subject.label, 150)),
      context(texts.words.run(shortId(run.id))),
      paragraph(means),
      reasonInput({ label: why, placeholder: example }),
      untilInput(),
    ],
    submit,
  })
}

const untilInput = (): InputBlock => ({
  type: 'input',
  block_id: UNTIL,
  optional: true,
  label: plain(texts.runWindows.pause.until, limits.inputLabel),
  hint: plain(texts.runWindows.pause.untilMeans, limits.inputLabel),
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
  if (until !== null && until <= now) return { ok: false, errors: { [UNTIL]: texts.runWindows.pause.isOver } }
  return { ok: true, reason: reason.reason, until }
}
