import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { askCardId, type RunCard } from '../../src/domain/card.ts'
import type { Run } from '../../src/domain/run.ts'
import { inWords, workflow } from '../../src/engine/define-workflow.ts'
import type { Rules } from '../../src/rules/rules.ts'
import { listAsks } from '../../src/slack/ask/list-asks.ts'
import { drawCard } from '../../src/slack/draw-card.ts'
import { drawContext } from '../../src/slack/handler.ts'
import { vendor } from '../engine/scripted-egress.ts'
import { APPROVAL, testRules } from '../support/test-rules.ts'
import { expectMessage, expectView, wordsOf } from '../views/drawn.ts'
import { GUS, MAYA, NED, OLGA, openHandlers, TIM } from './open-handlers.ts'

const DAY = 86_400_000

/** ok (approval) → make → install (task) → start (a day) → welcome. */
const equipment = workflow(
  {
    name: 'employee-onboarding',
    version: 1,
    title: 'Equipment',
    input: z.object({ email: z.email(), name: z.string().meta({ title: 'Name' }) }),
    subject: ({ email, name }) => ({ key: email, label: name }),
  },
  ({ step, approval, task, until }) => {
    const make = { uses: [vendor], output: z.object({ id: z.string() }) } as const
    const ok = approval('ok', { title: 'Manager’s approval' })
    const made = step('make', { ...make, title: 'Make it', after: [ok], run: ({ use }) => use(vendor).make() })
    const install = task('install', {
      title: 'Install it',
      needs: [made],
      instructions: ({ input, from }) => `Install ${from(made).id} for ${input.name}.`,
      evidence: inWords,
    })
    const start = until('start', { title: 'First day', after: [install], at: () => '2026-11-28', onWorkingDay: true })
    step('welcome', { ...make, title: 'Welcome', after: [start], run: ({ use }) => use(vendor).make() })
  },
)

type At = Awaited<ReturnType<typeof openHandlers>>

const open = (rules: Partial<Rules> = {}) => openHandlers({ workflows: [equipment], rules })

/** The card on which people are asked, as it stands now. */
async function cardOf(at: At, of: Run, key: string) {
  const run = await at.run(of)
  const step = await at.step(of, key)
  const card = { kind: 'ask', step: step.key, line: null, id: askCardId(run.id, step.key) } as RunCard
  const policy = (name: string) => testRules().policy('equipment', name)
  const drawing = drawCard(card, { run, definition: equipment, policy, today: 1, asked: [] }, drawContext(at.ports))
  if (!drawing) throw new Error(`there is no card for ${key}`)
  expectMessage(drawing)
  return { blocks: drawing.blocks, words: wordsOf(drawing.blocks) }
}

describe('a request that people carry through', () => {
  test('goes from approval over a step and a task to its day, and each says so on its card', async () => {
    await using at = await open()
    const run = await at.begin()
    const approval = await cardOf(at, run, 'ok')
    expect(approval.words).toContain('Approval needed: Manager’s approval')
    expect(approval.words).toContain('Name: Jane Doe')
    await at.click(approval.blocks, 'Approve', MAYA)
    expect(at.surface.shown).toEqual([])
    expect((await cardOf(at, run, 'ok')).words).toContain('Approved by Maya Manager')

    const task = await cardOf(at, run, 'install')
    expect(task.words).toContain('Install make-1 for Jane Doe.')
    await at.click(task.blocks, 'Done…', OLGA)
    expectView(at.surface.window())
    expect(await at.submit({ evidence: 'x' }, OLGA)).toMatchObject({
      errors: { evidence: expect.stringMatching(/three/) },
    })
    expect(await at.submit({ evidence: 'It is on her desk.' }, OLGA)).toEqual({ kind: 'close' })
    expect((await cardOf(at, run, 'install')).words).toContain('What was done? It is on her desk.')

    await at.slash('/process', 'Jane', MAYA)
    // What it waits for stands with its step, and not in the status too.
    expect(at.surface.last().words).toContain('Waiting: First day.')
    expect(at.surface.last().words).toMatch(/First day.*waits until/s)
    // Monday, 30 November, nine by the clocks of Berlin.
    await at.clock.advance(Date.UTC(2026, 10, 30, 8) - at.clock.now() - 1)
    expect((await at.run(run)).status).toBe('waiting')
    await at.clock.advance(1)
    expect((await at.run(run)).status).toBe('succeeded')
    expect(await at.kinds()).toEqual(expect.arrayContaining(['decision.approve', 'decision.complete']))
  })

  test('ends when it is refused, with the reason for all to read', async () => {
    await using at = await open()
    const run = await at.begin()
    const { blocks } = await cardOf(at, run, 'ok')
    await at.click(blocks, 'Refuse…', MAYA)
    expect(wordsOf(at.surface.window().blocks)).toContain('4 later steps will not happen')
    expect(await at.submit({ reason: ' ' }, MAYA)).toMatchObject({ kind: 'errors' })
    expect(await at.submit({ reason: 'There is a spare one.' }, MAYA)).toEqual({ kind: 'close' })
    expect(await at.run(run)).toMatchObject({ status: 'refused' })
    await at.slash('/process', 'Jane', MAYA)
    expect(at.surface.last().words).toContain('Manager’s approval refused by Maya Manager')
    expect(at.surface.last().words).toContain('There is a spare one.')
    await at.click(blocks, 'Approve', MAYA)
    expect(at.surface.last()).toMatchObject({ to: 'one' })
    expect(at.surface.last().words).toContain('Maya Manager refused it')
  })
})

