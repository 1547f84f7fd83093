import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { PersonNeeded } from '../../src/domain/errors.ts'
import { StepKey } from '../../src/domain/ids.ts'
import { type StepStatus, stepOf } from '../../src/domain/run.ts'
import { type WorkflowDefinition, workflow } from '../../src/engine/define-workflow.ts'
import { JANE, TEAM } from '../support/test-ids.ts'
import { testRules } from '../support/test-rules.ts'
import { settle } from '../support/turns.ts'
import { openEngine } from './open-engine.ts'
import { onWire, refusing, unavailable, unclear, vendor } from './scripted-egress.ts'

const output = z.object({ id: z.string() })
const spec = {
  name: 'f',
  title: 'F',
  input: z.looseObject({ when: z.boolean().optional() }),
  subject: () => ({ key: 'jane@acme.example', label: 'Jane Doe' }),
}

type Builder = Parameters<Parameters<typeof workflow<typeof spec.input>>[1]>[0]
const make = { uses: [vendor], output } as const
const run = ({ use }: { use(c: typeof vendor): { make(): Promise<{ id: string }> } }) => use(vendor).make()

/** first → middle → last: `middle` is in the state that a deploy comes upon. */
function flow(version: number, changed: (builder: Builder) => void = usual, input: z.ZodObject = spec.input) {
  return workflow({ ...spec, input, version } as typeof spec & { version: number }, changed)
}

function usual(
  { step, task }: Builder,
  more: { kind?: 'task'; middle?: string; output?: z.ZodType<{ id: string }> } = {},
): void {
  const first = step('first', { ...make, title: 'First', run })
  const key = more.middle ?? 'middle'
  const middle =
    more.kind === 'task'
      ? task(key, { title: 'Middle', needs: [first], instructions: () => 'Do it.', evidence: output })
      : step(key, {
          ...make,
          output: more.output ?? output,
          title: 'Middle',
          needs: [first],
          when: ({ input }) => input.when !== false,
          run,
        })
  step('last', { ...make, title: 'Last', needs: [middle], run })
}

type At = Awaited<ReturnType<typeof openEngine>>

const pause = (at: At) =>
  at.engine().holds.pause({ team: TEAM, scope: { of: 'everything' }, by: JANE, reason: 'audit week', until: null })

interface Brought {
  kind?: 'task'
  input?: Record<string, unknown>
  /** Of a held step: the state in which a deploy takes it to be. */
  like?: StepStatus
  bring(at: At): Promise<unknown>
  afterwards?(at: At): Promise<unknown>
}

const pausing = async (at: At): Promise<void> =>
  at.script.plan('first', async () => {
    await pause(at)
    return { id: 'first' }
  })

/** How to bring `middle` into each state. */
const STATES: Record<Exclude<StepStatus, 'refused'> | 'held task' | 'held with a try behind it', Brought> = {
  held: { like: 'pending', bring: pausing },
  'held task': { kind: 'task', like: 'pending', bring: pausing },
  'held with a try behind it': {
    like: 'backing-off',
    bring: async (at) => at.script.plan('middle', unavailable()),
    afterwards: pause,
  },
  pending: { bring: async (at) => at.script.plan('first', onWire().behaviour) },
  running: { bring: async (at) => at.script.plan('middle', onWire().behaviour) },
  'backing-off': { bring: async (at) => at.script.plan('middle', unavailable()) },
  waiting: { kind: 'task', bring: async () => {} },
  failed: { bring: async (at) => at.script.plan('middle', refusing) },
  unknown: { bring: async (at) => at.script.plan('middle', unclear) },
  succeeded: { bring: async (at) => at.script.plan('last', onWire().behaviour) },
  skipped: { bring: async (at) => at.script.plan('middle', refusing) },
  'not-needed': { input: { when: false }, bring: async () => {} },
  cancelled: { bring: async (at) => at.script.plan('middle', refusing) },
}

/** What a deploy makes of the graph; `holds`: the states of `middle` in which a run cannot go on by it. */
const BEGUN: readonly StepStatus[] = ['running', 'backing-off', 'waiting', 'failed', 'unknown', 'succeeded', 'skipped']
const DEPLOYS: Record<
  string,
  { build(builder: Builder, kind?: 'task'): void; input?: z.ZodObject; holds: readonly StepStatus[] }
