import type { KnownBlock } from '@slack/types'
import { describe, expect, test } from 'vitest'
import { handlers } from '../../handlers/index.ts'
import { PermanentFailure } from '../../src/domain/errors.ts'
import { refusing } from '../engine/scripted-egress.ts'
import { settle } from '../support/turns.ts'
import { wordsOf } from '../views/drawn.ts'
import { GUS, MAYA, NED, OLGA, openHandlers, realWorkflows, TIM } from './open-handlers.ts'

type At = Awaited<ReturnType<typeof openHandlers>>

const over = () =>
  new PermanentFailure({
    code: 'expired-trigger-id',
    message: 'Slack waits three seconds.',
    hint: 'Open it again.',
    where: { service: 'slack', operation: 'views.open', status: 200 },
  })

const inModal = (at: At, values: unknown = {}) => {
  const { private_metadata: metadata = '' } = at.surface.window()
  return { type: 'modal', id: 'V1', hash: 'h', metadata, values } as const
}

const blocksOf = (at: At) => at.surface.window().blocks as readonly KnownBlock[]

describe('a form whose three seconds are over', () => {
  test('is offered once more with what was typed, to whoever typed it', async () => {
    await using at = await openHandlers()
    at.surface.refuse.open = over()
    await at.slash('/onboard', 'Jane Doe', OLGA)
    expect(at.surface.last()).toMatchObject({ to: 'one' })
    expect(at.surface.last().words).toContain('Nothing you typed is lost')
    at.surface.refuse.open = null
    await at.click(at.surface.last().drawing.blocks, 'Open it', OLGA)
    expect(JSON.stringify(at.surface.window())).toContain('"initial_value":"Jane Doe"')
  })

  test('of a decision offers the same button again', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    const run = await at.begin()
    const { version } = await at.step(run, 'mail')
    const skip = { type: 'button', action_id: 'step.skip', value: JSON.stringify({ r: run.id, s: 'mail', v: version }) }
    at.surface.refuse.open = over()
    await at.press(skip, TIM)
    at.surface.refuse.open = null
    await at.click(at.surface.last().drawing.blocks, 'Open it', TIM)
    expect(at.surface.window().callback_id).toBe('skip-step')
  })
})

describe('a start', () => {
  test('is confirmed to whoever pressed it, where they asked, after Slack has its answer', async () => {
    await using at = await openHandlers()
    await at.slash('/run', 'employee-onboarding', OLGA)
    expect(await at.submit({ email: 'jane@acme.example', name: 'Jane Doe' }, OLGA)).toEqual({ kind: 'close' })
    expect(at.surface.last()).toMatchObject({ to: 'one', channel: 'C0OPS' })
    expect(at.surface.last().words).toMatch(/Started for Jane Doe.*Its card is in/)
    await at.click(at.surface.last().drawing.blocks, 'Show', OLGA)
    expect(at.surface.last().words).toContain('All 3 steps finished')
  })

  test('that cannot be made keeps what was entered behind a button that leads back', async () => {
    await using at = await openHandlers()
    const start = handlers.modals.find(({ callback }) => callback === 'start-run')
    await at.slash('/run', 'employee-onboarding', OLGA)
    const values = { name: { value: { type: 'plain_text_input', value: 'Jane Doe' } } }
    const metadata = at.surface.window().private_metadata ?? ''
    const place = { team: OLGA.team, user: OLGA.user, channel: null, threadTs: null, responseUrl: null }
    const who = { team: OLGA.team, user: OLGA.user, homeTeam: null, place }
    const draft = start?.draft?.({ ...who, viewId: 'V1', values, metadata }, at.ports) ?? []
    await at.click(draft, 'Back to the form', OLGA, { nowhere: true, view: inModal(at) })
    expect(at.surface.order.at(-1)).toBe('update')
    expect(JSON.stringify(at.surface.window())).toContain('"initial_value":"Jane Doe"')
  })
})

