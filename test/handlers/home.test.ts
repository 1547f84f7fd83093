import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { workflow } from '../../src/engine/define-workflow.ts'
import { onWire, refusing, vendor } from '../engine/scripted-egress.ts'
import { settle } from '../support/turns.ts'
import { wordsOf } from '../views/drawn.ts'
import { MAYA, NED, OLGA, openHandlers, TIM } from './open-handlers.ts'

type At = Awaited<ReturnType<typeof openHandlers>>
type Blocks = Parameters<At['click']>[0]

const home = (at: At) => {
  const view = at.surface.homes.at(-1)
  if (!view) throw new Error('no Home was drawn')
  return { words: wordsOf(view.blocks), blocks: view.blocks as Blocks, metadata: view.private_metadata ?? '' }
}

const view = (at: At) => ({ type: 'home' as const, id: 'V1', hash: 'h', metadata: home(at).metadata, values: {} })

async function choose(at: At, action: string, value: string, who = OLGA): Promise<string> {
  const pressed = { type: 'static_select', action_id: action, selected_option: { value } }
  await at.press(pressed, who, { nowhere: true, view: view(at) })
  return home(at).words
}

/** As the sample, with a manager in its form. */
const withManager = workflow(
  {
    name: 'employee-onboarding',
    version: 1,
    title: 'Employee onboarding',
    input: z.object({ email: z.email(), name: z.string(), role: z.string().optional() }),
    subject: ({ email, name }) => ({ key: email, label: name }),
    manager: ({ role }) => role ?? null,
  },
  ({ step }) => {
    step('mail', {
      title: 'Open the mailbox',
      uses: [vendor],
      output: z.object({ id: z.string() }),
      run: ({ use }) => use(vendor).make(),
    })
  },
)

