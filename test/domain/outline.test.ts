import { expect, test } from 'vitest'
import { StepKey } from '../../src/domain/ids.ts'
import { losesInput, type StepOutline, type WorkflowOutline } from '../../src/domain/outline.ts'

const step = (key: string, edges: { needs?: string[]; after?: string[]; optional?: string[] } = {}): StepOutline => ({
  key: StepKey.parse(key),
  title: key,
  needs: (edges.needs ?? []).map((each) => StepKey.parse(each)),
  after: (edges.after ?? []).map((each) => StepKey.parse(each)),
  optional: (edges.optional ?? []).map((each) => StepKey.parse(each)),
  services: [],
})
const outline: WorkflowOutline = {
  name: 'onboarding',
  version: 1,
  title: 'Onboarding',
  steps: [
    step('account'),
    step('mail', { needs: ['account'] }),
    step('signature', { needs: ['mail'] }),
    step('badge', { after: ['account'] }),
    step('welcome', { needs: ['badge'], optional: ['mail'] }),
  ],
}

test('a skipped step takes the input of those that need it, and of those that need them in turn', () => {
  const lost = (key: string) => losesInput(outline, StepKey.parse(key)).map((each) => each.key)
  expect(lost('account')).toEqual(['mail', 'signature'])
  expect(lost('badge')).toEqual(['welcome'])
  expect(lost('signature')).toEqual([])
})
