import { describe, expect, test } from 'vitest'
import { type Alert, Matter } from '../../src/domain/alert.ts'
import { alertCardId, type CardMark } from '../../src/domain/card.ts'
import { StepKey } from '../../src/domain/ids.ts'
import type { InboxItem } from '../../src/domain/inbox-item.ts'
import type { SampleChanges } from '../support/sample-changes.ts'
import { OTHER_TEAM, TEAM } from '../support/test-ids.ts'
import { type OpenStore, onStore } from './store-contract.ts'

const SIGNED = StepKey.parse('signed')

const itemOf = (sample: SampleChanges, parts: Partial<InboxItem> = {}): InboxItem => ({
  id: sample.ids.entry(),
  team: TEAM,
  source: 'contracts',
  event: 'evt-1',
  type: 'signed',
  status: 'new',
  code: null,
  match: null,
  run: null,
  owner: sample.ids.subject(),
  receivedAt: 1,
  settledAt: null,
  version: 1,
  sealed: Buffer.from('sealed'),
  ...parts,
})

const alertOf = (parts: Partial<Alert> = {}): Alert => ({
  team: TEAM,
  id: 'not-usable/1',
  run: null,
  step: null,
  matter: Matter.parse({ kind: 'not-usable', item: '1', source: 'contracts', code: 'no-such-field' }),
  since: 5,
  raisedAt: 10,
  settledAt: null,
  cause: 'not-usable contracts no-such-field',
  movedAt: 10,
  ...parts,
})