describe('the App Home', () => {
  test('does not say that nothing is under way below a run that is stuck', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    await at.begin()
    await at.home(OLGA)
    expect(home(at).words).toMatch(/Needs somebody.*Nothing else is under way/s)
  })

  test('is drawn again when something that it shows changes, for those who opened it of late', async () => {
    await using at = await openHandlers()
    await at.home(OLGA)
    expect(home(at).words).toContain('Nothing is under way')
    const wire = onWire()
    at.script.plan('mail', wire.behaviour)
    await at.begin()
    expect(at.surface.homes).toHaveLength(1)
    await at.clock.advance(3_000)
    expect(at.surface.homes).toHaveLength(2)
    expect(home(at).words).toContain('Jane Doe · Employee onboarding')
    // The same once more is not sent.
    at.ports.home.nudge()
    await at.clock.advance(3_000)
    expect(at.surface.homes).toHaveLength(2)
    wire.answer('done')
    await settle()
    await at.clock.advance(11 * 60_000)
    expect(at.surface.homes).toHaveLength(3)
    await at.begin({ email: 'ann@acme.example', name: 'Ann Other' })
    await at.clock.advance(3_000)
    expect(at.surface.homes).toHaveLength(3)
  })

  test('says to those who may act which cards stand nowhere, and why', async () => {
    await using at = await openHandlers()
    const run = await at.begin()
    const [card] = await at.store.cardsOf(run.id)
    if (!card) throw new Error('no card was asked for')
    await at.home(OLGA)
    expect(home(at).words).not.toContain('cannot be shown')
    const refused = { ts: null, channelId: null, digest: null, detour: null, left: null, late: null }
    const painted = { team: card.team, id: card.id, revision: 0, ...refused, undeliverable: 'The channel is archived' }
    await at.store.commit({ at: at.clock.now(), entries: [], painted })
    await at.home(OLGA)
    expect(home(at).words).toMatch(
      /cannot be shown where they belong 1 card for .*The channel is archived\. Nobody sees/,
    )
    await at.home(MAYA)
    expect(home(at).words).not.toContain('cannot be shown')
  })

  test('makes one drawing of many changes, and asks for the rights each time', async () => {
    await using at = await openHandlers()
    await at.home(MAYA)
    for (let n = 0; n < 10; n++) await at.begin({ email: `p${n}@acme.example`, name: `Person ${n}` })
    await at.clock.advance(3_000)
    expect(at.surface.homes).toHaveLength(2)
    at.ports.rules.current().may = () => false
    at.ports.home.nudge()
    await at.clock.advance(3_000)
    expect(home(at).words).not.toContain('finished, half of them')
  })

  test('retries a stuck run with one press, and shows what follows at once', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    const run = await at.begin()
    await at.home(TIM)
    await at.click(home(at).blocks, 'Retry', TIM, { nowhere: true, view: view(at) })
    expect((await at.run(run)).status).toBe('succeeded')
    expect(home(at).words).toContain('Nothing needs you')
  })

  test('is narrowed down by menus, which stay as they were chosen when it is drawn anew', async () => {
    await using at = await openHandlers()
    for (const name of ['Ann', 'Bob']) {
      at.script.plan('mail', onWire().behaviour)
      await at.begin({ email: `${name}@acme.example`, name })
    }
    at.script.plan('mail', refusing)
    await at.begin({ email: 'cleo@acme.example', name: 'Cleo' })
    await at.home(MAYA)
    expect(home(at).words).toMatch(/Stuck, with others.*Cleo.*Under way: 2/s)
    expect(await choose(at, 'home.state', 'running', MAYA)).not.toContain('Cleo')
    expect(await choose(at, 'home.whose', 'mine', MAYA)).toContain('Nothing that fits the menus above')
    at.ports.home.nudge()
    await at.clock.advance(3_000)
    expect(home(at).words).toContain('Nothing that fits the menus above')
    expect(JSON.parse(home(at).metadata)).toMatchObject({ whose: 'mine', state: 'running', page: 0 })
    expect(await choose(at, 'home.whose', 'all', OLGA)).toContain('Under way: 2')
    expect(await choose(at, 'home.workflow', 'another', OLGA)).toContain('Nothing that fits')
  })

  test('has pages', async () => {
    await using at = await openHandlers()
    for (let n = 1; n <= 19; n++) {
      at.script.plan('account', onWire().behaviour)
      await at.begin({ email: `p${n}@acme.example`, name: `Person ${String(n).padStart(2, '0')}` })
    }
    await at.home(OLGA)
    expect(home(at).words).toMatch(/Under way: 19.*Person 19.*Person 12.*Older \(page 1 of 3\)/s)
    await at.click(home(at).blocks, 'Older (page 1 of 3)', OLGA, { nowhere: true, view: view(at) })
    await at.click(home(at).blocks, 'Older (page 2 of 3)', OLGA, { nowhere: true, view: view(at) })
    expect(home(at).words).toMatch(/Person 03.*Person 01.*Newer/s)
    expect(home(at).words).not.toContain('Person 12')
  })

  test('shows a manager the processes of their people, whatever the rules allow, and nobody else’s', async () => {
    await using at = await openHandlers({ workflows: [withManager] })
    at.script.plan('mail', refusing)
    await at.begin({ email: 'jane@acme.example', name: 'Jane Doe', role: NED.user })
    at.script.plan('mail', refusing)
    await at.begin({ email: 'ann@acme.example', name: 'Ann Other', role: TIM.user })
    await at.home(NED)
    expect(home(at).words).toContain('Jane Doe')
    expect(home(at).words).not.toContain('Ann Other')
    await at.say('what is stuck?', NED)
    expect(at.surface.last().words).toContain('Jane Doe')
    expect(at.surface.last().words).not.toContain('Ann Other')
    await at.say('how is Ann Other?', NED)
    expect(at.surface.last().words).toContain('Nothing is known about “Ann Other”')
    await at.click(home(at).blocks, 'Show', NED, { nowhere: true })
    expect(wordsOf(at.surface.window().blocks)).toContain('Jane Doe')
    await at.home(MAYA)
    expect(await choose(at, 'home.whose', 'people', MAYA)).not.toContain('Jane Doe')
  })
})