describe('what somebody is asked', () => {
  test('is found however many newer runs there are', async () => {
    const approval: Rules['approval'] = (_, input) => {
      const isFirst = (input as { email: string }).email === 'jane@acme.example'
      return { ...APPROVAL, asked: { groups: [], people: [], users: [isFirst ? MAYA.user : TIM.user] } }
    }
    await using at = await open({ approval })
    const run = await at.begin()
    for (let n = 0; n < 401; n += 1) await at.begin({ email: `n${n}@acme.example` })
    const person = await at.ports.directory.person(MAYA.team, MAYA.user)
    if (!person) throw new Error('nobody knows Maya')
    const found = async () => (await listAsks(at.ports, person)).map((each) => `${each.run.id} ${each.step.key}`)
    expect(await found()).toEqual([`${run.id} ok`])
    await at.click((await cardOf(at, run, 'ok')).blocks, 'Approve', MAYA)
    expect(await found()).toEqual([])
  })
})

describe('who answers', () => {
  test.each([
    [TIM, {}, 'You are not among those who are asked', 'Managers may answer'],
    [NED, {}, 'You are not among those who are asked', 'Managers may answer'],
    [GUS, {}, 'Guests may not', 'full member'],
  ])('is looked up at the click; others read privately who may', async (who, from, says, way) => {
    await using at = await open()
    const run = await at.begin()
    const { blocks } = await cardOf(at, run, 'ok')
    for (const button of ['Approve', 'Refuse…', 'Hand over…']) {
      await at.click(blocks, button, who, from)
      expect(at.surface.last()).toMatchObject({ to: 'one' })
      expect(at.surface.last().words).toContain(says)
      expect(at.surface.last().words).toContain(way)
    }
    expect(at.surface.windows).toEqual([])
    expect((await at.step(run, 'ok')).decisions).toEqual([])
  })

  test('is not who started the run, though they belong to the group', async () => {
    const asked = { groups: [{ key: 'ops', title: 'Ops' }], people: [], users: [TIM.user] }
    await using at = await open({ approval: () => ({ ...APPROVAL, asked }) })
    const run = await at.begin()
    await at.click((await cardOf(at, run, 'ok')).blocks, 'Approve', OLGA)
    expect(at.surface.last().words).toContain('what you have started or changed yourself')
    expect(at.surface.last().words).toContain('Tim Teammate or Ops may')
  })

  test('is told that two are needed, and counts once', async () => {
    const asked = { groups: [], people: ['maya@acme.example'], users: [TIM.user] }
    await using at = await open({ approval: () => ({ ...APPROVAL, asked, quorum: 2 }) })
    const run = await at.begin()
    const { blocks } = await cardOf(at, run, 'ok')
    await at.click(blocks, 'Approve', MAYA)
    await at.click(blocks, 'Approve', MAYA)
    expect(at.surface.last().words).toContain('There are 1 of 2 approvals so far')
    await at.click(blocks, 'Approve', TIM)
    expect((await at.run(run)).steps[1]).toMatchObject({ status: 'succeeded' })
  })
})

