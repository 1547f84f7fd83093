import { describe, expect, test } from 'vitest'
import { type Card, type CardMark, failureCardId } from '../../src/domain/card.ts'
import { StepKey } from '../../src/domain/ids.ts'
import { TEAM } from '../support/test-ids.ts'
import { type OpenStore, onStore } from './store-contract.ts'

/** What every store has to keep of cards: marks, turns, and what was painted. */
export function cardsContract(open: OpenStore): void {
  describe('cards', () => {
    test('each mark raises the revision, and a mark made while an older one was painted stays', () =>
      onStore(open, async ({ store, sample, clock }) => {
        const run = sample.run()
        const mark = sample.mark(run)
        await store.commit(sample.start(run, { cards: [mark] }))
        const first = clock.now()
        await clock.advance(5_000)
        await store.commit(sample.write({ cards: [mark] }))
        const painted = { ...sample.painted(mark), ts: '1.2', channelId: 'C1', digest: 'd' }
        await store.commit(sample.write({ painted: { ...painted, revision: 1 } }))
        expect(await store.card(TEAM, mark.id)).toMatchObject({ revision: 2, painted: 1, staleSince: first })
        expect((await store.staleCards(10)).map((card) => card.id)).toEqual([mark.id])
        await store.commit(sample.write({ painted: { ...painted, revision: 2 } }))
        expect(await store.card(TEAM, mark.id)).toMatchObject({ painted: 2, staleSince: null, ts: '1.2' })
        expect(await store.staleCards(10)).toEqual([])
        expect(await store.cardAt(TEAM, 'C1', '1.2')).toMatchObject({ id: mark.id })
      }))

    test('a card that is to be sent again is not equal to what was sent before', () =>
      onStore(open, async ({ store, sample, clock }) => {
        const run = sample.run()
        const mark = sample.mark(run)
        await store.commit(sample.start(run, { cards: [mark] }))
        const painted = { ...sample.painted(mark), ts: '1.2', channelId: 'C1', digest: 'd' }
        await store.commit(sample.write({ painted: { ...painted, revision: 1 } }))
        await store.commit(sample.write({ cards: [mark], at: clock.now() }))
        expect(await store.card(TEAM, mark.id)).toMatchObject({ digest: 'd' })
        await store.commit(sample.write({ cards: [{ ...mark, again: true }], at: clock.now() }))
        expect(await store.card(TEAM, mark.id)).toMatchObject({ digest: null, ts: '1.2' })
      }))

    test('an alert that waits stays urgent, whatever else marks its card, until it is painted', () =>
      onStore(open, async ({ store, sample }) => {
        const run = sample.run()
        const alert = sample.mark(run, { urgent: true })
        await store.commit(sample.start(run, { cards: [alert] }))
        await store.commit(sample.write({ cards: [{ ...alert, urgent: false }] }))
        expect(await store.card(TEAM, alert.id)).toMatchObject({ revision: 2, urgent: true })
        await store.commit(sample.write({ painted: { ...sample.painted(alert), revision: 2 } }))
        await store.commit(sample.write({ cards: [{ ...alert, urgent: false }] }))
        expect(await store.card(TEAM, alert.id)).toMatchObject({ revision: 3, urgent: false })
      }))

    test('keeps where a card went meanwhile, that it came late, and what the second path told', () =>
      onStore(open, async ({ store, sample, clock }) => {
        const run = sample.run()
        const mark = sample.mark(run, { id: failureCardId(run.id, StepKey.parse('mail')), kind: 'failure' })
        await store.commit(sample.start(run, { cards: [mark] }))
        expect(await store.astrayCards(10)).toEqual([])
        const told = { at: clock.now(), key: 'purser/1', things: 3, mark: 1 }
        await store.commit(sample.write({ told: [{ team: TEAM, id: mark.id, told }] }))
        const astray = { undeliverable: 'archived', detour: '#general', left: { channel: 'C1', ts: '1.2' } }
        const late = { ms: 70_000, why: 'Slack answered 503' }
        const painted = sample.painted(mark, { ts: '2.1', channelId: 'C2', ...astray, late })
        await store.commit(sample.write({ painted }))
        expect(await store.astrayCards(10)).toMatchObject([{ id: mark.id, ...astray, late, told }])
        await store.commit(sample.write({ cards: [mark] }))
        expect(await store.card(TEAM, mark.id)).toMatchObject({ ...astray, staleSince: clock.now() })

        const home = { ...painted, revision: 2, undeliverable: null, detour: null, left: null, late: null }
        const resolved = [{ team: TEAM, id: mark.id, told: null }]
        await store.commit(sample.write({ painted: home, told: resolved }))
        expect(await store.card(TEAM, mark.id)).toMatchObject({
          told: null,
          late: null,
          detour: null,
          staleSince: null,
        })
        expect(await store.astrayCards(10)).toEqual([])
      }))

    test('stale cards come urgent first, then oldest first', () =>
      onStore(open, async ({ store, sample, clock }) => {
        const run = sample.run()
        const step = StepKey.parse('payroll')
        const failure: Partial<CardMark> = { id: failureCardId(run.id, step), kind: 'failure', step, urgent: true }
        const other = sample.run()
        await store.commit(sample.start(run, { cards: [sample.mark(run)] }))
        await clock.advance(10)
        await store.commit(sample.start(other, { cards: [sample.mark(other)] }))
        await clock.advance(10)
        await store.commit(sample.write({ cards: [sample.mark(run, failure)] }))
        const ids = (await store.staleCards(10)).map((card) => card.id)
        expect(ids).toEqual([failure.id, sample.mark(run).id, sample.mark(other).id])
        expect(await store.staleCards(1)).toHaveLength(1)
        const [, second] = await store.staleCards(10)
        const others = (await store.staleCards(10, second)).map((card) => card.id)
        expect(others).toEqual(ids.slice(2))
        expect(await store.countUnposted(TEAM, '#ops', 9)).toBe(2)
        expect(await store.countUnposted(TEAM, '#ops', 1)).toBe(1)
        expect(await store.countUnposted(TEAM, '#elsewhere', 9)).toBe(0)
      }))

    test('stale cards come by their turn: what somebody pressed, what needs somebody, what else is urgent, progress', () =>
      onStore(open, async ({ store, sample, clock }) => {
        const step = StepKey.parse('payroll')
        const [progress, ended, failing, pressed] = Array.from({ length: 4 }, () => sample.run())
        if (!progress || !ended || !failing || !pressed) throw new Error('no runs')
        const failure = failureCardId(failing.id, step)
        const marks = [
          sample.mark(progress),
          sample.mark(ended, { urgent: true }),
          sample.mark(failing, { id: failure, kind: 'failure', step, urgent: true }),
          sample.mark(pressed, { urgent: true, clicked: true }),
        ]
        for (const run of [progress, ended, failing, pressed]) await store.commit(sample.start(run))
        for (const mark of marks) {
          await store.commit(sample.write({ cards: [mark] }))
          await clock.advance(1)
        }
        const inTurn = marks.toReversed().map(({ id }) => id)
        expect((await store.staleCards(10)).map(({ id }) => id)).toEqual(inTurn)
        expect((await store.staleCards(10)).map(({ turn }) => turn)).toEqual([3, 2, 1, 0])
        const [first] = await store.staleCards(1)
        expect((await store.staleCards(2, first)).map(({ id }) => id)).toEqual(inTurn.slice(1, 3))
        // A later mark in less of a hurry does not put it back.
        await store.commit(sample.write({ cards: [sample.mark(pressed)] }))
        expect((await store.staleCards(1)).map(({ id }) => id)).toEqual(inTurn.slice(0, 1))
      }))

    test('stale cards are walked page by page, each once, also those of one moment', () =>
      onStore(open, async ({ store, sample, clock }) => {
        const runs = Array.from({ length: 25 }, () => sample.run())
        for (const [at, run] of runs.entries()) {
          if (at === 9 || at === 20) await clock.advance(1)
          await store.commit(sample.start(run, { cards: [sample.mark(run, { urgent: at % 4 === 0 })] }))
        }
        const walked: Card[] = []
        for (let page = await store.staleCards(4); page.length > 0; page = await store.staleCards(4, page.at(-1))) {
          walked.push(...page)
        }
        expect(walked).toEqual(await store.staleCards(100))
        expect(new Set(walked.map(({ id }) => id)).size).toBe(25)
        expect(walked.slice(0, 7).every(({ urgent }) => urgent)).toBe(true)
      }))
  })
}
