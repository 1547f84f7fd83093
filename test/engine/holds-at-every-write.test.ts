import { expect, test } from 'vitest'
import type { Change } from '../../db/store.ts'
import { holdCardId } from '../../src/domain/card.ts'
import type { Hold } from '../../src/domain/hold.ts'
import { ended, type Run } from '../../src/domain/run.ts'
import type { CallScope } from '../../src/egress/scope.ts'
import { JANE, TEAM } from '../support/test-ids.ts'
import { settle } from '../support/turns.ts'
import { openEngine } from './open-engine.ts'
import { unavailable } from './scripted-egress.ts'

type At = Awaited<ReturnType<typeof openEngine>>

const MINUTE = 60_000
const EVERYTHING = { of: 'everything' } as const
const person = (n: number) => ({ email: `person${n}@acme.example`, name: `Person ${n}` })

/** What people do, each as often as it takes: who hears nothing asks again. */
interface Story {
  /** Of a pause of all: until when. */
  untilMs: number | null
  /** Pauses of one run besides. */
  ofRun: boolean
  /** Ends what holds, unless its time does. */
  end(at: At, hold: Hold): Promise<unknown>
}

const patiently = async (work: Promise<unknown>): Promise<void> => {
  await Promise.race([work.catch(() => null), settle(20)])
  await settle()
}

/** One run backs off, a pause begins, two more are started, the pause ends. */
async function play(at: At, story: Story): Promise<void> {
  const start = (n: number) =>
    at.engine().start({
      ...{ team: TEAM, workflow: 'employee-onboarding', input: person(n), actor: JANE, startKey: `V${n}` },
    })
  await patiently(start(0))
  const until = story.untilMs === null ? null : at.clock.now() + story.untilMs
  await patiently(at.engine().holds.pause({ team: TEAM, scope: EVERYTHING, by: JANE, reason: 'audit week', until }))
  await at.clock.advance(1)
  await patiently(start(1))
  await patiently(start(2))
  if (story.ofRun) {
    for (const run of await runsOf(at)) {
      if (run.paused || ended(run)) continue
      const decision = { kind: 'pause', reason: 'wait', until: null } as const
      await patiently(at.engine().decide({ team: TEAM, run: run.id, actor: JANE, decision }))
    }
  }
}

const runsOf = async (at: At): Promise<Run[]> => {
  await settle()
  const rows = await at.store.runs({ team: TEAM }, 10)
  return await Promise.all(rows.map(({ id }) => at.run(id)))
}

const heldBeyond = (change: Change): boolean => change.run !== undefined || change.hold !== undefined

/** The process dies at its write number `last`; another one goes on, and people ask again. False when there were fewer writes. */
async function diesAt(last: number, story: Story, phase: 'opening' | 'ending'): Promise<boolean> {
  await using at = await openEngine({ incidents: { releasePerMinute: 600 } })
  let isDown = true
  const account = async (scope: CallScope) => (isDown ? await unavailable(30 * MINUTE)(scope) : { id: 'account' })
  at.script.plan('account', ...Array.from({ length: 20 }, () => account))
  let writes = 0
  let isDead = false
  const killing = (change: Change) => {
    if (!heldBeyond(change)) return null
    isDead ||= ++writes > last
    return isDead ? Promise.reject(new Error('the process is gone')) : null
  }
  if (phase === 'opening') at.refuse.commit = killing
  await play(at, story)
  if (phase === 'opening') await revive(at, story)
  const [hold] = at.engine().holds.standing(TEAM)
  if (!hold) throw new Error('nothing is paused')
  await nothingBegins(at, hold)
  isDown = false
  if (phase === 'ending') at.refuse.commit = killing
  await end(at, hold, story)
  await at.clock.advance(MINUTE)
  if (phase === 'ending') {
    at.refuse.commit = null
    await at.kill()
    await end(at, hold, story)
  }
  await at.clock.advance(60 * MINUTE)
  await everythingIsDone(at, hold)
  return isDead
}

async function revive(at: At, story: Story): Promise<void> {
  at.refuse.commit = null
  await at.kill()
  await play(at, story)
}

async function end(at: At, hold: Hold, story: Story): Promise<void> {
  await patiently(story.end(at, hold))
  for (const run of await runsOf(at)) {
    if (!run.paused) continue
    const decision = { kind: 'resume', reason: null } as const
    await patiently(at.engine().decide({ team: TEAM, run: run.id, actor: JANE, decision }))
  }
}

/** While it stands nothing is sent, and the card counts all that wait. */
async function nothingBegins(at: At, hold: Hold): Promise<void> {
  at.script.calls.length = 0
  await at.clock.advance(20 * MINUTE)
  expect(at.script.calls, 'nothing is sent while all is paused').toEqual([])
  const runs = await runsOf(at)
  expect(runs.map(({ status }) => status)).toEqual(['paused', 'paused', 'paused'])
  const byItself = runs.filter(({ steps }) => steps.some((step) => step.status === 'held' && step.hold === null))
  expect((await at.engine().holds.waiting(hold.id)) + byItself.length).toBe(3)
}

async function everythingIsDone(at: At, hold: Hold): Promise<void> {
  const runs = await runsOf(at)
  expect(runs.map(({ status }) => status)).toEqual(['succeeded', 'succeeded', 'succeeded'])
  expect(at.engine().holds.standing(TEAM)).toEqual([])
  expect(await at.store.card(TEAM, holdCardId(hold.id))).not.toBeNull()
  const kinds = (await at.store.entries({ team: TEAM, kinds: ['hold'] }, null, 50)).map(({ core }) => core.kind)
  expect(kinds.filter((kind) => kind === 'hold.opened')).toHaveLength(1)
  expect(kinds.filter((kind) => kind === 'hold.closed')).toHaveLength(1)
}

const resumed: Story['end'] = (at, hold) =>
  at.engine().holds.decide({ team: TEAM, hold: hold.id, kind: 'resume', by: JANE, reason: null })

const over: Story['end'] = (at) => at.clock.advance(45 * MINUTE)

const stories: [string, () => Story, 'opening' | 'ending'][] = [
  ['is opened', () => ({ untilMs: null, ofRun: false, end: resumed }), 'opening'],
  ['of a run is opened beside it', () => ({ untilMs: null, ofRun: true, end: resumed }), 'opening'],
  ['is lifted', () => ({ untilMs: null, ofRun: false, end: resumed }), 'ending'],
  ['comes to its end', () => ({ untilMs: 40 * MINUTE, ofRun: false, end: over }), 'ending'],
  ['of a run is lifted beside it', () => ({ untilMs: null, ofRun: true, end: resumed }), 'ending'],
]

test.each(stories)(
  'a process that dies at any write while a pause %s is taken up by the next one',
  async (_name, story, phase) => {
    let deaths = 0
    while (await diesAt(deaths, story(), phase)) deaths += 1
    console.info(`a pause ${_name}: ${deaths} deaths`)
    expect(deaths).toBeGreaterThan(3)
  },
)
