import { describe, expect, test } from 'vitest'
import type { Routed, Rules } from '../../src/rules/rules.ts'
import { TEAM } from '../support/test-ids.ts'
import { settle } from '../support/turns.ts'
import { MAYA, OLGA, openHandlers, TIM } from './open-handlers.ts'

const BY = { kind: 'machine', part: 'hook', name: 'contracts' } as const

/** Something came that the rules cannot use; `routed` is what they say of it from then on. */
async function open() {
  const says: { routed: Routed } = { routed: { kind: 'nothing' } }
  const hook: Rules['hook'] = () => ({
    ...{ signature: 'standard-webhooks', idOf: () => null, typeOf: () => null },
    route: () => says.routed,
  })
  const at = await openHandlers({ rules: { hook } })
  await at.inbox.start()
  const came = async (event: string) => {
    const content = { kind: 'webhook', body: '{"name":"Jane <!channel>"}', headers: {}, query: {} } as const
    const receipt = await at.inbox.receive({ team: TEAM, source: 'contracts', event, type: 'hired', content, by: BY })
    if (receipt.kind === 'new') await at.inbox.settle(TEAM, receipt.item)
  }
  await came('evt-1')
  return {
    at,
    says,
    came,
    [Symbol.asyncDispose]: async () => {
      await settle()
      await at.inbox.stop()
      await at[Symbol.asyncDispose]()
    },
  }
}

const START: Routed = {
  kind: 'start',
  workflow: 'employee-onboarding',
  input: { email: 'jane@acme.example', name: 'Jane Doe' },
}

describe('/purser inbox', () => {
  test('says what came, when, and why nothing has become of it', async () => {
    await using opened = await open()
    const { at } = opened
    await at.slash('/purser', 'inbox', OLGA)
    expect(at.surface.last().words).toContain('1 thing that came from outside waits')
    expect(at.surface.last().words).toContain('contracts hired')
    expect(at.surface.last().words).toContain('No condition of the hook contracts holds for it.')
  })

  test('says that nothing waits', async () => {
    await using at = await openHandlers()
    await at.slash('/purser', 'inbox', OLGA)
    expect(at.surface.last().words).toContain('Everything that came from outside has been dealt with')
  })

  test('is for those who may start processes, and so are its buttons', async () => {
    await using opened = await open()
    const { at } = opened
    await at.slash('/purser', 'inbox', MAYA)
    expect(at.surface.last().words).toContain('You may not start a process')
    await at.slash('/purser', 'inbox', OLGA)
    const { blocks } = at.surface.last().drawing
    await at.click(blocks, 'Try again', TIM)
    expect(at.surface.last().words).toContain('You may not start a process')
    await at.click(blocks, 'Dismiss…', TIM)
    expect(at.surface.last().words).toContain('You may not start a process')
    expect(await at.kinds()).not.toContain('inbox.retried')
  })

  test('tries again by the rules of today, and says what became of it', async () => {
    await using opened = await open()
    const { at, says } = opened
    await at.slash('/purser', 'inbox', OLGA)
    const { blocks } = at.surface.last().drawing
    await at.click(blocks, 'Try again', OLGA)
    expect(at.surface.last().words).toContain('it still waits: No condition')
    says.routed = START
    await at.click(blocks, 'Try again', OLGA)
    expect(at.surface.last().words).toMatch(/It worked: run \w{8} has it/)
    expect(await at.store.runs({ team: TEAM }, 9)).toHaveLength(1)
    await at.click(blocks, 'Try again', OLGA)
    expect(at.surface.last().words).toContain('taken by a run already')
    expect(await at.store.runs({ team: TEAM }, 9)).toHaveLength(1)
    expect((await at.kinds()).filter((kind) => kind.startsWith('inbox.'))).toEqual([
      'inbox.stuck',
      'inbox.retried',
      'inbox.stuck',
      'inbox.retried',
      'inbox.taken',
    ])
  })

  test('dismisses with a reason, which the ledger keeps with the name', async () => {
    await using opened = await open()
    const { at } = opened
    await at.slash('/purser', 'inbox', OLGA)
    const { blocks } = at.surface.last().drawing
    await at.click(blocks, 'Dismiss…', OLGA)
    expect(await at.submit({ reason: ' x ' }, OLGA)).toMatchObject({ kind: 'errors' })
    expect(await at.submit({ reason: 'A test of the sender' }, OLGA)).toEqual({ kind: 'close' })
    expect(await at.inbox.list(TEAM, 9)).toEqual([])
    expect(await at.submit({ reason: 'Once more' }, OLGA)).toMatchObject({ kind: 'update' })
    await at.click(blocks, 'Dismiss…', OLGA)
    expect(at.surface.last().words).toContain('dismissed already')
    const entries = await at.store.entries({ team: TEAM, kinds: ['inbox.dismissed'] }, null, 9)
    expect(entries).toHaveLength(1)
    expect(entries[0]?.core.actor).toBe(`slack:${TEAM}/${OLGA.user}`)
    const [opens] = entries.map((entry) => at.ledger.open(entry))
    expect(opens).toMatchObject({ kind: 'open', body: { reason: 'A test of the sender' } })
  })

  test('of one thing two people decide, and one of them is told that it is too late', async () => {
    await using opened = await open()
    const { at, says } = opened
    says.routed = START
    const [item] = await at.inbox.list(TEAM, 1)
    const asked = { team: TEAM, item: item?.item.id ?? '', by: BY }
    const answers = await Promise.all([
      at.inbox.tryAgain(asked),
      at.inbox.dismiss({ ...asked, reason: 'not needed' }),
      at.inbox.tryAgain(asked),
    ])
    expect(answers.map(({ kind }) => kind)).toEqual(['settled', 'gone', 'gone'])
  })
})
