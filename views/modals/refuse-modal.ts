import type { KnownBlock, ModalView } from '@slack/types'
import { comesBehind } from '../../src/domain/outline.ts'
import { callbackIds } from '../action-ids.ts'
import { encodeStepRef } from '../references.ts'
import { labelled, outside, paragraph, type Words } from '../rich-text.ts'
import { count } from '../wording.ts'
import { modal } from './modal.ts'
import { reasonInput } from './reason-input.ts'
import { aboutStep, type StepInModal } from './step-in-modal.ts'

const MOST_NAMED = 12

/** Asks why an approval is refused, and says beforehand what then does not happen. */
export function refuseModal(about: StepInModal): ModalView {
  const { run, step } = about
  return modal({
    title: 'Refuse',
    callback: callbackIds.refuse,
    metadata: encodeStepRef({ run: run.id, step: step.key, version: step.version }),
    blocks: [
      ...aboutStep(about),
      consequences(about),
      reasonInput({
        label: 'Why is it refused?',
        placeholder: 'There is a spare one in the cupboard on the second floor',
        hint: 'Everybody who sees the run reads it. A refusal cannot be taken back.',
      }),
    ],
    submit: 'Refuse',
  })
}

function consequences({ outline, step }: StepInModal): KnownBlock {
  const stopped = comesBehind(outline, step.key)
  if (stopped.length === 0) return paragraph('Nothing comes behind it.')
  const named = stopped.slice(0, MOST_NAMED).map(({ title }): Words => [outside(title, 100)])
  const more: Words[] = stopped.length > MOST_NAMED ? [[`and ${stopped.length - MOST_NAMED} more`]] : []
  return labelled(`${count(stopped.length, 'later step')} will not happen`, { points: [...named, ...more] })
}
