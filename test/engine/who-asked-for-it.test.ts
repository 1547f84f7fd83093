import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { momentIn } from '../../src/domain/calendar.ts'
import type { RunId, UserId } from '../../src/domain/ids.ts'
import { workflow } from '../../src/engine/define-workflow.ts'
import { JANE, JOHN } from '../support/test-ids.ts'
import { settle } from '../support/turns.ts'
import { answer, MAYA, MONA, TIM } from './asked-people.ts'
import { openEngine } from './open-engine.ts'
import { refusing, vendor } from './scripted-egress.ts'

const output = z.object({ id: z.string() })

/** draft, which fails at first, beside ok (approval), do (task) and start (a day). */
const request = workflow(
  {
    name: 'request',
    version: 1,
    title: 'Request',
    input: z.object({
      email: z.email(),
      name: z.string(),
      what: z.string().default('mouse'),
      day: z.string().default('2026-12-01'),
    }),
    subject: ({ email, name }) => ({ key: email, label: name }),
  },
  ({ step, approval, task, until }) => {
    step('draft', { title: 'Draft', uses: [vendor], output, run: ({ use }) => use(vendor).make() })
    approval('ok', { title: 'Approval' })
    task('do', {
      title: 'Order it',
      instructions: ({ input }) => `Order a ${input.what}.`,
      evidence: z.object({ evidence: z.string() }),
    })
    until('start', { title: 'First day', at: ({ input }) => input.day, zone: () => 'Europe/Berlin' })
  },
)

const open = (parts: Parameters<typeof openEngine>[0] = {}) => openEngine({ workflow: request, ...parts })
type At = Awaited<ReturnType<typeof open>>
const STARTER = { ...MAYA, actor: JANE, email: 'starter@acme.example' }
const INPUT = { email: 'jane@acme.example', name: 'Jane Doe' }

async function edit(at: At, id: RunId, input: object, actor = JANE) {
  const { version } = await at.step(id, 'draft')
  return await at.press(id, { kind: 'edit', step: 'draft', stepVersion: version, input: { ...INPUT, ...input } }, actor)
}

describe('who asked for a run does not approve it', () => {
  test('also when somebody else has begun it anew', async () => {
    await using at = await open()
    const run = await at.begin()
    await at.press(run.id, { kind: 'restart', reason: 'anew', input: INPUT }, JOHN)
    const { restartedAs } = await at.run(run.id)
    if (!restartedAs) throw new Error('not begun anew')
    expect(await at.run(restartedAs)).toMatchObject({ startedBy: JOHN })
    expect(await answer(at, restartedAs, STARTER, { kind: 'approve', step: 'ok' })).toMatchObject({ code: 'own-run' })
    expect(await answer(at, restartedAs, MAYA, { kind: 'approve', step: 'ok' })).toMatchObject({ kind: 'decided' })
  })

  test('nor who proposed to begin it anew, when somebody else confirmed', async () => {
    await using at = await open({ second: ['restart'] })
    const run = await at.begin()
    const proposed = await at.press(run.id, { kind: 'restart', reason: 'anew', input: INPUT }, MONA.actor)
    if (proposed.kind !== 'proposed') throw new Error(proposed.kind)
    await at.press(run.id, { kind: 'confirm', proposal: proposed.proposal.id }, JOHN)
    const { restartedAs } = await at.run(run.id)
    if (!restartedAs) throw new Error('not begun anew')
    expect(await answer(at, restartedAs, MONA, { kind: 'approve', step: 'ok' })).toMatchObject({ code: 'own-run' })
  })

  test('nor who changed what it asks for', async () => {
    await using at = await open()
    at.script.plan('draft', refusing)
    const run = await at.begin()
    expect(await edit(at, run.id, { what: 'server' }, MAYA.actor)).toMatchObject({ kind: 'decided' })
    expect(await answer(at, run.id, MAYA, { kind: 'approve', step: 'ok' })).toMatchObject({ code: 'own-run' })
    expect(await answer(at, run.id, MONA, { kind: 'approve', step: 'ok' })).toMatchObject({ kind: 'decided' })
  })
})

describe('what was entered, when it is changed while others are asked', () => {
  test('stays as it is once one of several has approved it', async () => {
    await using at = await open({ approval: { quorum: 2 } })
    at.script.plan('draft', refusing)
    const run = await at.begin()
    await answer(at, run.id, MAYA, { kind: 'approve', step: 'ok' })
    expect(await edit(at, run.id, { what: 'server' })).toMatchObject({ code: 'approved-already' })
  })

  test('voids a button that was drawn with the old values', async () => {
    await using at = await open()
    at.script.plan('draft', refusing)
    const run = await at.begin()
    const { version } = await at.step(run.id, 'ok')
    await edit(at, run.id, { what: 'server' })
    const { actor, ...as } = MAYA
    const late = { kind: 'approve', step: 'ok', stepVersion: version, as }
    expect(await at.press(run.id, late, actor)).toMatchObject({ kind: 'too-late' })
    expect(at.stale.map(({ id }) => id)).toContain(`ask/${run.id}/ok`)
    expect(await answer(at, run.id, MAYA, { kind: 'approve', step: 'ok' })).toMatchObject({ kind: 'decided' })
  })

  test('is what a task says from then on, and who it was handed to keeps it', async () => {
    await using at = await open({ task: { asked: { groups: [], people: [], users: ['U0MONA' as UserId] } } })
    at.script.plan('draft', refusing)
    const run = await at.begin()
    await answer(at, run.id, MONA, { kind: 'reassign', step: 'do', to: TIM, entitled: false })
    await edit(at, run.id, { what: 'server' })
    expect(await at.step(run.id, 'do')).toMatchObject({
      wait: { instructions: 'Order a server.', asked: { users: ['U0TIM'] } },
    })
  })

  test('is the day for which a step waits from then on, also when that has passed', async () => {
    await using at = await open()
    at.script.plan('draft', refusing, refusing)
    const run = await at.begin()
    await edit(at, run.id, { day: '2026-12-24' })
    expect(await at.step(run.id, 'start')).toMatchObject({
      wait: { until: momentIn('Europe/Berlin', '2026-12-24', '09:00') },
    })
    await edit(at, run.id, { day: '2026-01-07' })
    await settle()
    expect(await at.step(run.id, 'start')).toMatchObject({ status: 'succeeded' })
  })
})
