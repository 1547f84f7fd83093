import { describe, expect, test } from 'vitest'
import type { Absence, Whereabouts } from '../../src/domain/absence.ts'
import { nudgeCardId } from '../../src/domain/card.ts'
import { type RunId, UserId } from '../../src/domain/ids.ts'
import { stillAsked } from '../../src/domain/standing.ts'
import type { Asked } from '../../src/domain/wait.ts'
import { JANE, TEAM } from '../support/test-ids.ts'
import { answer, cardsOf, DAY, MAYA, MONA, OPAL, open, somebody, TIM } from './asked-people.ts'

const OLGA = somebody('U0OLGA')
const TEO = somebody('U0TEO')
const id = (user: string): UserId => UserId.parse(user)
const users = (...all: string[]): Asked => ({ groups: [], people: [], users: all.map(id) })
const asking = (...all: string[]) => ({ asked: users(...all) })
const MANAGERS: Asked = { groups: [{ key: 'managers', title: 'Managers' }], people: [], users: [] }

interface Parts {
  /** Who is away, and who stands in for them. */
  away?: Readonly<Record<string, string | null>>
  until?: number
  why?: Absence['why']
  groups?: Readonly<Record<string, readonly string[]>>
  fallback?: Asked
  standIns?: Readonly<Record<string, string>>
}

const where = ({ away = {}, groups = {}, ...parts }: Parts): Whereabouts => ({
  away: new Map(
    Object.entries(away).map(([user, to]): [UserId, Absence] => [
      id(user),
      { user: id(user), why: parts.why ?? 'rules', until: parts.until ?? null, to: to === null ? null : id(to) },
    ]),
  ),
  users: new Map([['olga@acme.example', id('U0OLGA')]]),
  groups: new Map(Object.entries(groups).map(([key, all]) => [key, all.map(id)])),
  standIns: new Map(Object.entries(parts.standIns ?? {}).map(([one, other]) => [id(one), id(other)])),
  fallback: parts.fallback ?? null,
})

type At = Awaited<ReturnType<typeof open>>
const reroute = (at: At, run: RunId, parts: Parts) => at.engine().reroute(TEAM, run, where(parts))

describe('somebody who is asked and away', () => {
  test('is asked together with who stands in for them, who is mentioned once, and may still answer', async () => {
    await using at = await open({ approval: asking('U0OLGA') })
    const run = await at.begin()
    const drawn = await at.step(run.id, 'ok')
    const from = at.stale.length
    expect(await reroute(at, run.id, { away: { U0OLGA: 'U0TEO' }, until: 99 * DAY })).toBe(true)
    expect(await reroute(at, run.id, { away: { U0OLGA: 'U0TEO' }, until: 99 * DAY })).toBe(false)
    const step = await at.step(run.id, 'ok')
    expect(step.version).toBe(drawn.version)
    expect(stillAsked(step)?.users).toEqual(['U0TEO'])
    const { history } = await at.run(run.id)
    expect(history.at(-1)).toMatchObject({ kind: 'rerouted', to: TEO.actor, away: { who: OLGA.actor, why: 'rules' } })
    expect(cardsOf(at, from)).toContain(nudgeCardId(run.id, history.length - 1))
    expect((await at.kinds(run.id)).filter((kind) => kind === 'step.rerouted')).toHaveLength(1)
    expect(await answer(at, run.id, TIM, { kind: 'approve', step: 'ok' })).toMatchObject({ code: 'not-asked' })
    expect(await answer(at, run.id, OLGA, { kind: 'approve', step: 'ok' })).toMatchObject({ kind: 'decided' })
    expect(await at.step(run.id, 'ok')).toMatchObject({ status: 'succeeded', output: { approvedBy: ['U0OLGA'] } })
  })

  test('is decided for by who stands in, in whose name is kept', async () => {
    await using at = await open({ approval: asking('U0OLGA') })
    const run = await at.begin()
    await reroute(at, run.id, { away: { U0OLGA: 'U0TEO' } })
    expect(await answer(at, run.id, TEO, { kind: 'approve', step: 'ok' })).toMatchObject({ kind: 'decided' })
    expect(await at.step(run.id, 'ok')).toMatchObject({ decisions: [{ by: TEO.actor, for: 'U0OLGA' }] })
  })

  test('has one voice together with who stands in for them: two of them are not a quorum', async () => {
    await using at = await open({ approval: { ...asking('U0OLGA', 'U0MAYA'), quorum: 2 } })
    const run = await at.begin()
    await reroute(at, run.id, { away: { U0OLGA: 'U0TEO' } })
    await answer(at, run.id, TEO, { kind: 'approve', step: 'ok' })
    expect(await answer(at, run.id, OLGA, { kind: 'approve', step: 'ok' })).toMatchObject({ code: 'spoken-for' })
    expect(await at.step(run.id, 'ok')).toMatchObject({ status: 'waiting' })
    await answer(at, run.id, MAYA, { kind: 'approve', step: 'ok' })
    expect(await at.step(run.id, 'ok')).toMatchObject({ status: 'succeeded' })
  })

  test('has one voice also when who stands in hands it on, or they hand it on themselves', async () => {
    await using at = await open({ approval: { ...asking('U0OLGA', 'U0MAYA'), quorum: 2 } })
    const run = await at.begin()
    await reroute(at, run.id, { away: { U0OLGA: 'U0TEO' } })
    const given = { kind: 'delegate', step: 'ok', reason: null }
    expect(await answer(at, run.id, TEO, { ...given, to: MONA })).toMatchObject({ kind: 'decided' })
    expect(await answer(at, run.id, OLGA, { ...given, to: TIM })).toMatchObject({ kind: 'decided' })
    expect(await answer(at, run.id, MONA, { kind: 'approve', step: 'ok' })).toMatchObject({ code: 'spoken-for' })
    expect(await answer(at, run.id, TIM, { kind: 'approve', step: 'ok' })).toMatchObject({ kind: 'decided' })
    expect(await answer(at, run.id, TEO, { kind: 'approve', step: 'ok' })).toMatchObject({ code: 'handed-over' })
    expect(await at.step(run.id, 'ok')).toMatchObject({ status: 'waiting' })
  })

  test('is asked with both when they are back, and the buttons of both count', async () => {
    await using at = await open({ approval: asking('U0OLGA') })
    const run = await at.begin()
    await reroute(at, run.id, { away: { U0OLGA: 'U0TEO' } })
    expect(await reroute(at, run.id, {})).toBe(true)
    expect(await reroute(at, run.id, {})).toBe(false)
    expect(stillAsked(await at.step(run.id, 'ok'))?.users).toEqual(['U0OLGA', 'U0TEO'])
    expect((await at.run(run.id)).history.at(-1)).toMatchObject({ kind: 'returned', away: { who: OLGA.actor } })
    expect(await answer(at, run.id, TEO, { kind: 'approve', step: 'ok' })).toMatchObject({ kind: 'decided' })
  })

  test('who is asked by address is known by it', async () => {
    await using at = await open({ approval: { asked: { groups: [], people: ['olga@acme.example'], users: [] } } })
    const run = await at.begin()
    await reroute(at, run.id, { away: { U0OLGA: 'U0TEO' } })
    expect(stillAsked(await at.step(run.id, 'ok'))).toEqual(users('U0TEO'))
  })
})

