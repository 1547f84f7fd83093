import type { KnownBlock } from '@slack/types'
import { describe, expect, test } from 'vitest'
import { askCardId, type RunCard } from '../../src/domain/card.ts'
import { RunId, type TeamId } from '../../src/domain/ids.ts'
import type { Run } from '../../src/domain/run.ts'
import { type KeptAbsences, keepAbsences } from '../../src/slack/absence/keep-absences.ts'
import { listAsks } from '../../src/slack/ask/list-asks.ts'
import { drawCard } from '../../src/slack/draw-card.ts'
import { drawContext } from '../../src/slack/handler.ts'
import { testRules } from '../support/test-rules.ts'
import { settle } from '../support/turns.ts'
import { expectMessage, wordsOf } from '../views/drawn.ts'
import { alertWords } from './alert-words.ts'
import { request } from './approval-workflow.ts'
import { asked, openAsked, told } from './open-asked.ts'
import { MAYA, NED, OLGA, type openHandlers, TIM } from './open-handlers.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

type At = Awaited<ReturnType<typeof openHandlers>>

async function cardOf(at: At, of: Run) {
  const run = await at.run(of)
  const step = await at.step(of, 'ok')
  const card = { kind: 'ask', step: step.key, line: null, id: askCardId(run.id, step.key) } as RunCard
  const policy = (name: string) => testRules().policy('equipment', name)
  const drawing = drawCard(card, { run, definition: request, policy, today: 1, asked: [] }, drawContext(at.ports))
  if (!drawing) throw new Error('there is no card')
  expectMessage(drawing)
  return { blocks: drawing.blocks, words: wordsOf(drawing.blocks) }
}

/** Days of the fake clock's month, by the clocks of Berlin. */
const dayFrom = (at: At, days: number): string => new Date(at.clock.now() + days * DAY).toISOString().slice(0, 10)

describe('/purser away', () => {
  test('has somebody else asked for what is open, and says so on the card; /purser back asks both', async () => {
    await using at = await openAsked()
    const run = await at.begin()
    await told(at)
    await at.slash('/purser', `away until ${dayFrom(at, 3)} <@${TIM.user}|tim>`, MAYA)
    expect(at.surface.shown.at(-1)?.words).toContain('Tim Teammate is asked in your place')
    expect(await asked(at, run)).toEqual([TIM.user])
    expect((await cardOf(at, run)).words).toMatch(
      /Asked of Tim Teammate while Maya Manager is away until .* \(as they said\)/,
    )
    expect((await listAsks(at.ports, TIM)).map(({ step }) => step.key)).toEqual(['ok'])
    expect((await listAsks(at.ports, MAYA)).map(({ step }) => step.key)).toEqual(['ok'])
    await at.slash('/purser', 'back', MAYA)
    expect(await asked(at, run)).toEqual([MAYA.user, TIM.user])
    expect((await cardOf(at, run)).words).toContain(
      'Maya Manager is back; Tim Teammate, asked meanwhile, may still answer',
    )
    await at.click((await cardOf(at, run)).blocks, 'Approve', TIM)
    expect(await at.step(run, 'ok')).toMatchObject({ status: 'succeeded', decisions: [{ for: MAYA.user }] })
    expect(await at.kinds()).toEqual(expect.arrayContaining(['absence.said', 'absence.ended', 'step.rerouted']))
  })

  test('ends by itself when its time is over, and holds for what begins meanwhile', async () => {
    await using at = await openAsked()
    await at.slash('/purser', `away for 2h @tim`, MAYA)
    const run = await at.begin()
    await told(at)
    expect(await asked(at, run)).toEqual([TIM.user])
    await at.clock.advance(2 * HOUR)
    await told(at)
    expect(await asked(at, run)).toEqual([MAYA.user, TIM.user])
  })

  test.each([
    ['away until yesterday', /There is nobody called|not understood/],
    ['away until 2020-01-01', /not understood, or is over/],
    ['away @maya', /cannot stand in for yourself/],
    ['away @nobody', /nobody called/],
    ['away @gus', /Guests/],
  ])('is told what is wrong with “%s”, and changes nothing', async (text, words) => {
    await using at = await openAsked()
    await at.slash('/purser', text, MAYA)
    expect(at.surface.shown.at(-1)?.words).toMatch(words)
    expect(at.ports.absences.of(MAYA.user)).toBeNull()
  })

  test('survives a restart', async () => {
    await using at = await openAsked()
    await at.slash('/purser', 'away @tim', MAYA)
    const rows = await at.store.absences(MAYA.team)
    expect(rows).toMatchObject([{ user: MAYA.user, until: null, to: TIM.user, here: false }])
  })

  test('can be said on the Home tab, and taken back there', async () => {
    await using at = await openAsked()
    const run = await at.begin()
    await told(at)
    await at.home(MAYA)
    await at.click((at.surface.homes.at(-1)?.blocks ?? []) as KnownBlock[], 'I am away…', MAYA, { nowhere: true })
    expect(await at.submit({ until: dayFrom(at, -1) }, MAYA)).toMatchObject({ errors: { until: expect.any(String) } })
    expect(await at.submit({ until: dayFrom(at, 4), person: TIM.user }, MAYA)).toEqual({ kind: 'close' })
    expect(await asked(at, run)).toEqual([TIM.user])
    const home = at.surface.homes.at(-1)
    expect(wordsOf(home?.blocks ?? [])).toContain('You are away')
    await at.click((home?.blocks ?? []) as KnownBlock[], 'I am back', MAYA, { nowhere: true })
    expect(at.ports.absences.of(MAYA.user)).toBeNull()
  })
})