> = {
  'nothing but a new version': { build: (b, kind) => usual(b, kind ? { kind } : {}), holds: [] },
  'the step removed': {
    build: ({ step }) => {
      const first = step('first', { ...make, title: 'First', run })
      step('last', { ...make, title: 'Last', needs: [first], run })
    },
    holds: BEGUN,
  },
  'the step renamed': { build: (b, kind) => usual(b, { middle: 'centre', ...(kind ? { kind } : {}) }), holds: BEGUN },
  'a step added after': {
    build: (b, kind) => {
      usual(b, kind ? { kind } : {})
      b.step('extra', { ...make, title: 'Extra', run })
    },
    holds: [],
  },
  'a step added before': {
    build: ({ step, task }, kind) => {
      const first = step('first', { ...make, title: 'First', run })
      const extra = step('extra', { ...make, title: 'Extra', needs: [first], run })
      const middle =
        kind === 'task'
          ? task('middle', { title: 'Middle', needs: [extra], instructions: () => 'Do it.', evidence: output })
          : step('middle', { ...make, title: 'Middle', needs: [extra], run })
      step('last', { ...make, title: 'Last', needs: [middle], run })
    },
    holds: BEGUN,
  },
  'another result': {
    build: (b, kind) =>
      kind ? usual(b, { kind }) : usual(b, { output: z.object({ id: z.string(), more: z.string() }) as never }),
    holds: ['succeeded'],
  },
  'other input': {
    build: (b, kind) => usual(b, kind ? { kind } : {}),
    input: z.object({ needed: z.string() }),
    holds: [...BEGUN, 'pending', 'not-needed'],
  },
  'an edge to what has no result': {
    build: ({ step, task }, kind) => {
      const first = step('first', { ...make, title: 'First', run })
      const never = step('never', { ...make, title: 'Never', when: () => false, run })
      const needs = [first, never]
      const middle =
        kind === 'task'
          ? task('middle', { title: 'Middle', needs, instructions: () => 'Do it.', evidence: output })
          : step('middle', { ...make, title: 'Middle', needs, run })
      step('last', { ...make, title: 'Last', needs: [middle], run })
    },
    holds: BEGUN,
  },
}

let deployed = 0

describe.each(Object.entries(DEPLOYS))('a deploy with %s', (_name, { build, input, holds }) => {
  test.each(Object.entries(STATES))('comes upon a step that is %s', async (name, state) => {
    const { kind, input: with_, bring, afterwards, like } = state
    const status = like ? 'held' : name
    const v1 = flow(1, (b) => usual(b, kind ? { kind } : {}))
    const there = { ...v1 }
    await using at = await openEngine({ workflow: there as WorkflowDefinition })
    await bring(at)
    const { id } = await at.begin(with_ ?? {})
    if (status === 'skipped') {
      at.script.plan('last', onWire().behaviour)
      await at.decide(id, 'skip', 'middle')
    }
    if (status === 'cancelled') await at.press(id, { kind: 'cancel', reason: 'no' })
    await afterwards?.(at)
    await settle()
    const before = await at.run(id)
    expect(stepOf(before, StepKey.parse('middle'))?.status).toBe(status)
    Object.assign(
      there,
      flow(2, (b) => build(b, kind), input),
    )
    deployed += 1
    await at.crash()
    const after = await at.run(id)
    if (before.endedAt !== null) return expect(after).toEqual(before)
    if (!holds.includes(like ?? (status as StepStatus))) {
      expect(after.heldBack ?? null).toBeNull()
      expect(after.definition).toBe(2)
      expect(after.steps.map(({ key }) => key).sort()).toEqual(there.steps.map(({ key }) => key).sort())
      return
    }
    expect(after).toMatchObject({
      status: 'held',
      definition: 1,
      heldBack: { version: 2, message: expect.any(String) },
    })
    expect(at.stale.map((mark) => mark.id)).toContain(`held/${id}`)
    // Nothing goes on, and nothing is lost: the old version lets it go on from where it stood.
    expect(await at.press(id, { kind: 'retry', step: 'middle', stepVersion: 1 })).toMatchObject({ code: 'held-back' })
    await at.clock.advance(86_400_000)
    expect((await at.run(id)).status).toBe('held')
    Object.assign(there, v1)
    await at.crash()
    const again = await at.run(id)
    expect(again.heldBack ?? null).toBeNull()
    expect(again.status).not.toBe('held')
    expect(await at.kinds(id)).toEqual(expect.arrayContaining(['run.held', 'run.released']))
  })
})

test('every state met every deploy', () => {
  expect(deployed).toBe(Object.keys(STATES).length * Object.keys(DEPLOYS).length)
})

