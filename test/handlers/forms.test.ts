import type { KnownBlock } from '@slack/types'
import { describe, expect, test } from 'vitest'
import type { SubmissionAnswer } from '../../src/slack/handler.ts'
import { refusing, unclear } from '../engine/scripted-egress.ts'
import { expectView, wordsOf } from '../views/drawn.ts'
import { OLGA, openHandlers, TIM } from './open-handlers.ts'

const jane = { email: 'jane@acme.example', name: 'Jane Doe' }

/** What stands in the form's place. */
function notice(answer: SubmissionAnswer): string {
  if (answer.kind !== 'update') throw new Error(`no notice, but ${JSON.stringify(answer)}`)
  expectView(answer.view)
  return wordsOf(answer.view.blocks)
}

const PRESSED = { type: 'modal', id: 'V1', hash: 'h', metadata: '', values: {} } as const

type At = Awaited<ReturnType<typeof openHandlers>>

const stepButton = async (at: At, run: Parameters<At['run']>[0], action: string) => {
  const { version } = await at.step(run, 'mail')
  return { type: 'button', action_id: action, value: JSON.stringify({ r: run.id, s: 'mail', v: version }) }
}

describe('the form that starts a run', () => {
  test('starts one run, however often it is sent', async () => {
    await using at = await openHandlers()
    await at.slash('/run', 'employee-onboarding', OLGA)
    expect(await at.submit(jane, OLGA)).toEqual({ kind: 'close' })
    expect(notice(await at.submit(jane, OLGA))).toContain('started already')
    const runs = await at.store.runs({ team: OLGA.team }, 10)
    expect(runs).toHaveLength(1)
    expect(runs[0]).toMatchObject({ status: 'succeeded' })
  })

  test('gets its mistakes back at their fields', async () => {
    await using at = await openHandlers()
    await at.slash('/run', 'employee-onboarding', OLGA)
    expect(await at.submit({ email: 'nobody', name: 'Jane' }, OLGA)).toEqual({
      kind: 'errors',
      errors: { email: 'This is not an address.' },
    })
    expect(await at.kinds()).toEqual([])
  })

  test('says at the subject’s field that its run is not finished', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    const run = await at.begin()
    await at.slash('/run', 'employee-onboarding', OLGA)
    const answer = await at.submit({ ...jane, email: ' Jane@Acme.example ' }, OLGA)
    expect(notice(answer)).toContain(`run ${run.id.slice(-8)}, started by Olga Ops`)
    const view = answer.kind === 'update' ? answer.view : at.surface.window()
    // What was entered stays, and the run that is there opens on top.
    expect(JSON.stringify(view)).toContain('"initial_value":"Jane@Acme.example"')
    expect(view.blocks.map(({ type }) => type)).toEqual(['section', 'input', 'section', 'input', 'input'])
    await at.click(view.blocks as readonly KnownBlock[], 'Open', OLGA, {
      nowhere: true,
      view: { ...PRESSED, metadata: '' },
    })
    expect(at.surface.order.at(-1)).toBe('push')
    expect(wordsOf(at.surface.window().blocks)).toContain('Jane Doe')
  })

  test('is refused to somebody who may not by now', async () => {
    await using at = await openHandlers()
    await at.slash('/run', 'employee-onboarding', OLGA)
    expect(notice(await at.submit(jane, TIM))).toContain('You may not start Employee onboarding')
    expect(await at.store.runs({ team: OLGA.team }, 10)).toEqual([])
  })

  test('of an older version is shown once more, with what was entered', async () => {
    await using at = await openHandlers()
    await at.slash('/run', 'employee-onboarding', OLGA)
    const window = at.surface.window()
    window.private_metadata = JSON.stringify({ w: 'employee-onboarding', v: 0 })
    const answer = await at.submit(jane, OLGA)
    notice(answer)
    expect(JSON.stringify(answer)).toContain('"initial_value":"jane@acme.example"')
    expect(await at.store.runs({ team: OLGA.team }, 10)).toEqual([])
  })
})

describe('a decision with a reason', () => {
  test('to skip is carried out, and leaves a debt', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    const run = await at.begin()
    await at.press(await stepButton(at, run, 'step.skip'), TIM)
    expect(await at.submit({ reason: '  ' }, TIM)).toMatchObject({
      kind: 'errors',
      errors: { reason: expect.any(String) },
    })
    expect(await at.step(run, 'mail')).toMatchObject({ status: 'failed' })
    expect(await at.submit({ reason: 'A borrowed account until Monday' }, TIM)).toEqual({ kind: 'close' })
    expect(await at.step(run, 'mail')).toMatchObject({ status: 'skipped', reason: 'A borrowed account until Monday' })
    expect(await at.run(run)).toMatchObject({ status: 'succeeded-with-debt' })
  })

  test('that comes too late says in the form’s place who was first', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    const run = await at.begin()
    await at.press(await stepButton(at, run, 'step.skip'), TIM)
    await at.press(await stepButton(at, run, 'step.retry'), OLGA)
    expect(notice(await at.submit({ reason: 'as agreed' }, TIM))).toMatch(/Olga Ops retried it at .*, before you/)
    expect(await at.step(run, 'mail')).toMatchObject({ status: 'succeeded' })
  })

  test('is looked at again for rights, and for metadata that is none of ours', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    const run = await at.begin()
    await at.press({ type: 'button', action_id: 'run.cancel', value: JSON.stringify({ r: run.id }) }, OLGA)
    expect(notice(await at.submit({ reason: 'as agreed' }, TIM))).toContain('You may not cancel a run')
    at.surface.window().private_metadata = 'old'
    expect(notice(await at.submit({ reason: 'as agreed' }, OLGA))).toContain('older version')
    expect(await at.run(run)).toMatchObject({ status: 'blocked' })
  })
})

describe('marking as done', () => {
  test('takes the result, and hands it to the later steps', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', unclear)
    const run = await at.begin()
    await at.press(await stepButton(at, run, 'step.mark-done'), OLGA)
    const found = { reason: 'It is there', 'output.id': 'box-7' }
    expect(await at.submit({ ...found, 'output.id': 'x' }, OLGA)).toEqual({
      kind: 'errors',
      errors: { 'output.id': 'At least two characters.' },
    })
    expect(await at.submit(found, OLGA)).toEqual({ kind: 'close' })
    expect(await at.step(run, 'mail')).toMatchObject({ status: 'succeeded', output: { id: 'box-7' } })
    expect(await at.run(run)).toMatchObject({ status: 'succeeded' })
  })
})