describe('rules', () => {
  test('say who is away from when to when, by whole days where the person is', async () => {
    await using at = await openAsked()
    const from = dayFrom(at, 1)
    const away = [{ person: 'maya@acme.example', from, to: from, delegate: 'tim@acme.example' }]
    Object.assign(at.ports.rules.current(), { absences: { away, standIns: [], fallback: null, statuses: [] } })
    at.kept.onRules()
    const run = await at.begin()
    await told(at)
    expect(await asked(at, run)).toEqual([MAYA.user])
    // Berlin is an hour ahead of UTC.
    await at.clock.advance(Date.parse(`${from}T00:00:00Z`) - HOUR - at.clock.now())
    await told(at)
    expect(await asked(at, run)).toEqual([TIM.user])
    expect((await cardOf(at, run)).words).toContain('(by the rules)')
    await at.clock.advance(DAY)
    await told(at)
    expect(await asked(at, run)).toEqual([MAYA.user, TIM.user])
  })

  test('that are new have Slack asked anew at once what it says of people: groups may be others now', async () => {
    await using at = await openAsked()
    await at.begin()
    await told(at)
    at.people(MAYA, { isDeactivated: true })
    await at.clock.advance(HOUR / 60)
    await told(at)
    expect(at.ports.absences.of(MAYA.user)).toBeNull()
    Object.assign(at.ports.rules.current(), { version: 2 })
    at.kept.onRules()
    await told(at)
    expect(at.ports.absences.of(MAYA.user)).toMatchObject({ why: 'deactivated' })
  })

  test('do not keep somebody away who says that they are back', async () => {
    await using at = await openAsked()
    const away = [{ person: 'maya@acme.example', from: dayFrom(at, -1), to: dayFrom(at, 2), delegate: null }]
    Object.assign(at.ports.rules.current(), { absences: { away, standIns: [], fallback: null, statuses: [] } })
    at.kept.onRules()
    await at.begin()
    await told(at)
    expect(at.ports.absences.of(MAYA.user)).toMatchObject({ why: 'rules' })
    await at.slash('/purser', 'back', MAYA)
    expect(at.ports.absences.of(MAYA.user)).toBeNull()
    await at.clock.advance(HOUR)
    await told(at)
    expect(at.ports.absences.of(MAYA.user)).toBeNull()
  })
})