/** What every store has to keep of what comes from outside, and of what does not happen. */
export function storeEventsContract(open: OpenStore): void {
  describe('the inbox', () => {
    test('takes what comes from outside once for each team, source and id, with its entry', () =>
      onStore(open, async ({ store, sample }) => {
        const item = itemOf(sample)
        const entry = sample.entry({ kind: 'webhook.received' })
        const insert = { kind: 'insert', item } as const
        expect(await store.commit(sample.write({ entries: [entry], inbox: [insert] }))).toEqual({ kind: 'committed' })
        const again = { kind: 'insert', item: itemOf(sample) } as const
        expect(await store.commit(sample.write({ entries: [sample.entry()], inbox: [again] }))).toEqual({
          kind: 'seen',
        })
        for (const other of [{ source: 'hr' }, { event: 'evt-2' }, { team: OTHER_TEAM }]) {
          const write = { kind: 'insert', item: itemOf(sample, other) } as const
          expect(await store.commit(sample.write({ inbox: [write] }))).toEqual({ kind: 'committed' })
        }
        expect(await store.inboxItem(TEAM, item.id)).toMatchObject({ ...item, sealed: expect.any(Uint8Array) })
        expect(await store.inboxItem(OTHER_TEAM, item.id)).toBeNull()
        expect(await store.entries({ team: TEAM }, null, 10)).toEqual([entry])
      }))

    test('lets one of two deal with an item', () =>
      onStore(open, async ({ store, sample }) => {
        const item = itemOf(sample)
        await store.commit(sample.write({ inbox: [{ kind: 'insert', item }] }))
        const taken = { ...item, status: 'taken', settledAt: 9, version: 2 } as const
        const lost = sample.entry()
        const answers = await Promise.all([
          store.commit(sample.write({ inbox: [{ kind: 'update', item: taken, expected: 1 }] })),
          store.commit(sample.write({ inbox: [{ kind: 'update', item: taken, expected: 1 }], entries: [lost] })),
        ])
        expect(answers).toEqual([{ kind: 'committed' }, { kind: 'inbox-moved' }])
        expect(await store.entries({ team: TEAM }, null, 10)).toEqual([])
        expect(await store.openInbox(TEAM, ['new', 'taken'], { after: null, limit: 10 })).toEqual([])
      }))

    test('tells what is open, oldest first and page by page, and how much', () =>
      onStore(open, async ({ store, sample, clock }) => {
        const items: InboxItem[] = []
        for (const status of ['new', 'stuck', 'kept', 'new'] as const) {
          const item = itemOf(sample, { event: `evt-${items.length}`, status })
          await store.commit(sample.write({ inbox: [{ kind: 'insert', item }] }))
          items.push(item)
          await clock.advance(1)
        }
        const ids = async (after: string | null, limit: number) =>
          (await store.openInbox(TEAM, ['new', 'stuck'], { after, limit })).map(({ id }) => id)
        expect(await ids(null, 2)).toEqual([items[0]?.id, items[1]?.id])
        expect(await ids(items[1]?.id ?? null, 2)).toEqual([items[3]?.id])
        expect(await store.openInbox(OTHER_TEAM, ['new'], { after: null, limit: 9 })).toEqual([])
        expect(await store.openInbox(null, ['kept'], { after: null, limit: 9 })).toHaveLength(1)
        const counts = Object.fromEntries((await store.inboxCounts()).map(({ status, count }) => [status, count]))
        expect(counts).toEqual({ new: 2, stuck: 1, kept: 1 })
      }))
  })

  describe('what steps wait for', () => {
    test('is found by what it is matched by, from either side, until it is over', () =>
      onStore(open, async ({ store, sample }) => {
        const [first, second] = [sample.ids.run(), sample.ids.run()]
        const waits = { team: TEAM, match: 'm1', step: SIGNED, event: 'contract-signed', expectedBy: null }
        const begun = [
          { ...waits, run: second, since: 20 },
          { ...waits, run: first, since: 10, expectedBy: 50 },
        ]
        await store.commit(sample.write({ awaited: { begun, over: [] } }))
        expect((await store.awaiting(TEAM, 'm1')).map(({ run }) => run)).toEqual([first, second])
        expect(await store.awaiting(OTHER_TEAM, 'm1')).toEqual([])
        expect(await store.overdueAwaited(49, 10)).toEqual([])
        expect(await store.overdueAwaited(50, 10)).toMatchObject([{ run: first, step: SIGNED }])

        expect(await store.unmatched(10)).toEqual([])
        const item = itemOf(sample, { status: 'kept', match: 'm1' })
        await store.commit(sample.write({ inbox: [{ kind: 'insert', item }] }))
        expect(await store.keptFor(TEAM, 'm1')).toMatchObject([{ id: item.id }])
        expect(await store.unmatched(10)).toEqual([{ team: TEAM, match: 'm1' }])
        await store.commit(sample.write({ awaited: { begun: [], over: begun } }))
        expect(await store.awaiting(TEAM, 'm1')).toEqual([])
        expect(await store.unmatched(10)).toEqual([])
      }))
  })

  describe('schedules and alerts', () => {
    test('a schedule stands as it was last written', () =>
      onStore(open, async ({ store, sample }) => {
        const state = { team: TEAM, name: 'payroll', spec: 'a', since: 1, dueAt: null, firedAt: null, outcome: null }
        await store.commit(sample.write({ schedule: { ...state, run: null } }))
        const fired = { ...state, dueAt: 60, firedAt: 61, outcome: 'started', run: sample.ids.run() }
        await store.commit(sample.write({ schedule: fired }))
        expect(await store.schedules(TEAM)).toEqual([fired])
        expect(await store.schedules(OTHER_TEAM)).toEqual([])
      }))

    test('an alert is open from when it is raised until it is settled, and may come again', () =>
      onStore(open, async ({ store, sample }) => {
        const alert = alertOf()
        await store.commit(sample.write({ alerts: [{ kind: 'raise', alert }] }))
        expect(await store.openAlerts()).toEqual([alert])
        await store.commit(sample.write({ alerts: [{ kind: 'settle', team: TEAM, id: alert.id, at: 20 }] }))
        expect(await store.openAlerts()).toEqual([])
        expect(await store.alert(TEAM, alert.id)).toEqual({ ...alert, settledAt: 20 })
        await store.commit(sample.write({ alerts: [{ kind: 'raise', alert: { ...alert, raisedAt: 30 } }] }))
        expect(await store.openAlerts()).toEqual([{ ...alert, raisedAt: 30 }])
      }))

    test('what an alert stands for is counted and listed, oldest first, as long as it is not over', () =>
      onStore(open, async ({ store, sample }) => {
        const alert = alertOf()
        const of = ({ id, since, raisedAt }: { id: string; since: number; raisedAt: number }) => {
          const { team, run, step, matter } = alert
          return { team, run, step, matter, id, since, raisedAt, settledAt: null, alert: alert.id }
        }
        const cases = [
          of({ id: 'b', since: 5, raisedAt: 10 }),
          of({ id: 'c', since: 7, raisedAt: 10 }),
          of({ id: 'a', since: 9, raisedAt: 30 }),
        ]
        const mark: CardMark = {
          ...{ id: alertCardId(alert.id), team: TEAM, kind: 'alert', about: alert.id, run: null, step: null },
          ...{ line: null, channel: '#ops', urgent: true },
        }
        const raised = cases.map((each) => ({ kind: 'case', case: each }) as const)
        await store.commit(sample.write({ alerts: [{ kind: 'raise', alert }, ...raised.slice(0, 2)], cards: [mark] }))
        await store.commit(sample.write({ alerts: raised.slice(2), cards: [mark] }))
        expect(await store.openAlerts()).toEqual([{ ...alert, movedAt: 30 }])
        expect(await store.countCases(TEAM, alert.id)).toEqual({ total: 3, open: 3, since: 5 })
        expect(await store.countCases(OTHER_TEAM, alert.id)).toEqual({ total: 0, open: 0, since: null })
        expect(await store.newCases(TEAM, alert.id, 0)).toEqual({ open: 3, since: 5 })
        expect(await store.newCases(TEAM, alert.id, 1)).toEqual({ open: 1, since: 9 })
        expect(await store.newCases(TEAM, alert.id, 2)).toEqual({ open: 0, since: null })
        expect(await store.casesOf(TEAM, alert.id, { skip: 0, limit: 2 })).toEqual(cases.slice(0, 2))
        expect(await store.casesOf(TEAM, alert.id, { skip: 2, limit: 2 })).toEqual(cases.slice(2))
        const over = { kind: 'case-over', case: { team: TEAM, alert: alert.id, id: 'b' }, at: 40 } as const
        await store.commit(sample.write({ alerts: [over] }))
        expect((await store.openCases()).map(({ id }) => id).sort()).toEqual(['a', 'c'])
        expect(await store.countCases(TEAM, alert.id)).toEqual({ total: 3, open: 2, since: 7 })
        expect(await store.alert(TEAM, alert.id)).toMatchObject({ movedAt: 40, settledAt: null })
      }))

    test('of the inbox the heads are read without what came, oldest first', () =>
      onStore(open, async ({ store, sample }) => {
        const [first, second] = [itemOf(sample, { status: 'stuck', code: 'x' }), itemOf(sample, { event: 'evt-2' })]
        const third = itemOf(sample, { event: 'evt-3' })
        for (const item of [first, second]) await store.commit(sample.write({ inbox: [{ kind: 'insert', item }] }))
        const heads = [first, second].map(({ id, team, source, status, code, receivedAt }) => ({
          ...{ id, team, source, status, code, receivedAt },
        }))
        expect(await store.inboxHeads(10)).toEqual(heads)
        expect(await store.inboxHeads(1)).toEqual(heads)
        await store.commit(sample.write({ inbox: [{ kind: 'insert', item: third }] }))
        expect((await store.inboxHeads(1)).map(({ id }) => id)).toEqual([first.id, second.id])
        const done = { ...first, status: 'dismissed', settledAt: 9, version: 2 } as const
        await store.commit(sample.write({ inbox: [{ kind: 'update', item: done, expected: 1 }] }))
        expect((await store.inboxHeads(10)).map(({ id }) => id)).toEqual([second.id, third.id])
      }))

    test('a card may be about something that is no run', () =>
      onStore(open, async ({ store, sample }) => {
        const id = alertCardId('not-usable/1')
        const mark = { id, team: TEAM, kind: 'alert', about: 'not-usable/1', run: null, step: null } as const
        await store.commit(sample.write({ cards: [{ ...mark, line: null, channel: '#ops-alerts', urgent: true }] }))
        expect(await store.card(TEAM, id)).toMatchObject({ ...mark, revision: 1 })
        expect(await store.staleCards(10)).toMatchObject([mark])
      }))

    test('a run is idle that goes on with nothing under way and no time', () =>
      onStore(open, async ({ store, sample }) => {
        const idle = sample.run()
        const others = [
          sample.run({ attempts: [sample.ids.attempt()] }),
          sample.run({ wakeAt: 5 }),
          sample.run({ status: 'waiting' }),
          sample.run({ status: 'blocked' }),
          sample.run({ status: 'succeeded', endedAt: 5 }),
        ]
        for (const run of [idle, ...others]) await store.commit(sample.start(run))
        expect(await store.idleRuns(10)).toEqual([{ team: TEAM, id: idle.id }])
        await store.commit(sample.update({ ...idle, wakeAt: 9 }, 1))
        expect(await store.idleRuns(10)).toEqual([])
      }))
  })
}
