import { describe, expect, test } from 'vitest'
import { holdCardId } from '../../src/domain/card.ts'
import type { Hold } from '../../src/domain/hold.ts'
import type { Run } from '../../src/domain/run.ts'
import { JANE, JOHN, TEAM } from '../support/test-ids.ts'
import { openEngine } from './open-engine.ts'
import { onWire, unavailable } from './scripted-egress.ts'

type At = Awaited<ReturnType<typeof openEngine>>

const EVERYTHING = { of: 'everything' } as const
const MINUTE = 60_000

const pause = async (at: At, scope: Hold['scope'] = EVERYTHING, until: number | null = null) => {
  const answer = await at.engine().holds.pause({ team: TEAM, scope, by: JANE, reason: 'audit week', until })
  if (answer.kind !== 'done') throw new Error(answer.kind)
  return answer.hold
}

const decide = (at: At, hold: Hold, kind: 'resume' | 'release-all' | 'release-one' | 'cancel-all' | 'close') =>
  at.engine().holds.decide({ team: TEAM, hold: hold.id, kind, by: JOHN, reason: 'as agreed' })

const beginMany = async (at: At, many: number): Promise<Run[]> => {
  const runs: Run[] = []
  for (let n = 0; n < many; n++) {
    runs.push(await at.begin({ email: `person${n}@acme.example`, name: `Person ${n}` }, `V${n}`))
  }
  return runs
}

const statusOf = async (at: At, runs: readonly Run[]) =>
  await Promise.all(runs.map(async ({ id }) => (await at.run(id)).status))

describe('a pause of everything', () => {
  test('accepts what is started and holds it, and lets it go on at the rate, oldest first', async () => {
    await using at = await openEngine({ incidents: { releasePerMinute: 60 } })
    const hold = await pause(at)
    const runs = await beginMany(at, 3)
    expect(await statusOf(at, runs)).toEqual(['paused', 'paused', 'paused'])
    expect(at.script.calls).toEqual([])
    expect(await at.engine().holds.waiting(hold.id)).toBe(3)
    await decide(at, hold, 'resume')
    await at.clock.advance(0)
    expect(await statusOf(at, runs)).toEqual(['succeeded', 'paused', 'paused'])
    await at.clock.advance(1_000)
    expect(await statusOf(at, runs)).toEqual(['succeeded', 'succeeded', 'paused'])
    await at.clock.advance(2_000)
    expect(await statusOf(at, runs)).toEqual(['succeeded', 'succeeded', 'succeeded'])
    expect(at.engine().holds.standing(TEAM)).toEqual([])
    expect(await at.engine().holds.find(TEAM, hold.id)).toMatchObject({
      status: 'closed',
      release: { runs: 3, by: JOHN },
    })
    expect(await at.kinds(runs[2]?.id as Run['id'])).toContain('step.released')
  })

  test('lets finish what is on the wire, and holds what would come behind it', async () => {
    await using at = await openEngine()
    const call = onWire()
    at.script.plan('account', call.behaviour)
    const run = await at.begin()
    const hold = await pause(at)
    call.answer('done')
    await at.clock.advance(0)
    expect(await at.statuses(run.id)).toBe('succeeded held held pending')
    await decide(at, hold, 'resume')
    await at.clock.advance(0)
    expect(await at.statuses(run.id)).toBe('succeeded succeeded succeeded succeeded')
  })

  test('holds a step whose back-off is over, and it goes on with its whole budget', async () => {
    await using at = await openEngine()
    at.script.plan('account', unavailable(), unavailable())
    const run = await at.begin()
    const hold = await pause(at)
    await at.clock.advance(10 * MINUTE)
    expect(await at.step(run.id, 'account')).toMatchObject({ status: 'held', why: 'pause', attempts: 1 })
    expect(at.script.of('account')).toHaveLength(1)
    await decide(at, hold, 'resume')
    await at.clock.advance(0)
    expect(await at.step(run.id, 'account')).toMatchObject({ status: 'backing-off', attempts: 2, attemptsInRow: 1 })
    // What was sent before the hold is still known to have been.
    expect(at.script.of('account').map(({ scope }) => scope.attempt?.earlierCalls)).toEqual([false, true])
  })

  test('ends by itself when its time has come, also when Purser was restarted meanwhile', async () => {
    await using at = await openEngine()
    const hold = await pause(at, EVERYTHING, at.clock.now() + 30 * MINUTE)
    const run = await at.begin()
    await at.kill()
    await at.clock.advance(29 * MINUTE)
    expect(await at.statuses(run.id)).toBe('held pending pending pending')
    await at.clock.advance(2 * MINUTE)
    expect(await at.statuses(run.id)).toBe('succeeded succeeded succeeded succeeded')
    expect(await at.engine().holds.find(TEAM, hold.id)).toMatchObject({ status: 'closed' })
  })

  test('stands once: the second one is told of the first, and of two who resume it one is first', async () => {
    await using at = await openEngine()
    const hold = await pause(at)
    const again = { team: TEAM, scope: EVERYTHING, by: JOHN, reason: 'me too', until: null }
    expect(await at.engine().holds.pause(again)).toMatchObject({ kind: 'too-late', hold: { id: hold.id, by: JANE } })
    const answers = await Promise.all([decide(at, hold, 'resume'), decide(at, hold, 'resume')])
    expect(answers.map(({ kind }) => kind)).toEqual(['done', 'too-late'])
  })
})