describe('handing over', () => {
  test('an approval gives the voice to somebody else, who is told; not to guests or those who are asked', async () => {
    await using at = await open()
    const run = await at.begin()
    const { blocks } = await cardOf(at, run, 'ok')
    await at.click(blocks, 'Hand over…', MAYA)
    for (const [who, error] of [
      [GUS.user, /full member/],
      [MAYA.user, /asked already/],
      [OLGA.user, /started or changed this/],
      ['U0NOBODY', /not in this workspace/],
    ] as const) {
      expect(await at.submit({ person: who }, MAYA)).toMatchObject({ errors: { person: expect.stringMatching(error) } })
    }
    expect(await at.submit({ person: NED.user, note: 'I am away.' }, MAYA)).toEqual({ kind: 'close' })
    expect((await cardOf(at, run, 'ok')).words).toContain('Handed over by Maya Manager to Ned Newcomer')
    await at.click(blocks, 'Approve', MAYA)
    expect(at.surface.last().words).toContain('You have handed this over')
    await at.say('who is waiting for me?', NED)
    expect(at.surface.last().words).toContain('1 thing waits for your answer')
    await at.click(at.surface.last().drawing.blocks, 'Approve', NED)
    expect(await at.step(run, 'ok')).toMatchObject({ status: 'succeeded', output: { approvedBy: [NED.user] } })
  })

  test('a task makes it somebody else’s, by those who have it or may escalate', async () => {
    await using at = await open()
    const run = await at.begin()
    await at.click((await cardOf(at, run, 'ok')).blocks, 'Approve', MAYA)
    const { blocks } = await cardOf(at, run, 'install')
    await at.click(blocks, 'Hand over…', NED)
    expect(at.surface.last().words).toContain('Ops may answer')
    await at.click(blocks, 'Hand over…', TIM)
    expect(await at.submit({ person: NED.user }, TIM)).toEqual({ kind: 'close' })
    await at.click(blocks, 'Done…', OLGA)
    expect(at.surface.last().words).toContain('Ned Newcomer may answer')
    await at.click(blocks, 'Done…', NED)
    expect(await at.submit({ evidence: 'Done.' }, NED)).toEqual({ kind: 'close' })
  })
})

describe('what needs somebody', () => {
  test('stands in the App Home of those who are asked, and leaves it once it is answered', async () => {
    await using at = await open()
    const run = await at.begin()
    await at.home(MAYA)
    const home = () => at.surface.homes.at(-1)?.blocks as Parameters<typeof at.click>[0]
    expect(wordsOf(home())).toContain('Needs you: 1 decision')
    expect(wordsOf(home())).toContain('Manager’s approval · Jane Doe')
    await at.home(TIM)
    expect(wordsOf(home())).toMatch(/Nothing needs you.*Waiting: Manager’s approval waits for Managers/s)
    await at.home(MAYA)
    await at.click(home(), 'Approve', MAYA, { nowhere: true })
    expect(wordsOf(home())).toContain('Nothing needs you')
    expect((await at.run(run)).steps[1]).toMatchObject({ status: 'succeeded' })
  })

  test('is listed by /purser tasks, and asked for in plain words', async () => {
    await using at = await open()
    await at.begin()
    await at.slash('/purser', 'tasks', MAYA)
    expect(at.surface.last().words).toContain('Manager’s approval · Jane Doe')
    for (const words of ['who is waiting for me?', 'what do I have to approve?', 'my tasks', 'what needs me']) {
      await at.say(words, MAYA)
      expect(at.surface.last().words, words).toContain('1 thing waits for your answer')
      await at.say(words, NED)
      expect(at.surface.last().words, words).toContain('Nothing needs you')
    }
  })

  test('is skipped as any step is, where it is a task', async () => {
    await using at = await open({ task: () => ({ ...testRules().task('install', {}), dueAfterMs: DAY }) })
    const run = await at.begin()
    await at.click((await cardOf(at, run, 'ok')).blocks, 'Approve', MAYA)
    await at.clock.advance(2 * DAY)
    const overdue = await cardOf(at, run, 'install')
    expect(overdue.words).toContain('Overdue: Install it')
    await at.click(overdue.blocks, 'Skip…', TIM)
    expect(await at.submit({ reason: 'She has one.' }, TIM)).toEqual({ kind: 'close' })
    expect((await cardOf(at, run, 'install')).words).toContain('Skipped by Tim Teammate')
    expect((await at.run(run)).debts).toHaveLength(1)
  })
})
