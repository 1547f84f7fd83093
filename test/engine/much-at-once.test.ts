import { describe, expect, test } from 'vitest'
import { PersonNeeded } from '../../src/domain/errors.ts'
import type { RunId } from '../../src/domain/ids.ts'
import type { Run } from '../../src/domain/run.ts'
import { createLine } from '../../src/engine/line.ts'
import { createWorkGate } from '../../src/engine/work-gate.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { TEAM, testIds } from '../support/test-ids.ts'
import { POLICY, testRules } from '../support/test-rules.ts'
import { settle } from '../support/turns.ts'
import { openEngine } from './open-engine.ts'
import { onWire, unavailable } from './scripted-egress.ts'

/** One attempt at a time; two may wait in memory. */
const limits = { atOnce: 1, waiting: 2 }
const person = (number: number) => ({ email: `person-${number}@acme.example`, name: `Person ${number}` })

/** An engine with as many runs begun, of which the first attempt is on the wire. */
async function crowd(number: number, policy = POLICY) {
  const at = await openEngine({ limits, policy })
  const first = onWire()
  at.script.plan('account', first.behaviour)
  const runs: Run[] = []
  for (let each = 0; each < number; each++) runs.push(await at.begin(person(each), `V${each}`))
  const statuses = async () => Promise.all(runs.map(({ id }) => at.statuses(id)))
  const inLine = async () => (await at.store.runsInLine(100)).map(({ id }) => id)
  return { at, runs, first, statuses, inLine }
}

describe('more runs than can be carried out', () => {
  test('are all on disk when they are acknowledged; those beyond what waits in memory wait in line, with nothing out', async () => {
    const { at, runs, statuses, inLine } = await crowd(5)
    await using _ = at
    expect(at.script.calls).toHaveLength(1)
    const begun = 'running pending pending pending'
    const waiting = 'pending pending pending pending'
    expect(await statuses()).toEqual([begun, begun, begun, waiting, waiting])
    expect(await inLine()).toEqual(runs.slice(3).map(({ id }) => id))
    const row = await at.store.run(TEAM, runs[4]?.id ?? ('' as never))
    expect(row).toMatchObject({ status: 'running', attempts: [], inLine: at.clock.now() })
    expect(await at.kinds(runs[4]?.id ?? ('' as never))).toEqual(['run.started'])
  })

  test('come to their end, in the order of their start, when there is room', async () => {
    const { at, runs, first, statuses, inLine } = await crowd(5)
    await using _ = at
    first.answer('made')
    await settle()
    expect(await statuses()).toEqual(runs.map(() => 'succeeded succeeded succeeded succeeded'))
    expect(await inLine()).toEqual([])
    const accounts = at.script.of('account').map((call) => call.scope.attempt?.run)
    expect(accounts).toEqual(runs.map(({ id }) => id))
    expect(at.errors).toEqual([])
  })

  test('come to their end after a crash too, each step once', async () => {
    const { at, runs, statuses } = await crowd(6)
    await using _ = at
    expect(await at.kill()).toBe(3)
    await settle()
    expect(await statuses()).toEqual(runs.map(() => 'succeeded succeeded succeeded succeeded'))
    expect(at.script.of('welcome')).toHaveLength(6)
    expect(at.errors).toEqual([])
  })

  test('do not overtake one another: who starts while somebody stands in line joins it', async () => {
    const { at, runs, first } = await crowd(4)
    await using _ = at
    at.refuse.commit = ({ run }) =>
      run?.kind === 'update' && run.run.id === runs[3]?.id ? Promise.reject(new Error('not now')) : null
    first.answer('made')
    await settle()
    const late = await at.begin(person(9), 'V9')
    expect(await at.run(late.id)).toMatchObject({ inLine: at.clock.now() })
    at.refuse.commit = null
    at.errors.length = 0
    await at.clock.advance(1_000)
    expect(await at.statuses(late.id)).toBe('succeeded succeeded succeeded succeeded')
    const accounts = at.script.of('account').map((call) => call.scope.attempt?.run)
    expect(accounts.slice(-2)).toEqual([runs[3]?.id, late.id])
  })

  test('can be cancelled while they wait: in line, or for their turn, and nothing of them is sent', async () => {
    const { at, runs, first, inLine } = await crowd(4)
    await using _ = at
    for (const run of runs.slice(2)) {
      const decision = { kind: 'cancel', run: run.id, reason: 'a mistake', undo: false }
      const { version } = await at.run(run.id)
      await at.engine().decide({
        team: TEAM,
        run: run.id,
        actor: run.startedBy,
        decision: { ...decision, version } as never,
      })
    }
    await settle()
    expect(await inLine()).toEqual([])
    first.answer('made')
    await settle()
    for (const run of runs.slice(2)) expect(await at.run(run.id)).toMatchObject({ status: 'cancelled' })
    expect(at.script.of('account').map((call) => call.scope.attempt?.run)).toEqual([runs[0]?.id, runs[1]?.id])
  })

  test('go on when those before them are cancelled, although nothing else ends', async () => {
    const { at, runs, inLine } = await crowd(4)
    await using _ = at
    const [, next] = runs
    if (!next) throw new Error('there is no second run')
    const { version } = await at.run(next.id)
    const decision = { kind: 'cancel', run: next.id, reason: 'a mistake', undo: false, version }
    await at.engine().decide({ team: TEAM, run: next.id, actor: next.startedBy, decision: decision as never })
    await settle()
    expect(await inLine()).toEqual([])
  })

  test('go on when somebody has one go by today’s rules that was held back in line, although nobody else stands there', async () => {
    const { at, runs, first, inLine } = await crowd(4)
    await using _ = at
    const last = runs[3] ?? ({} as never)
    at.rules.now = testRules({ version: 2 })
    at.rules.gone = new PersonNeeded({ code: 'rules-version-outdated', message: 'Not understood.', hint: 'x' })
    first.answer('made')
    await settle()
    expect(await at.run(last.id)).toMatchObject({ status: 'held', heldBack: { code: 'rules-gone' } })
    await at.clock.advance(5_000)
    expect(await inLine()).toEqual([])
    expect(await at.press(last.id, { kind: 'use-rules' })).toMatchObject({ kind: 'decided' })
    await settle()
    expect(await at.statuses(last.id)).toBe('succeeded succeeded succeeded succeeded')
    expect(await inLine()).toEqual([])
    expect(at.errors).toEqual([])
  })

  test('go on although the line could not be read once', async () => {
    const clock = createFakeClock()
    const [errors, begun]: [unknown[], RunId[]] = [[], []]
    const waiting = [{ team: TEAM, id: testIds(clock).run() }]
    let isBroken = true
    const line = createLine({
      store: { runsInLine: async () => (isBroken ? Promise.reject(new Error('not now')) : waiting.splice(0)) },
      clock,
      isFull: () => false,
      beginTurn: async (_team, run) => begun.push(run) > 0,
      onError: (error) => errors.push(error),
    })
    line.start()
    await settle()
    expect([errors.length, begun.length, line.mustWait()]).toEqual([1, 0, true])
    isBroken = false
    await clock.advance(1_000)
    expect([errors.length, begun.length, line.mustWait()]).toEqual([1, 1, false])
  })

  test('are not kept from their turn by one that sleeps between its tries', async () => {
    await using at = await openEngine({ limits })
    at.script.plan('account', unavailable())
    const [failing, sound] = [await at.begin(person(0), 'V0'), await at.begin(person(1), 'V1')]
    expect(await at.statuses(failing.id)).not.toContain('succeeded')
    expect(await at.statuses(sound.id)).toBe('succeeded succeeded succeeded succeeded')
  })
})