describe('the card of a hold', () => {
  /** Whether something marks the card to be drawn anew: on disk, and told to the painter, in no hurry. */
  const isMarkedBy = async (at: At, hold: Hold, act: () => Promise<unknown>): Promise<boolean> => {
    const id = holdCardId(hold.id)
    const before = (await at.store.card(TEAM, id))?.revision ?? 0
    at.stale.length = 0
    await act()
    const told = at.stale.some((mark) => mark.id === id && !mark.urgent)
    return told && ((await at.store.card(TEAM, id))?.revision ?? 0) > before
  }

  test('is stale whenever another number of runs waits, whatever the reason: held, started, cancelled, let go', async () => {
    await using at = await openEngine({ incidents: { releasePerMinute: 60 } })
    const call = onWire()
    at.script.plan('account', call.behaviour)
    const first = await at.begin()
    const hold = await pause(at)
    const finish = async (): Promise<void> => {
      call.answer('done')
      await at.clock.advance(0)
    }
    expect(await isMarkedBy(at, hold, finish)).toBe(true)
    expect(await at.engine().holds.waiting(hold.id)).toBe(1)
    const another = { email: 'john@acme.example', name: 'John' }
    expect(await isMarkedBy(at, hold, () => at.begin(another, 'V2'))).toBe(true)
    expect(await at.engine().holds.waiting(hold.id)).toBe(2)
    expect(await isMarkedBy(at, hold, () => at.press(first.id, { kind: 'cancel', undo: false }))).toBe(true)
    expect(await at.engine().holds.waiting(hold.id)).toBe(1)
    await decide(at, hold, 'resume')
    expect(await isMarkedBy(at, hold, () => at.clock.advance(0))).toBe(true)
    expect(await at.engine().holds.waiting(hold.id)).toBe(0)
  })

  test('is left alone by what changes no number', async () => {
    await using at = await openEngine()
    const hold = await pause(at)
    const run = await at.begin()
    expect(await isMarkedBy(at, hold, () => at.press(run.id, { kind: 'pause', until: null }))).toBe(false)
  })
})

