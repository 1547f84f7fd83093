import { expect, test } from 'vitest'
import type { Run, Step } from '../../src/domain/run.ts'
import { failureCard } from '../../views/cards/failure-card.ts'
import { heldCard } from '../../views/cards/held-card.ts'
import { pressable } from './drawn.ts'
import { approval } from './sample-asks.ts'
import { base, ctx, key, minutes, outline, policy, runId } from './sample-run.ts'
import { runWith, stepStates } from './sample-states.ts'

const failed = stepStates.failed as Step
const given = { ...base('payroll'), status: 'succeeded', startedAt: 1, at: 2, markedBy: null, wait: approval } as Step

const onFailure = (run: Run, of = outline): string =>
  pressable(failureCard({ run, step: failed, outline: of, policy }, ctx).blocks).join(' · ')

test('what was approved is not offered for editing: it would be refused', () => {
  const run = runWith(failed)
  expect(onFailure(run)).toContain('Edit and retry…')
  expect(onFailure({ ...run, steps: [...run.steps.filter((each) => each.key !== given.key), given] })).not.toContain(
    'Edit and retry…',
  )
})

test('an approval that could not be asked for is neither to be skipped nor to be marked done', () => {
  const steps = outline.steps.map((each) => (each.key === failed.key ? { ...each, approval: true as const } : each))
  const buttons = onFailure(runWith(failed), { ...outline, steps })
  expect(buttons).toContain('Retry')
  expect(buttons).not.toMatch(/Skip|Mark done/)
})

test('a run that another one began, or that is being undone, is not offered to be begun anew', () => {
  const heldBack = { since: minutes(5), code: 'definition-changed' as const, message: 'x', version: 2, shape: 'x' }
  const run: Run = { ...runWith(failed), status: 'held', heldBack }
  const parent = { run: runId, step: key('contract'), workflow: 'client', title: 'Client' }
  const cancelled = { by: run.startedBy, at: minutes(4), reason: 'x', undo: true }
  const told = (of: Run): string => {
    const { blocks, text } = heldCard(of, outline, ctx)
    return `${pressable(blocks).join(' · ')} ${text}`
  }
  expect(told(run)).toMatch(/Restart….*Restart it/s)
  expect(told({ ...run, parent })).not.toMatch(/Restart/)
  expect(told({ ...run, cancelled })).not.toMatch(/Restart/)
})
