import { expect, it } from 'vitest'
import { ALERTS_KEPT_MS, type AlertCase, causeOf, Matter } from '../../src/domain/alert.ts'
import { alertCardId } from '../../src/domain/card.ts'
import { DRAFT_KEPT_MS } from '../../src/domain/form-draft.ts'
import { UserId } from '../../src/domain/ids.ts'
import { createTrueAges } from '../../src/domain/true-ages.ts'
import { createSweeper } from '../../src/engine/create-sweeper.ts'
import { tellAlert } from '../../src/engine/tell-alerts.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { sampleChanges } from '../support/sample-changes.ts'
import { TEAM } from '../support/test-ids.ts'
import { testKeys } from '../support/test-keys.ts'
import { testLedger } from '../support/test-ledger.ts'
import { testRules } from '../support/test-rules.ts'
import { memoryStore } from '../support/test-store.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

async function openSweeper() {
  const clock = createFakeClock()
  const opened = memoryStore()
  const held = await testKeys(clock, [TEAM])
  const sample = sampleChanges(clock)
  const errors: unknown[] = []
  const sweeper = createSweeper({ store: opened.store, clock, onError: (error) => errors.push(error) })
  sweeper.start()
  const ledger = testLedger({ store: opened.store, keys: held.keys, clock })
  const ages = createTrueAges(clock)
  const rules = { current: testRules, at: async () => testRules(), problems: () => [] }
  const tell = (move: Parameters<typeof tellAlert>[1]) =>
    tellAlert({ store: opened.store, ledger, rules, clock, ages, ids: sample.ids }, move)
  return {
    ...{ clock, sample, store: opened.store, tell, errors },
    async [Symbol.asyncDispose]() {
      await sweeper.stop()
      expect(clock.waiting()).toBe(0)
      await opened[Symbol.asyncDispose]()
      held[Symbol.dispose]()
      expect(errors).toEqual([])
    },
  }
}

type At = Awaited<ReturnType<typeof openSweeper>>

/** A storm of this day comes and is over, and Slack has taken its card. */
async function storm({ clock, sample, store, tell }: At, day: number, many: number): Promise<string> {
  const at = clock.now()
  const matter = Matter.parse({ kind: 'not-usable', item: 'x', source: `s${day}`, code: 'not-json' })
  const id = `storm/${day}`
  const of = { team: TEAM, run: null, step: null, matter, since: at, raisedAt: at, settledAt: null }
  const alert = { ...of, id, cause: causeOf(matter), movedAt: at }
  const cases: AlertCase[] = Array.from({ length: many }, (_, index) => ({ ...of, alert: id, id: `${day}/${index}` }))
  await tell({ alert, isNew: true, added: cases, over: [], left: many })
  await clock.advance(HOUR)
  await tell({ alert, isNew: false, added: [], over: cases, left: 0 })
  await clock.advance(HOUR)
  await tell({ alert: { ...alert, movedAt: clock.now() - HOUR }, isNew: false, added: [], over: [], left: 0 })
  const card = await store.card(TEAM, alertCardId(id))
  if (!card) throw new Error('it has no card')
  const { team, revision } = card
  await store.commit(sample.write({ painted: { ...sample.painted({ ...card, team } as never), revision } }))
  return id
}

it('what alerts stand for stays bounded over a year of storms, and the ledger keeps an entry for each', async () => {
  await using at = await openSweeper()
  const many = 6
  const ids: string[] = []
  let most = 0
  for (let day = 0; day < 365; day++) {
    ids.push(await storm(at, day, many))
    await at.clock.advance(DAY - 2 * HOUR)
    const stand = await Promise.all(ids.slice(-40).map((id) => at.store.alert(TEAM, id)))
    most = Math.max(most, stand.filter((alert) => alert !== null).length)
  }
  const left = await Promise.all(ids.map((id) => at.store.alert(TEAM, id)))
  const cards = await Promise.all(ids.map((id) => at.store.card(TEAM, alertCardId(id))))
  const counts = await Promise.all(ids.map((id) => at.store.countCases(TEAM, id)))
  const kept = Math.ceil(ALERTS_KEPT_MS / DAY) + 1
  expect(left.filter((alert) => alert !== null).length).toBeLessThanOrEqual(kept)
  expect(most).toBeLessThanOrEqual(kept)
  expect(cards.filter((card) => card !== null).length).toBeLessThanOrEqual(kept)
  expect(counts.reduce((sum, { total }) => sum + total, 0)).toBeLessThanOrEqual(kept * many)
  // Those of the last weeks stand.
  expect(left.slice(-20).every((alert) => alert !== null)).toBe(true)
  for (const kind of ['alert.raised', 'alert.settled']) {
    expect(await at.store.entries({ team: TEAM, kinds: [kind] }, null, 10_000)).toHaveLength(365 * many)
  }
  console.log(`a year of a storm a day: at most ${most} alerts on disk, ${365 * many} entries of each kind`)
})

it('a draft that nobody comes back to is gone a fortnight later, within the hour', async () => {
  await using at = await openSweeper()
  const user = UserId.parse('U0OLGA')
  const draft = { team: TEAM, user, workflow: 'hiring', sealed: Buffer.from('x'), at: at.clock.now() }
  await at.store.commit(at.sample.write({ formDraft: { kind: 'keep', draft, before: 0 } }))
  await at.clock.advance(DRAFT_KEPT_MS - HOUR)
  expect(await at.store.formDraft(TEAM, user, 'hiring')).not.toBeNull()
  await at.clock.advance(2 * HOUR)
  expect(await at.store.formDraft(TEAM, user, 'hiring')).toBeNull()
})

it('a sweep that a failing disk cuts off goes on an hour later', async () => {
  await using at = await openSweeper()
  const id = await storm(at, 1, 3)
  const { sweep } = at.store
  let struck = 0
  at.store.sweep = async (...args) => {
    if (struck++ > 0) return await sweep(...args)
    throw new Error('the disk says no')
  }
  await at.clock.advance(ALERTS_KEPT_MS + 3 * HOUR)
  expect(struck).toBeGreaterThan(1)
  expect(at.errors.splice(0)).toHaveLength(1)
  expect(await at.store.alert(TEAM, id)).toBeNull()
})