describe('what waits for its turn', () => {
  const opened = () => {
    const begun: string[] = []
    const withdrawn: string[] = []
    let room = 0
    const gate = createWorkGate(() => void room++, { atOnce: 2, waiting: 2 })
    const enter = (id: string, kind = 'github', goesOn = false): void =>
      gate.enter({ id, kind, goesOn, begin: () => begun.push(id), withdrawn: () => withdrawn.push(id) })
    return { gate, begun, withdrawn, enter, room: () => room }
  }

  test('begins one by one as others end, what goes on before what begins', () => {
    const { gate, begun, enter, room } = opened()
    for (const id of ['a', 'b', 'c']) enter(id)
    enter('d', 'github', true)
    expect(begun).toEqual(['a', 'b'])
    expect(gate.isFull()).toBe(true)
    gate.leave('a')
    gate.leave('b')
    expect(begun).toEqual(['a', 'b', 'd', 'c'])
    expect(room()).toBe(1)
  })

  test('keeps nobody waiting who needs another service', () => {
    const { begun, enter } = opened()
    for (const id of ['a', 'b', 'c']) enter(id)
    enter('other', 'jira')
    expect(begun).toEqual(['a', 'b', 'other'])
  })

  test('may be withdrawn, and then never begins', () => {
    const { gate, begun, withdrawn, enter } = opened()
    for (const id of ['a', 'b', 'c']) enter(id)
    gate.withdraw('c')
    gate.withdraw('a')
    gate.leave('a')
    expect([begun, withdrawn]).toEqual([['a', 'b'], ['c']])
    expect(gate.holds('c')).toBe(false)
  })

  test('makes room when it is withdrawn', () => {
    const { gate, enter, room } = opened()
    for (const id of ['a', 'b', 'c', 'd']) enter(id)
    gate.withdraw('c')
    expect([gate.isFull(), room()]).toEqual([false, 1])
  })

  test('thousands that slept and ended keep nobody from sleeping', () => {
    const { gate, begun, enter } = opened()
    for (let each = 0; each < 3_000; each++) {
      enter(`sleeper ${each}`)
      gate.sleep(`sleeper ${each}`)
      gate.leave(`sleeper ${each}`)
    }
    begun.length = 0
    for (const id of ['a', 'b', 'c']) enter(id)
    gate.sleep('a')
    expect(begun).toEqual(['a', 'b', 'c'])
  })

  test('a sleeper makes room once, also when it ends later', () => {
    const { gate, begun, enter } = opened()
    for (const id of ['a', 'b', 'c', 'd']) enter(id)
    gate.sleep('a')
    gate.sleep('a')
    gate.leave('a')
    expect(begun).toEqual(['a', 'b', 'c'])
  })
})
