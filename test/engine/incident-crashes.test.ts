import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Change, CommitOutcome } from '../../db/store.ts'
import { ended } from '../../src/domain/run.ts'
import { createRandom } from '../proof/support/random.ts'
import { JANE, JOHN, TEAM } from '../support/test-ids.ts'
import { settle } from '../support/turns.ts'
import { down, openWatched, revoked } from './watched-vendor.ts'

const SECOND = 1_000

interface Story {
  name: string
  /** What the vendor answers while it does not work. */
  refuses(): Error
  /** Runs that are begun while it works not, one after the other. */
  runs: number
  /** Presses by people while it stands, in this order. */
  presses: readonly ('probe' | 'release-one' | 'release-all')[]
}

const STORIES: readonly Story[] = [
  { name: 'failures of two runs, and a third that waits', refuses: down, runs: 3, presses: [] },
  { name: 'a look, and a run that waits', refuses: down, runs: 1, presses: ['probe'] },
  { name: 'two failure cards that stand', refuses: revoked, runs: 2, presses: ['probe', 'release-one'] },
]

interface Death {
  /** Of which write, counted from 0. */
  at: number
  /** Whether the write was done. */
  written: boolean
}

/** Lives the story; the process dies at a write of it and another one goes on. Answers false when it had fewer writes. */
async function live(story: Story, death: Death): Promise<boolean> {
  let isDown = true
  const fails = async (): Promise<void> => {
    if (isDown) throw story.refuses()
  }
  await using at = await openWatched(fails)
  at.script.always('account', async () => {
    await fails()
    return { id: 'made' }
  })
  let writes = 0
  let isDead = false
  // Of this life alone: one for all lives would hold each of them in memory.
  const never = new Promise<never>(() => undefined)
  const through = (change: Change): Promise<CommitOutcome> => {
    at.refuse.commit = null
    const done = at.store.commit(change)
    at.refuse.commit = dying
    return done
  }
  const dying = (change: Change): Promise<CommitOutcome> => {
    if (isDead) return never
    isDead = writes++ === death.at
    if (!isDead) return through(change)
    return death.written ? through(change).then(() => never) : never
  }
  at.refuse.commit = dying
  let hasDied = false
  const acknowledged = new Set<string>()
  const start = (startKey: string): void => {
    if (acknowledged.has(startKey)) return
    const input = { email: `${startKey.toLowerCase()}@acme.example`, name: startKey }
    const call = { team: TEAM, workflow: 'employee-onboarding', input, actor: JANE, startKey }
    void at
      .engine()
      .start(call)
      .then(() => acknowledged.add(startKey))
  }
  const pass = async (seconds: number, wanted: readonly string[], stride = 1): Promise<void> => {
    for (let second = 0; second < seconds; second += stride) {
      for (const key of wanted) start(key)
      await at.clock.advance(stride * SECOND)
      if (!isDead || hasDied) continue
      hasDied = true
      at.refuse.commit = null
      await at.kill()
    }
  }

  await Promise.race([at.engine().recover(), settle()])
  if (story.runs === 1) await pass(10, [])
  const wanted: string[] = []
  for (let n = 0; n < story.runs; n++) {
    wanted.push(`Person${n}`)
    await pass(5, wanted)
  }
  for (const kind of story.presses) {
    const hold = at.incident()
    if (hold) void at.engine().holds.decide({ team: TEAM, hold: hold.id, kind, by: JOHN, reason: null })
    await pass(3, wanted)
  }
  await pass(20, wanted, 5)
  isDown = false
  await pass(240, wanted, 20)
  await check(at, { story, wanted })
  return hasDied
}

async function check(
  at: Awaited<ReturnType<typeof openWatched>>,
  { story, wanted }: { story: Story; wanted: readonly string[] },
): Promise<void> {
  const rows = await at.store.runs({ team: TEAM }, 20)
  expect(rows).toHaveLength(wanted.length)
  for (const { id } of rows) {
    const run = await at.run(id)
    expect(ended(run), `${story.name}: ${run.steps.map(({ status }) => status).join(' ')}`).toBe(true)
    expect(run.status).toBe('succeeded')
    expect((await at.kinds(id)).filter((kind) => kind === 'run.ended')).toHaveLength(1)
  }
  expect(at.engine().holds.standing(TEAM)).toEqual([])
  expect(await at.store.openHolds()).toEqual([])
  const entries = await at.store.entries({ team: TEAM, kinds: ['hold'] }, null, 100)
  const kinds = entries.map(({ core }) => core.kind)
  for (const kind of ['hold.opened', 'hold.closed']) {
    expect(
      kinds.filter((each) => each === kind),
      `${story.name}: ${kinds.join()}`,
    ).toHaveLength(1)
  }
  // Each release is told once, also where the process that told it is gone.
  const reopened = kinds.filter((kind) => kind === 'hold.reopened').length
  expect(kinds.filter((kind) => kind === 'hold.releasing')).toHaveLength(1 + reopened)
  expect(at.errors).toEqual([])
}

test.each(STORIES)('an incident by $name survives a death at every write of its life', async (story) => {
  let deaths = 0
  for (const written of [false, true]) {
    for (let write = 0; await live(story, { at: write, written }); write++) deaths += 1
  }
  console.info(`incident by ${story.name}: ${deaths} deaths, 0 violations`)
  expect(deaths).toBeGreaterThan(20)
})

/** So many failures at once, and a look that fails at the same moment, with commits that take as long as they like. */
test('an incident is opened once, whoever sees it first and however long each write takes', async () => {
  const random = createRandom(20261128)
  let opened = 0
  let delayed = 0
  for (let round = 0; round < 25; round++) {
    await using at = await openWatched(async () => Promise.reject(down()), { steps: 2, runs: 2, withinMs: 300_000 })
    at.script.always('account', async () => Promise.reject(down()))
    const slowly = async (change: Change): Promise<CommitOutcome> => {
      const turns = Math.floor(random() * 6)
      if (turns > 0) delayed += 1
      for (let each = 0; each < turns; each++) await turn()
      at.refuse.commit = null
      const done = at.store.commit(change)
      at.refuse.commit = slowly
      return await done
    }
    at.refuse.commit = slowly
    await at.engine().recover()
    // The second look comes 4 s after the first: so do the failures.
    await at.clock.advance(4 * SECOND - 1)
    const starts = [0, 1, 2, 3].map((n) =>
      at.engine().start({
        team: TEAM,
        workflow: 'employee-onboarding',
        input: { email: `person${n}@acme.example`, name: `Person ${n}` },
        actor: JANE,
        startKey: `V${n}`,
      }),
    )
    await at.clock.advance(1)
    await Promise.all(starts)
    await at.clock.advance(2 * SECOND)
    for (let n = 0; n < 10; n++) await settle()
    const entries = await at.store.entries({ team: TEAM, kinds: ['hold.opened'] }, null, 10)
    expect(entries).toHaveLength(1)
    opened += entries.length
    const [hold] = at.engine().holds.standing(TEAM)
    expect(await at.engine().holds.waiting(hold?.id as NonNullable<typeof hold>['id'])).toBe(4)
    expect(at.errors).toEqual([])
  }
  console.info(`incidents: ${opened} races, ${delayed} writes delayed, each opened once`)
  expect(delayed).toBeGreaterThan(150)
})
