import type { KnownBlock, ModalView } from '@slack/types'
import { losesInput } from '../../src/domain/outline.ts'
import { settled, stepOf } from '../../src/domain/run.ts'
import { stepName } from '../../src/domain/step-key.ts'
import { callbackIds } from '../action-ids.ts'
import { encodeStepRef } from '../references.ts'
import { date, labelled, outside, paragraph, type Words } from '../rich-text.ts'
import { stepTitle } from '../step-title.ts'
import { texts } from '../texts/index.ts'
import { modal } from './modal.ts'
import { reasonInput } from './reason-input.ts'
import { aboutStep, type StepInModal } from './step-in-modal.ts'

const MOST_NAMED = 12

/** Asks why a step is skipped, and says beforehand what that does. `debtDue`: until when what it leaves owed is due. */
export function skipModal(about: StepInModal, debtDue: number): ModalView {
  const { run, step, outline } = about
  const { title, owes, why, example, submit } = texts.stepWindows.skip
  return modal({
    title,
    callback: callbackIds.skip,
    metadata: encodeStepRef({ run: run.id, step: step.key, version: step.version }),
    blocks: [
      ...aboutStep(about),
      consequences(about),
      paragraph(...owes(outside(stepTitle(outline, step.key, run), 120), date(debtDue))),
      reasonInput({ label: why, placeholder: example }),
    ],
    submit,
  })
}

function consequences({ run, step, outline }: StepInModal): KnownBlock {
  const lost = losesInput(outline, stepName(step.key)).filter((later) => {
    const there = stepOf(run, later.key)
    return there === undefined || !settled(there)
  })
  if (lost.length === 0) return paragraph(texts.stepWindows.skip.nothingLost)
  const named = lost.slice(0, MOST_NAMED).map((later): Words => [outside(later.title, 100)])
  const more: Words[] = lost.length > MOST_NAMED ? [[texts.words.andMore(lost.length - MOST_NAMED)]] : []
  return labelled(texts.stepWindows.skip.stops(lost.length), { points: [...named, ...more] })
}