test('a step that a deploy adds to a run is carried out', async () => {
  const there = { ...flow(1) }
  await using at = await openEngine({ workflow: there as WorkflowDefinition })
  at.script.plan('middle', refusing)
  const { id } = await at.begin()
  Object.assign(there, flow(2, DEPLOYS['a step added after']?.build))
  await at.crash()
  expect(await at.step(id, 'extra')).toMatchObject({ status: 'succeeded' })
  await at.decide(id, 'retry', 'middle')
  expect(await at.run(id)).toMatchObject({ status: 'succeeded', definition: 2, revised: true })
  expect((await at.store.entries({ team: TEAM, kinds: ['workflow.deployed'] }, null, 9)).length).toBeGreaterThan(0)
})

test('a run behind the brake stays there with what a deploy adds to it', async () => {
  const there = { ...flow(1) }
  await using at = await openEngine({ workflow: there as WorkflowDefinition, brake: { starts: 1, withinMs: 600_000 } })
  await at.begin()
  const call = { team: TEAM, workflow: 'f', input: {}, actor: JANE, startKey: 'V2' }
  const answer = await at.engine().start(call)
  if (answer.kind !== 'started') throw new Error(answer.kind)
  const { id } = answer.run
  Object.assign(there, flow(2, DEPLOYS['a step added after']?.build))
  await at.crash()
  expect(await at.run(id)).toMatchObject({ status: 'held', definition: 2 })
  expect(await at.step(id, 'extra')).toMatchObject({ status: 'held', why: 'brake' })
  const [hold] = at.engine().holds.standing(TEAM)
  if (hold) await at.engine().holds.decide({ team: TEAM, hold: hold.id, kind: 'release-all', by: JANE, reason: null })
  await at.clock.advance(5_000)
  expect(await at.run(id)).toMatchObject({ status: 'succeeded' })
})

test('a run whose rules cannot be read any more is held back, once, until somebody takes today’s', async () => {
  await using at = await openEngine({ policy: { backOffMs: [60_000] } })
  at.script.plan('mail', unavailable())
  const { id } = await at.begin()
  at.rules.now = testRules({ version: 2 })
  at.rules.gone = new PersonNeeded({
    code: 'rules-version-outdated',
    message: 'Version 1 is not understood.',
    hint: 'x',
  })
  await at.clock.advance(120_000)
  expect(await at.run(id)).toMatchObject({ status: 'held', heldBack: { code: 'rules-gone' } })
  expect((await at.kinds(id)).filter((kind) => kind === 'run.held')).toHaveLength(1)
  expect(at.errors).toEqual([])
  expect(await at.press(id, { kind: 'use-rules' })).toMatchObject({ kind: 'decided' })
  expect(await at.run(id)).toMatchObject({ rules: 2, status: 'running' })
  await at.clock.advance(120_000)
  expect(await at.run(id)).toMatchObject({ status: 'succeeded' })
})

test('what was on the wire when a run was held back is taken up when it goes on', async () => {
  await using at = await openEngine()
  at.script.plan('mail', onWire().behaviour)
  const { id } = await at.begin()
  at.rules.now = testRules({ version: 2 })
  at.rules.gone = new PersonNeeded({ code: 'rules-version-outdated', message: 'Not understood.', hint: 'x' })
  await at.kill()
  expect(await at.run(id)).toMatchObject({ status: 'held', heldBack: { code: 'rules-gone' } })
  expect(at.script.of('mail')).toEqual([])
  expect(await at.press(id, { kind: 'use-rules' })).toMatchObject({ kind: 'decided' })
  expect(at.script.of('mail').map(({ scope }) => scope.attempt?.earlierCalls)).toEqual([true])
  await at.clock.advance(0)
  expect(await at.run(id)).toMatchObject({ status: 'succeeded' })
})

test('a run whose workflow is gone is held back, and can be cancelled', async () => {
  const there = { ...flow(1) }
  await using at = await openEngine({ workflow: there as WorkflowDefinition })
  at.script.plan('middle', refusing)
  const { id } = await at.begin()
  Object.assign(there, { name: 'another' })
  await at.crash()
  expect(await at.run(id)).toMatchObject({ status: 'held', heldBack: { code: 'workflow-gone' } })
  await at.press(id, { kind: 'cancel', reason: 'nobody needs it' })
  expect(await at.run(id)).toMatchObject({ status: 'cancelled' })
})
