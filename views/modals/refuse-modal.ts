import type { KnownBlock, ModalView } from '@slack/types'
import { comesBehind } from '../../src/domain/outline.ts'
import { callbackIds } from '../action-ids.ts'
import { encodeStepRef } from '../references.ts'
import { labelled, outside, paragraph, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { modal } from './modal.ts'
import { reasonInput } from './reason-input.ts'
import { aboutStep, type StepInModal } from './step-in-modal.ts'

const MOST_NAMED = 12

/** Asks why an approval is refused, and says beforehand what then does not happen. */
export function refuseModal(about: StepInModal): ModalView {
  const { run, step } = about
  const { title, why, example, isFinal, submit } = texts.stepWindows.refuse
  return modal({
    title,
    callback: callbackIds.refuse,
    metadata: encodeStepRef({ run: run.id, step: step.key, version: step.version }),
    blocks: [
      ...aboutStep(about),
      consequences(about),
      reasonInput({ label: why, placeholder: example, hint: isFinal }),
    ],
    submit,
  })
}

function consequences({ outline, step }: StepInModal): KnownBlock {
  const stopped = comesBehind(outline, step.key)
  if (stopped.length === 0) return paragraph(texts.stepWindows.refuse.nothingBehind)
  const named = stopped.slice(0, MOST_NAMED).map(({ title }): Words => [outside(title, 100)])
  const more: Words[] = stopped.length > MOST_NAMED ? [[texts.words.andMore(stopped.length - MOST_NAMED)]] : []
  return labelled(texts.stepWindows.refuse.stops(stopped.length), { points: [...named, ...more] })
}