describe('a field on which others depend', () => {
  const change = async (at: At, values: Record<string, unknown>, who = OLGA) => {
    const pressed = { type: 'radio_buttons', action_id: 'value', block_id: 'employmentType' }
    await at.press(pressed, who, { nowhere: true, view: inModal(at, values) })
    await settle()
  }
  const typed = (value: string) => ({ value: { type: 'email_text_input', value } })
  const chosen = (value: string) => ({ value: { type: 'radio_buttons', selected_option: { value } } })

  test('shows and hides them, and keeps what was entered', async () => {
    await using at = await openHandlers({ workflows: realWorkflows })
    await at.slash('/onboard', 'Jane Doe', OLGA)
    const fields = () => at.surface.window().blocks.flatMap(({ block_id: id }) => id ?? [])
    expect(fields()).not.toContain('lastDay')
    await change(at, { name: typed('Jane Roe'), employmentType: chosen('contractor') })
    expect(fields()).toContain('lastDay')
    expect(JSON.stringify(at.surface.window())).toContain('"initial_value":"Jane Roe"')
    await change(at, { name: typed('Jane Roe'), employmentType: chosen('employee') })
    expect(fields()).not.toContain('lastDay')
  })

  test('tells of a run that is open already as soon as the address is known', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    await at.begin()
    await at.slash('/run', 'employee-onboarding', OLGA)
    await change(at, { email: typed(' JANE@acme.example') })
    expect(wordsOf(at.surface.window().blocks)).toContain('is not finished yet')
    await change(at, { email: typed('ann@acme.example') })
    expect(wordsOf(at.surface.window().blocks)).not.toContain('is not finished yet')
  })

  test('does nothing in a window that is gone, or for those who may not', async () => {
    await using at = await openHandlers()
    await at.slash('/run', 'employee-onboarding', OLGA)
    at.surface.refuse.update = new PermanentFailure({
      ...{ code: 'hash-conflict', message: 'Somebody was faster.', hint: 'None.' },
      where: { service: 'slack', operation: 'views.update', status: 200 },
    })
    await change(at, {})
    at.surface.refuse.update = null
    const before = at.surface.order.length
    await change(at, {}, NED)
    expect(at.surface.order).toHaveLength(before)
  })
})

describe('the shortcut on a message', () => {
  const use = async (at: At, text: string, who = OLGA) => {
    const place = { team: who.team, user: who.user, channel: 'C0OPS', threadTs: null, responseUrl: null }
    const call = { team: who.team, user: who.user, homeTeam: null, place, triggerId: 'T1', text }
    await handlers.shortcuts[0]?.handle(call, at.ports)
  }

  test('opens the form of the only process, filled in with what the message says', async () => {
    await using at = await openHandlers({ workflows: realWorkflows })
    await use(
      at,
      'please onboard Jane Doe <mailto:jane@acme.example|jane@acme.example>, a designer, from 2026-12-01 for <@U0MAYA>',
    )
    const form = JSON.stringify(at.surface.window())
    for (const word of ['"Jane Doe"', '"jane@acme.example"', '"2026-12-01"', '"U0MAYA"', '"initial_option"']) {
      expect(form).toContain(word)
    }
  })

  test('asks which one where there are several, and goes on in the same window', async () => {
    const [real] = realWorkflows
    if (!real) throw new Error('no workflow')
    await using at = await openHandlers({ workflows: [real, { ...real, name: 'another', title: 'Another' }] })
    await use(at, 'onboard Jane Doe')
    expect(wordsOf(at.surface.window().blocks)).toMatch(/Which one\?.*Employee onboarding.*Another/)
    await at.click(blocksOf(at), 'Another', OLGA, { nowhere: true, view: inModal(at) })
    expect(at.surface.order.at(-1)).toBe('update')
    expect(JSON.stringify(at.surface.window())).toContain('"Jane Doe"')
  })

  test('tells those who may start nothing', async () => {
    await using at = await openHandlers()
    await use(at, 'onboard Jane Doe', MAYA)
    expect(at.surface.last().words).toContain('You may not start a process')
    await use(at, 'onboard Jane Doe', GUS)
    expect(at.surface.last().words).toContain('Guests may not')
  })
})

describe('an invitation to a channel', () => {
  test('is answered with what Purser is for, and three ways to begin', async () => {
    await using at = await openHandlers()
    const place = { team: OLGA.team, user: OLGA.user, channel: 'C0NEW', threadTs: null, responseUrl: null }
    await handlers.joined({ team: OLGA.team, user: OLGA.user, homeTeam: null, place, channel: 'C0NEW' }, at.ports)
    const { blocks } = at.surface.last().drawing
    expect(at.surface.last()).toMatchObject({ to: 'all' })
    await at.click(blocks, 'Start a process', OLGA)
    expect(at.surface.last().words).toContain('What would you like to start?')
    await at.click(blocks, 'What is stuck?', MAYA)
    expect(at.surface.last().words).toContain('Nothing is stuck')
    await at.click(blocks, 'What is stuck?', NED)
    expect(at.surface.last().words).toContain('You may not see')
    await at.click(blocks, 'What can I do here?', NED)
    expect(at.surface.last()).toMatchObject({ to: 'one' })
    expect(at.surface.last().words).toContain('Commands')
  })
})