describe('who stands in', () => {
  test('is the first of a chain who is there', async () => {
    await using at = await open({ approval: asking('U0OLGA') })
    const run = await at.begin()
    await reroute(at, run.id, { away: { U0OLGA: 'U0TEO', U0TEO: 'U0MONA' } })
    expect(stillAsked(await at.step(run.id, 'ok'))?.users).toEqual(['U0MONA'])
  })

  test('are those whom the rules name when a chain comes round', async () => {
    await using at = await open({ approval: asking('U0OLGA') })
    const run = await at.begin()
    await reroute(at, run.id, { away: { U0OLGA: 'U0TEO', U0TEO: 'U0OLGA' }, fallback: MANAGERS })
    expect(stillAsked(await at.step(run.id, 'ok'))).toEqual(MANAGERS)
    expect(await answer(at, run.id, MAYA, { kind: 'approve', step: 'ok' })).toMatchObject({ kind: 'decided' })
  })

  test('is never whoever started the run', async () => {
    await using at = await open({ approval: asking('U0OLGA') })
    const run = await at.begin()
    const starter = JANE.kind === 'person' ? JANE.user : ''
    await reroute(at, run.id, { away: { U0OLGA: starter }, fallback: MANAGERS })
    expect(stillAsked(await at.step(run.id, 'ok'))).toEqual(MANAGERS)
  })

  test('is the manager whom the rules name for somebody who left without naming anybody', async () => {
    await using at = await open({ task: asking('U0OLGA') })
    const run = await at.begin()
    await answer(at, run.id, MAYA, { kind: 'approve', step: 'ok' })
    await reroute(at, run.id, { away: { U0OLGA: null }, why: 'deactivated', standIns: { U0OLGA: 'U0TEO' } })
    expect(stillAsked(await at.step(run.id, 'install'))?.users).toEqual(['U0TEO'])
    const done = { kind: 'complete', step: 'install', output: { evidence: 'Installed it.' } }
    expect(await answer(at, run.id, TEO, done)).toMatchObject({ kind: 'decided' })
  })

  test('is nobody for a group as long as somebody of it is there', async () => {
    await using at = await open()
    const run = await at.begin()
    const groups = { managers: ['U0MAYA', 'U0MONA'] }
    expect(await reroute(at, run.id, { away: { U0MAYA: 'U0TEO' }, groups })).toBe(false)
    await reroute(at, run.id, { away: { U0MAYA: 'U0TEO', U0MONA: null }, groups })
    expect(stillAsked(await at.step(run.id, 'ok'))?.users).toEqual(['U0TEO'])
  })
})