describe('what Slack says', () => {
  test('of somebody who has left is noticed, told as an alert when nobody takes over, and can be mended', async () => {
    await using at = await openAsked()
    const run = await at.begin()
    await told(at)
    expect(at.kept.outOfReach()).toEqual([])
    at.people(MAYA, { isDeactivated: true })
    await at.clock.advance(10 * 60_000)
    await told(at)
    expect(at.kept.outOfReach()).toMatchObject([
      { run: run.id, step: 'ok', matter: { kind: 'out-of-reach', of: 'approval' } },
    ])
    const { id, words: alert } = await alertWords(at)
    expect(alert).toContain('Please look: too few people are there to answer')
    expect(alert).toMatch(/Jane Doe · Equipment · run \w{8}/)
    expect(alert).toContain('Approval has been waiting for people who are away or gone, and cannot get the approvals')
    expect(alert).toContain('Hand it to somebody else on its card; whoever may escalate can')
    const card = await cardOf(at, run)
    expect(card.words).toContain('Too many of those who may decide are away or gone')
    await at.click(card.blocks, 'Ask somebody else…', NED)
    expect(at.surface.windows).toHaveLength(0)
    await at.click(card.blocks, 'Ask somebody else…', TIM)
    expect(await at.submit({ person: NED.user }, TIM)).toEqual({ kind: 'close' })
    await told(at)
    expect(at.kept.outOfReach()).toEqual([])
    expect((await alertWords(at, id)).words).toMatch(
      /Settled: too few people were there to answer.*What was wrong.*waited for.*Settled 2026/s,
    )
    await at.click((await cardOf(at, run)).blocks, 'Approve', NED)
    expect(await at.step(run, 'ok')).toMatchObject({ status: 'succeeded' })
  })

  test('counts as an absence when the status is one that the rules name, until the status ends', async () => {
    await using at = await openAsked({
      statuses: ['palm_tree'],
      standIns: [{ person: 'maya@acme.example', delegate: 'olga@acme.example' }],
    })
    // Olga starts runs in these tests, and never approves her own.
    const run = await at.begin({ by: TIM })
    await told(at)
    at.people(MAYA, { status: { emoji: 'palm_tree', until: at.clock.now() + HOUR } })
    await at.clock.advance(10 * 60_000)
    await told(at)
    expect(await asked(at, run)).toEqual([OLGA.user])
    at.people(MAYA, { status: { emoji: 'palm_tree', until: at.clock.now() } })
    await at.clock.advance(HOUR)
    await told(at)
    expect(await asked(at, run)).toEqual([MAYA.user, OLGA.user])
  })

  test('goes on counting while Slack does not answer', async () => {
    await using at = await openAsked()
    await at.slash('/purser', 'away @tim', MAYA)
    const run = await at.begin()
    await told(at)
    at.people(MAYA, { isDeactivated: true })
    await at.clock.advance(10 * 60_000)
    await told(at)
    at.people(MAYA, null)
    await at.clock.advance(20 * 60_000)
    await told(at)
    expect(at.ports.absences.of(MAYA.user)).toMatchObject({ why: 'deactivated', to: TIM.user })
    expect(await asked(at, run)).toEqual([TIM.user])
  })
})

describe('runs that are told who is away', () => {
  /** Two runs that ask Maya; what `reroute` does first is given. */
  async function two(before: (run: RunId, kept: KeptAbsences) => void) {
    const at = await openAsked()
    const run = await at.begin()
    await told(at)
    const first = await at.run(run)
    const runs: Run[] = [first, { ...first, id: RunId.parse(at.ports.ids.run()) }]
    const rerouted: RunId[] = []
    const engine = {
      run: async (_team: TeamId, id: RunId) => runs.find((each) => each.id === id) ?? null,
      reroute: async (_team: TeamId, id: RunId) => {
        rerouted.push(id)
        before(id, kept)
        return false
      },
    }
    const { ledger, rules, clock, ids } = at.ports
    const directory = { people: async () => [], byAddress: async () => null, membersOf: async () => [] }
    const errors: unknown[] = []
    const onError = (error: unknown): void => void errors.push(error)
    const team = MAYA.team
    const kept = keepAbsences({
      store: at.store,
      engine,
      directory,
      ledger,
      rules,
      clock,
      ids,
      team,
      onError,
    })
    const wait = async (ms: number): Promise<void> => {
      await at.clock.advance(ms)
      await settle()
      await kept.idle()
    }
    return { at, runs, rerouted, errors, kept, wait }
  }

  test('are told again when they move while others are told', async () => {
    let moved: RunId | null = null
    const { at, runs, rerouted, kept, wait } = await two((id, each) => {
      const one = runs.find((run) => run.id === moved)
      if (one && rerouted.length === 2) each.onPeople(one)
      moved ??= id
    })
    await using _ = at
    for (const run of runs) kept.onPeople(run)
    kept.start()
    await wait(0)
    expect(rerouted).toHaveLength(2)
    await wait(200)
    expect(rerouted).toEqual([rerouted[0], rerouted[1], rerouted[0]])
    await kept.stop()
  })

  test('are told later when that could not be written down, and so are those behind them', async () => {
    let isBroken = false
    const { at, runs, rerouted, errors, kept, wait } = await two(() => {
      if (!isBroken) return
      isBroken = false
      throw new Error('not now')
    })
    await using _ = at
    for (const run of runs) kept.onPeople(run)
    kept.start()
    await wait(0)
    rerouted.length = 0
    isBroken = true
    await kept.absences.away({ team: MAYA.team, user: MAYA.user, from: 0, until: null, to: TIM.user, here: false })
    expect([errors.length, rerouted.length]).toEqual([1, 1])
    await wait(60_000)
    expect([...new Set(rerouted)].sort()).toEqual(runs.map(({ id }) => id).sort())
    await kept.stop()
  })
})
