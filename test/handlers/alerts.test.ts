import { describe, expect, test } from 'vitest'
import { drawContext } from '../../src/slack/handler.ts'
import { stormCard } from '../../views/cards/storm-card.ts'
import { refusing } from '../engine/scripted-egress.ts'
import { TEAM } from '../support/test-ids.ts'
import { MAYA, OLGA, openHandlers } from './open-handlers.ts'

describe('/purser failures', () => {
  test('says which cards could not be delivered, why, and whether they stand elsewhere', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    const run = await at.begin()
    const cards = await at.store.cardsOf(run.id)
    const [first] = cards
    if (!first) throw new Error('no card')
    const why = 'The channel is archived. Unarchive it, or name another one in the rules; then retry.'
    await at.store.commit({ at: 1, entries: [], painted: { ...first, undeliverable: why, detour: '#general' } })
    await at.slash('/purser', 'failures', MAYA)
    expect(at.surface.last()).toMatchObject({ to: 'one' })
    expect(at.surface.last().words).toContain('cannot be shown where they belong')
    expect(at.surface.last().words).toContain(`1 card for ${first.channel}: The channel is archived.`)
    expect(at.surface.last().words).toContain('Shown elsewhere meanwhile')
  })
})

describe('Try again beside cards that stand nowhere', () => {
  test('is on the Home, asks for rights to retry, has them tried and says so to whoever pressed it alone', async () => {
    await using at = await openHandlers()
    await at.home(MAYA)
    at.script.plan('mail', refusing)
    const run = await at.begin()
    const [first] = await at.store.cardsOf(run.id)
    if (!first) throw new Error('no card')
    const why = 'The channel is archived. Unarchive it.'
    await at.store.commit({ at: 1, entries: [], painted: { ...first, revision: 0, undeliverable: why } })
    await at.home(OLGA)
    const blocks = at.surface.homes.at(-1)?.blocks as Parameters<typeof at.click>[0]
    const button = 'Try again'
    await at.click(blocks, button, MAYA, { nowhere: true })
    expect(at.surface.last().words).toContain('You may not')
    expect(at.tried).toEqual([])
    await at.click(blocks, button, OLGA, { nowhere: true })
    await at.click(blocks, button, OLGA, { nowhere: true })
    expect(at.tried).toEqual([[first.id], [first.id]])
    expect(at.surface.last()).toMatchObject({ to: 'one' })
    expect(at.surface.last().words).toContain('Trying to show 1 card again')
    const card = await at.store.card(TEAM, first.id)
    await at.store.commit({ at: 2, entries: [], painted: { ...first, ...card, undeliverable: null, ts: '1.0' } })
    await at.click(blocks, button, OLGA, { nowhere: true })
    expect(at.surface.last().words).toContain('Every card is where it belongs already')
  })
})

describe('an alert that stands for many things', () => {
  test('lists them a page at a time to whoever presses, and names only what they may see', async () => {
    await using at = await openHandlers()
    const run = await at.begin()
    const now = at.clock.now()
    const matter = { kind: 'standstill' } as const
    const about = { team: TEAM, run: run.id, step: null, matter, since: now, raisedAt: now, settledAt: null }
    const alert = { ...about, id: 'storm', cause: 'standstill', movedAt: now }
    const cases = Array.from({ length: 45 }, (_, index) => ({
      ...{ kind: 'case' as const },
      case: { ...about, alert: 'storm', id: `case ${index}`, since: now + index },
    }))
    await at.store.commit({ at: now, entries: [], alerts: [{ kind: 'raise', alert }, ...cases] })
    const count = { total: 45, open: 45, since: now }
    const card = stormCard({ alert, count, oldest: [] }, drawContext(at.ports))
    await at.click(card.blocks, 'Show them all', OLGA)
    expect(at.surface.last()).toMatchObject({ to: 'one' })
    expect(at.surface.last().words).toContain('1 to 20 of 45')
    expect(at.surface.last().words).toContain('Jane Doe')
    await at.click(at.surface.last().drawing.blocks, 'Next', OLGA)
    expect(at.surface.last().words).toContain('21 to 40 of 45')
    await at.click(at.surface.last().drawing.blocks, 'Next', OLGA)
    expect(at.surface.last().words).toContain('41 to 45 of 45')
    expect(at.surface.last().words).not.toContain('Next')
  })
})

describe('/purser stats', () => {
  test('says how long alerts took, and how many were late', async () => {
    await using at = await openHandlers()
    await at.slash('/purser', 'stats', MAYA)
    expect(at.surface.last().words).toContain('No alert was shown in Slack')
    const { ids } = at.ports
    await at.ledger.record(
      [1_000, 2_000, 70_000].map((ms) => ({
        ...{ id: ids.entry(), at: at.clock.now(), team: TEAM, kind: 'alert.accepted' as const },
        ...{ actor: 'purser:painter', subjects: [], facts: { card: 'failure', ms, late: ms > 60_000 } },
      })),
    )
    await at.slash('/purser', 'stats', MAYA)
    expect(at.surface.last().words).toMatch(/3 alerts in Slack.*median 2 s, .*slowest 1 min 10 s/)
    expect(at.surface.last().words).toContain('1 came later than 60 s')
    expect(at.surface.last().words).not.toContain('stood for')
  })

  test('says how many things the alerts stood for, and what is open now', async () => {
    await using at = await openHandlers()
    const now = at.clock.now()
    const { ids } = at.ports
    const facts = { card: 'alert', ms: 900, late: false, things: 1_286 }
    await at.ledger.record(
      [facts, { ...facts, things: 1 }].map((each) => ({
        ...{ id: ids.entry(), at: now, team: TEAM, kind: 'alert.accepted' as const, actor: 'purser:painter' },
        ...{ subjects: [], facts: each },
      })),
    )
    const matter = { kind: 'standstill' } as const
    const about = { team: TEAM, run: null, step: null, matter, since: now, raisedAt: now, settledAt: null }
    const raise = { kind: 'raise', alert: { ...about, id: 'storm', cause: 'standstill', movedAt: now } } as const
    const cases = ['a', 'b'].map((id) => ({ kind: 'case', case: { ...about, alert: 'storm', id } }) as const)
    await at.store.commit({ at: now, entries: [], alerts: [raise, ...cases] })
    await at.slash('/purser', 'stats', MAYA)
    expect(at.surface.last().words).toContain('2 alerts in Slack')
    expect(at.surface.last().words).toContain('They stood for 1287 things')
    expect(at.surface.last().words).toContain('Open now: 1 alert of what did not happen, for 2 things')
  })
})