describe('too few who are there', () => {
  test('asks those at once whom the rules name for later', async () => {
    const fallback = { afterMs: 3 * DAY, asked: MANAGERS }
    await using at = await open({ approval: { ...asking('U0OLGA'), fallback } })
    const run = await at.begin()
    await reroute(at, run.id, { away: { U0OLGA: null } })
    expect(await at.step(run.id, 'ok')).toMatchObject({ wait: { fallback: null, asked: { groups: MANAGERS.groups } } })
    expect((await at.run(run.id)).history.at(-1)).toMatchObject({ kind: 'widened' })
    expect(await answer(at, run.id, MAYA, { kind: 'approve', step: 'ok' })).toMatchObject({ kind: 'decided' })
  })

  test('is said, until somebody who may escalate asks one more, who then decides', async () => {
    await using at = await open({ approval: { ...asking('U0OLGA', 'U0MAYA'), quorum: 2 } })
    const run = await at.begin()
    const more = { kind: 'delegate', step: 'ok', to: TEO, reason: null, entitled: true }
    expect(await answer(at, run.id, OPAL, more)).toMatchObject({ code: 'not-asked' })
    await reroute(at, run.id, { away: { U0OLGA: null } })
    expect(await at.step(run.id, 'ok')).toMatchObject({ wait: { short: at.clock.now() } })
    expect(await at.kinds(run.id)).toContain('step.out-of-reach')
    expect(await answer(at, run.id, OPAL, more)).toMatchObject({ kind: 'decided' })
    await reroute(at, run.id, { away: { U0OLGA: null } })
    expect((await at.step(run.id, 'ok')).wait).not.toHaveProperty('short')
    await answer(at, run.id, TEO, { kind: 'approve', step: 'ok' })
    await answer(at, run.id, MAYA, { kind: 'approve', step: 'ok' })
    expect(await at.step(run.id, 'ok')).toMatchObject({ status: 'succeeded' })
  })

  test('is not told of a group whose people nobody could read', async () => {
    await using at = await open({ approval: { quorum: 2 } })
    const run = await at.begin()
    expect(await reroute(at, run.id, { away: { U0MAYA: null } })).toBe(false)
    expect(await reroute(at, run.id, { away: { U0MAYA: null }, groups: { managers: ['U0MAYA', 'U0MONA'] } })).toBe(true)
    expect((await at.step(run.id, 'ok')).wait).toHaveProperty('short')
  })
})

describe('what somebody owes, and what they took over', () => {
  test('is looked after by who stands in, and theirs again when they are back', async () => {
    await using at = await open()
    const run = await at.begin()
    await answer(at, run.id, MAYA, { kind: 'approve', step: 'ok' })
    const step = await at.step(run.id, 'install')
    await at.press(run.id, { kind: 'skip', step: step.key, stepVersion: step.version, reason: 'Later.' }, OLGA.actor)
    await reroute(at, run.id, { away: { U0OLGA: 'U0TEO' } })
    expect((await at.run(run.id)).debts).toMatchObject([{ owner: OLGA.actor, standIn: { asked: users('U0TEO') } }])
    await at.clock.advance(6 * DAY + 60_000)
    const reminded = (await at.run(run.id)).history.findLast(({ kind }) => kind === 'debt-due')
    expect(reminded).toMatchObject({ to: TEO.actor })
    await reroute(at, run.id, {})
    expect((await at.run(run.id)).debts[0]).not.toHaveProperty('standIn')
    expect((await at.kinds(run.id)).filter((kind) => kind === 'debt.rerouted')).toHaveLength(2)
  })
})

test('a debt that was rerouted is not told again once its run was read from disk', async () => {
  await using at = await open()
  const run = await at.begin()
  await answer(at, run.id, MAYA, { kind: 'approve', step: 'ok' })
  const step = await at.step(run.id, 'install')
  await at.press(run.id, { kind: 'skip', step: step.key, stepVersion: step.version, reason: 'Later.' }, OLGA.actor)
  const away = { away: { U0OLGA: 'U0TEO' } }
  expect(await reroute(at, run.id, away)).toBe(true)
  await at.crash()
  expect(await reroute(at, run.id, away)).toBe(false)
  expect((await at.kinds(run.id)).filter((kind) => kind === 'debt.rerouted')).toHaveLength(1)
})

test('what was rerouted is there after a crash, and is not told twice', async () => {
  await using at = await open({ approval: asking('U0OLGA') })
  const run = await at.begin()
  await reroute(at, run.id, { away: { U0OLGA: 'U0TEO' } })
  await at.crash()
  expect(stillAsked(await at.step(run.id, 'ok'))?.users).toEqual(['U0TEO'])
  expect(await reroute(at, run.id, { away: { U0OLGA: 'U0TEO' } })).toBe(false)
})
