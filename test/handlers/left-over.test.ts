import type { KnownBlock } from '@slack/types'
import { describe, expect, test } from 'vitest'
import { handlers } from '../../handlers/index.ts'
import { approvalsIn } from '../../src/domain/standing.ts'
import { markHandled } from '../../src/slack/receive-once.ts'
import { actionIds, askAboutAction, showRunAction, startRunAction } from '../../views/action-ids.ts'
import { encodeRunRef, encodeStepRef } from '../../views/references.ts'
import { TEAM } from '../support/test-ids.ts'
import { oneManager, request } from './approval-workflow.ts'
import { failed, gone, takeUp } from './left.ts'
import { MAYA, NED, OLGA, openHandlers, TIM } from './open-handlers.ts'

describe('a Retry that was acknowledged and not carried out before the process ended', () => {
  test('is carried out by the next one, once, in the name of who pressed it', async () => {
    await using at = await openHandlers()
    const { run, said } = await failed(at, actionIds.retry)
    await gone(at, TIM, said)
    expect(await takeUp(at)).toBe(1)
    expect(await at.step(run, 'mail')).toMatchObject({
      status: 'succeeded',
      decisions: [{ kind: 'retry', by: { user: TIM.user } }],
    })
    expect(await takeUp(at)).toBe(0)
    expect(at.script.of('mail')).toHaveLength(2)
  })

  test('is not carried out for somebody who may not, who is told', async () => {
    await using at = await openHandlers()
    const { run, said } = await failed(at, actionIds.retry)
    await gone(at, NED, said)
    expect(await takeUp(at)).toBe(1)
    expect(await at.step(run, 'mail')).toMatchObject({ status: 'failed', decisions: [] })
    expect(at.surface.shown.at(-1)).toMatchObject({ to: 'one', words: expect.stringContaining('Ops or Managers') })
  })

  test('is not carried out again when it was handled, nor when the mark of that is missing', async () => {
    await using at = await openHandlers()
    const { run, said } = await failed(at, actionIds.retry)
    const receipt = await gone(at, TIM, said)
    if (!receipt) throw new Error('it was not new')
    await at.press(said.action, TIM)
    at.surface.shown.length = 0
    expect(await takeUp(at)).toBe(1)
    expect(at.surface.shown).toHaveLength(1)
    expect(at.script.of('mail')).toHaveLength(2)
    expect((await at.step(run, 'mail')).decisions).toHaveLength(1)
    await markHandled(at.ports, { team: TEAM, entry: receipt })
    expect(await takeUp(at)).toBe(0)
  })
})

describe('what else was acknowledged and not carried out', () => {
  test('a click that opens a window is answered with a way to open it', async () => {
    await using at = await openHandlers()
    const { run, said } = await failed(at, actionIds.skip)
    await gone(at, TIM, said)
    expect(await takeUp(at)).toBe(1)
    expect(await at.step(run, 'mail')).toMatchObject({ status: 'failed' })
    expect(at.surface.windows).toHaveLength(0)
    const blocks = (at.surface.shown.at(-1)?.drawing.blocks ?? []) as KnownBlock[]
    await at.click(blocks, 'Open it', TIM)
    expect(at.surface.windows).toHaveLength(1)
  })

  test('a choice in a menu counts like its button', async () => {
    await using at = await openHandlers()
    const { run, said } = await failed(at, actionIds.stepMenu)
    const step = await at.step(run, 'mail')
    const action = {
      action_id: said.action.action_id,
      block_id: `${run.id}.${step.version}.${step.key}`,
      selected_option: { value: 'retry-today' },
    }
    await gone(at, TIM, { action })
    expect(await takeUp(at)).toBe(1)
    expect((await at.step(run, 'mail')).decisions).toMatchObject([{ kind: 'retry' }])
  })

  test('a command is carried out', async () => {
    await using at = await openHandlers()
    await gone(at, OLGA, { command: '/purser', text: 'pause everything the vendor moves house', channel: 'C0OPS' })
    expect(await takeUp(at)).toBe(1)
    expect(at.engine.holds.standing(TEAM)).toHaveLength(1)
    expect(await takeUp(at)).toBe(0)
  })

  test('a message’s shortcut is to be used again: its words were not kept', async () => {
    await using at = await openHandlers()
    await gone(at, OLGA, { shortcut: 'start-from-message' })
    expect(await takeUp(at)).toBe(1)
    expect(at.surface.shown.at(-1)?.words).toContain('Purser restarted while you pressed something here')
  })

  test('a button in the Home shows it again', async () => {
    await using at = await openHandlers()
    await gone(at, OLGA, { action: { action_id: actionIds.homeNewer, block_id: 'b', value: '' } })
    expect(await takeUp(at)).toBe(1)
    expect(at.surface.homes).toHaveLength(1)
  })

  test('an approval counts once', async () => {
    await using at = await openHandlers({ workflows: [request], rules: oneManager(MAYA) })
    const run = await at.begin()
    const step = await at.step(run, 'ok')
    const value = encodeStepRef({ run: run.id, step: step.key, version: step.version })
    await gone(at, MAYA, { action: { action_id: actionIds.approve, block_id: 'b', value } })
    expect(await takeUp(at)).toBe(1)
    expect(approvalsIn(await at.step(run, 'ok'))).toMatchObject([{ by: { user: MAYA.user } }])
    expect(await takeUp(at)).toBe(0)
  })
})

describe('every button that there is', () => {
  const numbered = [startRunAction(0), askAboutAction(0), showRunAction(1)]
  const all = [...Object.values(actionIds), ...numbered]

  test.each(all)('%s: a death right after its acknowledgement leaves nobody in silence', async (id) => {
    await using at = await openHandlers()
    const { run, said } = await failed(at, id)
    const step = await at.step(run, 'mail')
    // Whatever a button of this kind holds: a step, a run, or what it does not know.
    for (const value of [said.action.value, encodeRunRef(run.id), '{}']) {
      at.surface.shown.length = 0
      at.surface.homes.length = 0
      const before = (await at.kinds()).filter((kind) => kind.startsWith('decision.')).length
      await gone(at, OLGA, { action: { ...said.action, value } })
      expect(await takeUp(at), value).toBe(1)
      const decided = (await at.kinds()).filter((kind) => kind.startsWith('decision.')).length - before
      const told = at.surface.shown.length + at.surface.homes.length + at.surface.files.length
      expect(told + decided, `somebody is told, or it is done: ${value}`).toBeGreaterThan(0)
      expect(decided, 'it is done at most once').toBeLessThanOrEqual(1)
      expect(at.surface.windows).toHaveLength(0)
      expect(await takeUp(at), 'and not again').toBe(0)
    }
    expect((await at.step(run, 'mail')).decisions.length - step.decisions.length).toBeLessThanOrEqual(1)
  })

  test('has a handler, and each handler a button that is tried here', () => {
    const answers = (action: string | RegExp, id: string) =>
      typeof action === 'string' ? action === id : action.test(id)
    for (const id of all)
      expect(
        handlers.buttons.filter(({ action }) => answers(action, id)),
        id,
      ).toHaveLength(1)
    const untried = handlers.buttons.filter(({ action, isEntry }) => !isEntry && !all.some((id) => answers(action, id)))
    expect(untried).toEqual([])
  })
})
