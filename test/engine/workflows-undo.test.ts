import { expect, test } from 'vitest'
import type { StepDefinition } from '../../src/engine/define-workflow.ts'
import { workflows } from '../../workflows/index.ts'

const steps = workflows.flatMap(({ name, steps: all }) => all.map((step) => ({ name: `${name} ${step.key}`, step })))

const isUndone = (step: StepDefinition): boolean =>
  (step.kind === 'step' && step.undo !== null) || (step.kind === 'each' && step.one.undo !== null)

test.each(steps.filter(({ step: { kind } }) => kind === 'step' || kind === 'each'))(
  '$name calls services, and has an undo or says what is left to people',
  ({ step }) =>
    expect(
      isUndone(step) || step.leaves !== null,
      'give the step an undo, or say in `leaves` what people have to do',
    ).toBe(true),
)

test.each(steps.filter(({ step: { kind } }) => kind === 'task' || kind === 'subflow'))(
  '$name is done by people or by a run of its own, and says what is left to people when it is done',
  ({ step }) => expect(step.leaves, 'say in `leaves` what people have to do when the run is cancelled').not.toBeNull(),
)

test.each(steps.filter(({ step }) => step.leaves !== null))('$name says it in a sentence', ({ step }) => {
  expect(step.leaves).toMatch(/^[A-Z].{20,190}\.$/)
})
