import type { KnownBlock } from '@slack/types'
import { shortId } from '../../src/domain/ids.ts'
import type { WorkflowOutline } from '../../src/domain/outline.ts'
import type { Run, Step } from '../../src/domain/run.ts'
import { context } from '../blocks.ts'
import { tameList } from '../outside-text.ts'
import { bold, outside, paragraph } from '../rich-text.ts'
import { stepTitle } from '../step-title.ts'
import { texts } from '../texts/index.ts'

/** The step that a modal decides about. */
export interface StepInModal {
  run: Run
  step: Step
  outline: WorkflowOutline
}

/** What a modal is about: the step, whose run it is in, and the failure where there is one. */
export function aboutStep({ run, step, outline }: StepInModal): KnownBlock[] {
  const failure = 'failing' in step ? step.failing?.failure : undefined
  return [
    paragraph(
      bold(stepTitle(outline, step.key, run), 100),
      ...(failure ? ([': ', outside(failure.message, 300)] as const) : []),
    ),
    context(`${tameList([run.subject.label, outline.title])} · ${texts.words.run(shortId(run.id))}`),
  ]
}