describe('a pause of less', () => {
  test('of another workflow or service holds nothing here', async () => {
    await using at = await openEngine()
    await pause(at, { of: 'workflow', workflow: 'another' })
    await pause(at, { of: 'service', service: 'another' })
    const run = await at.begin()
    expect(await at.statuses(run.id)).toBe('succeeded succeeded succeeded succeeded')
  })

  test('what two hold goes on when both have ended', async () => {
    await using at = await openEngine()
    const first = await pause(at, { of: 'workflow', workflow: 'employee-onboarding' })
    const second = await pause(at, { of: 'service', service: 'vendor' })
    const run = await at.begin()
    await decide(at, first, 'resume')
    await at.clock.advance(5_000)
    expect(await at.step(run.id, 'account')).toMatchObject({ status: 'held', hold: second.id })
    expect(await at.engine().holds.find(TEAM, first.id)).toMatchObject({ status: 'closed' })
    await decide(at, second, 'resume')
    await at.clock.advance(0)
    expect(await at.statuses(run.id)).toBe('succeeded succeeded succeeded succeeded')
  })

  test('of one run: a decision about it, with an end', async () => {
    await using at = await openEngine()
    const call = onWire()
    at.script.plan('account', call.behaviour)
    const run = await at.begin()
    const until = at.clock.now() + 10 * MINUTE
    expect(await at.press(run.id, { kind: 'pause', until })).toMatchObject({
      kind: 'decided',
      run: { status: 'paused' },
    })
    expect(await at.press(run.id, { kind: 'pause', until }, JOHN)).toMatchObject({ kind: 'too-late', by: { by: JANE } })
    call.answer('done')
    await at.clock.advance(0)
    expect(await at.statuses(run.id)).toBe('succeeded held held pending')
    expect(at.engine().holds.standing(TEAM)).toEqual([])
    await at.kill()
    await at.clock.advance(10 * MINUTE)
    expect(await at.statuses(run.id)).toBe('succeeded succeeded succeeded succeeded')
    const kinds = await at.kinds(run.id)
    expect(kinds.filter((kind) => kind.startsWith('decision.'))).toEqual([
      'decision.pause',
      'decision.refused',
      'decision.resume',
    ])
  })

  test('of one run, resumed by hand; a wider pause still holds it', async () => {
    await using at = await openEngine()
    const hold = await pause(at)
    const run = await at.begin()
    await at.press(run.id, { kind: 'pause', until: null })
    await decide(at, hold, 'resume')
    await at.clock.advance(5_000)
    expect(await at.step(run.id, 'account')).toMatchObject({ status: 'held', hold: null })
    expect(await at.press(run.id, { kind: 'resume' })).toMatchObject({ kind: 'decided' })
    expect(await at.statuses(run.id)).toBe('succeeded succeeded succeeded succeeded')
    expect(await at.press(run.id, { kind: 'resume' })).toMatchObject({ kind: 'too-late' })
  })
})

describe('the brake', () => {
  const brake = { starts: 2, withinMs: 10 * MINUTE }

  test('lets as many begin as is usual; the others wait for a look, also behind a restart', async () => {
    await using at = await openEngine({ brake })
    const runs = await beginMany(at, 2)
    await at.kill()
    const more = await at.begin({ email: 'more@acme.example', name: 'More' }, 'more')
    const last = await at.begin({ email: 'last@acme.example', name: 'Last' }, 'last')
    expect(await statusOf(at, [...runs, more, last])).toEqual(['succeeded', 'succeeded', 'held', 'held'])
    const [hold] = at.engine().holds.standing(TEAM)
    expect(hold).toMatchObject({ kind: 'brake', status: 'open' })
    if (!hold) return
    await decide(at, hold, 'release-one')
    await at.clock.advance(0)
    expect(await statusOf(at, [more, last])).toEqual(['succeeded', 'held'])
    await at.clock.advance(5 * MINUTE)
    expect(await statusOf(at, [last])).toEqual(['held'])
    await decide(at, hold, 'release-all')
    await at.clock.advance(1_000)
    expect(await statusOf(at, [last])).toEqual(['succeeded'])
    expect(at.engine().holds.standing(TEAM)).toEqual([])
    // What somebody has looked at is not counted again.
    const next = await at.begin({ email: 'next@acme.example', name: 'Next' }, 'next')
    expect(await statusOf(at, [next])).toEqual(['succeeded'])
  })

  test('counts those that come at the same moment, and cancels what is not wanted', async () => {
    await using at = await openEngine({ brake })
    const starts = Array.from({ length: 6 }, (_, n) =>
      at.engine().start({
        team: TEAM,
        workflow: 'employee-onboarding',
        input: { email: `person${n}@acme.example`, name: `Person ${n}` },
        actor: JANE,
        startKey: `V${n}`,
      }),
    )
    const runs = (await Promise.all(starts)).flatMap((answer) => (answer.kind === 'started' ? [answer.run] : []))
    await at.clock.advance(0)
    const statuses = await statusOf(at, runs)
    expect(statuses.filter((status) => status === 'succeeded')).toHaveLength(2)
    expect(statuses.filter((status) => status === 'held')).toHaveLength(4)
    const [hold] = at.engine().holds.standing(TEAM)
    if (hold) await decide(at, hold, 'cancel-all')
    await at.clock.advance(10_000)
    expect((await statusOf(at, runs)).filter((status) => status === 'cancelled')).toHaveLength(4)
    expect(at.engine().holds.standing(TEAM)).toEqual([])
    expect(at.errors).toEqual([])
  })

  test('starts that are old are not counted', async () => {
    await using at = await openEngine({ brake })
    await beginMany(at, 2)
    await at.clock.advance(11 * MINUTE)
    const later = await at.begin({ email: 'later@acme.example', name: 'Later' }, 'later')
    expect(await statusOf(at, [later])).toEqual(['succeeded'])
  })
})
