import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { CallSummary } from '../../src/domain/call-summary.ts'
import type { Run } from '../../src/domain/run.ts'
import { undoPlan } from '../../src/domain/undo-plan.ts'
import { workflow } from '../../src/engine/define-workflow.ts'
import { settle } from '../support/turns.ts'
import { openEngine } from './open-engine.ts'
import { refusing, vendor } from './scripted-egress.ts'

const undone: string[] = []
const MAKES = { service: 'vendor', name: 'thing.make' }

/** A thing and who is in it, as a channel with its members; then a word that fails. */
const opening = workflow(
  {
    name: 'opening',
    version: 1,
    title: 'Opening',
    input: z.object({ email: z.email(), name: z.string() }),
    subject: ({ email, name }) => ({ key: email, label: name }),
  },
  ({ step, task }) => {
    const make = { uses: [vendor], output: z.object({ id: z.string() }) } as const
    const thing = step('thing', {
      ...make,
      title: 'The thing',
      run: ({ use }) => use(vendor).make(),
      undo: {
        title: 'Close it',
        makes: MAKES,
        run: async ({ result, made }) => void undone.push(`${result?.id} ${made ? 'made' : 'not surely made'}`),
      },
      leaves: 'Take out by hand whom it let in.',
    })
    const word = step('word', { ...make, title: 'A word', after: [thing], run: ({ use }) => use(vendor).make() })
    task('sign', {
      title: 'Sign',
      after: [word],
      instructions: () => 'Sign.',
      evidence: z.object({}),
      leaves: 'Tear it up.',
    })
  },
)

const call = (operation: string, parts: Pick<CallSummary, 'outcome' | 'ours'>): CallSummary => ({
  ...{ service: 'vendor', operation, title: operation, class: 'C', tries: 1, at: 0 },
  ...parts,
})
const FOUND = call('thing.make', { outcome: 'found' })
const FOUND_AGAIN = call('thing.make', { outcome: 'found', ours: true })
const LET_IN = call('member.add', { outcome: 'done' })

/** Begins a run whose thing came to these calls, and which is called off with its undo. */
async function called(calls: readonly CallSummary[], { attempts = 1 } = {}) {
  undone.length = 0
  const at = await openEngine({ workflow: opening })
  for (let failed = 1; failed < attempts; failed++) at.script.plan('thing', refusing)
  at.script.plan('word', refusing)
  at.script.plan('thing', async (scope) => {
    for (const each of calls) scope.onCall?.(each)
    return { id: 'the-thing' }
  })
  const run = await at.begin()
  for (let failed = 1; failed < attempts; failed++) await at.decide(run.id, 'retry', 'thing')
  const plan = planOf(await at.run(run.id))
  await at.press(run.id, { kind: 'cancel', undo: true })
  await settle()
  const { status } = await at.run(run.id)
  await at[Symbol.asyncDispose]()
  return { ...plan, status, undone: [...undone] }
}

const planOf = (run: Run) => {
  const plan = undoPlan(opening.outline, run)
  return { willBeUndone: plan.undone.map(({ step }) => step.key), stays: plan.stays.map(({ why }) => why) }
}

describe('what a step says that it makes', () => {
  test.each([
    { what: 'found', calls: [FOUND], stays: ['there-before'], back: [] },
    { what: 'found, and added to', calls: [FOUND, LET_IN], stays: ['added-to'], back: [] },
    { what: 'made', calls: [call('thing.make', { outcome: 'done' }), LET_IN], stays: [], back: ['the-thing made'] },
    { what: 'found behind a lost answer', calls: [FOUND_AGAIN], stays: [], back: ['the-thing made'] },
    { what: 'known from no call', calls: [LET_IN], stays: [], back: ['the-thing not surely made'] },
  ])('and was $what', async ({ calls, stays, back }) => {
    expect(await called(calls)).toMatchObject({ stays, undone: back, status: 'cancelled' })
  })

  test('and was found at a second attempt is not surely made by the first, and the undo is told so', async () => {
    expect(await called([FOUND, LET_IN], { attempts: 2 })).toMatchObject({
      willBeUndone: ['thing'],
      undone: ['the-thing not surely made'],
    })
  })

  test('and was marked done by a person is not surely made', async () => {
    undone.length = 0
    await using at = await openEngine({ workflow: opening })
    at.script.plan('thing', refusing)
    at.script.plan('word', refusing)
    const run = await at.begin()
    await at.decide(run.id, 'mark-done', 'thing', { output: { id: 'theirs' } })
    await at.press(run.id, { kind: 'cancel', undo: true })
    expect(undone).toEqual(['theirs not surely made'])
  })
})

test('what a step leaves to people is in the outline, for the plan and for the card', async () => {
  expect(opening.outline.steps.map(({ key, leaves }) => [key, leaves])).toEqual([
    ['thing', 'Take out by hand whom it let in.'],
    ['word', undefined],
    ['sign', 'Tear it up.'],
  ])
})
