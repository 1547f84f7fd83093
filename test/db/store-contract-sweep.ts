import { describe, expect, test } from 'vitest'
import { type Alert, type AlertCase, Matter } from '../../src/domain/alert.ts'
import { alertCardId, type CardMark } from '../../src/domain/card.ts'
import { UserId } from '../../src/domain/ids.ts'
import { TEAM } from '../support/test-ids.ts'
import { type OpenStore, onStore } from './store-contract.ts'

const matter = Matter.parse({ kind: 'not-usable', item: '1', source: 'contracts', code: 'not-json' })
const of = { team: TEAM, run: null, step: null, matter, since: 1, raisedAt: 1, settledAt: null }
const alertOf = (id: string): Alert => ({ ...of, id, cause: 'not-usable contracts not-json', movedAt: 1 })
const caseOf = (alert: string, id: string): AlertCase => ({ ...of, alert, id })
const markOf = (alert: string): CardMark => ({
  ...{ id: alertCardId(alert), team: TEAM, kind: 'alert', about: alert, run: null, step: null },
  ...{ line: null, channel: '#ops', urgent: true },
})
const overOf = (alert: string, id: string, at: number) =>
  ({ kind: 'case-over', case: { team: TEAM, alert, id }, at }) as const

/** What every store has to take out when its time is over, and what it has to keep. */
export function sweepContract(open: OpenStore): void {
  describe('what is kept for a while only', () => {
    test('drafts go at their time', () =>
      onStore(open, async ({ store, sample }) => {
        const user = UserId.parse('U0JANE')
        for (const [workflow, at] of [
          ['old', 5],
          ['new', 6],
        ] as const) {
          const draft = { team: TEAM, user, workflow, sealed: Buffer.from('a'), at }
          await store.commit(sample.write({ formDraft: { kind: 'keep', draft, before: 0 } }))
        }
        expect(await store.sweep({ drafts: 6, alerts: 0 }, 10)).toBe(1)
        expect(await store.sweep({ drafts: 6, alerts: 0 }, 10)).toBe(0)
        expect(await store.formDraft(TEAM, user, 'old')).toBeNull()
        expect(await store.formDraft(TEAM, user, 'new')).not.toBeNull()
      }))

    test('a settled alert goes with its cases and its card, a few rows at a time', () =>
      onStore(open, async ({ store, sample }) => {
        const raised = ['1', '2', '3'].map((id) => ({ kind: 'case', case: caseOf('a', id) }) as const)
        const alerts = [{ kind: 'raise', alert: alertOf('a') } as const, ...raised]
        await store.commit(sample.write({ alerts, cards: [markOf('a')] }))
        const over = ['1', '2', '3'].map((id) => overOf('a', id, 8))
        const settle = { kind: 'settle', team: TEAM, id: 'a', at: 10 } as const
        await store.commit(sample.write({ alerts: [...over, settle], painted: sample.painted(markOf('a')) }))
        expect(await store.sweep({ drafts: 0, alerts: 8 }, 10)).toBe(0)
        expect(await store.sweep({ drafts: 0, alerts: 10 }, 2)).toBe(2)
        // The card goes on saying how many there were.
        expect(await store.countCases(TEAM, 'a')).toEqual({ total: 3, open: 0, since: null })
        expect(await store.sweep({ drafts: 0, alerts: 10 }, 2)).toBe(1)
        expect(await store.sweep({ drafts: 0, alerts: 11 }, 2)).toBe(1)
        expect(await store.alert(TEAM, 'a')).toBeNull()
        expect(await store.card(TEAM, alertCardId('a'))).toBeNull()
      }))

    test('an alert stays while it is open, while its card is stale, and while the second path has to end it', () =>
      onStore(open, async ({ store, sample }) => {
        const settle = (id: string) => ({ kind: 'settle', team: TEAM, id, at: 10 }) as const
        const raise = async (id: string) =>
          await store.commit(
            sample.write({
              alerts: [
                { kind: 'raise', alert: alertOf(id) },
                { kind: 'case', case: caseOf(id, id) },
                { kind: 'case', case: caseOf(id, `${id}2`) },
                overOf(id, id, 8),
              ],
              cards: [markOf(id)],
            }),
          )
        for (const id of ['open', 'stale', 'told', 'refused']) await raise(id)
        const told = { at: 1, key: 'k', things: 1, mark: 1 }
        await store.commit(
          sample.write({
            alerts: ['stale', 'told', 'refused'].flatMap((id) => [overOf(id, `${id}2`, 9), settle(id)]),
            told: [{ team: TEAM, id: alertCardId('told'), told }],
            painted: sample.painted(markOf('told')),
          }),
        )
        const painted = sample.painted(markOf('refused'), { revision: 0, undeliverable: 'Purser is not in it' })
        await store.commit(sample.write({ painted }))
        while ((await store.sweep({ drafts: 0, alerts: 99 }, 10)) > 0);
        const left = async () =>
          (await Promise.all(['open', 'stale', 'told', 'refused'].map((id) => store.alert(TEAM, id)))).flatMap(
            (alert) => alert?.id ?? [],
          )
        expect(await left()).toEqual(['open', 'stale', 'told'])
        expect(await store.countCases(TEAM, 'open')).toEqual({ total: 2, open: 1, since: 1 })
        const home = { team: TEAM, id: alertCardId('told'), told: null }
        await store.commit(sample.write({ told: [home], painted: sample.painted(markOf('stale')) }))
        while ((await store.sweep({ drafts: 0, alerts: 99 }, 10)) > 0);
        expect(await left()).toEqual(['open'])
      }))
  })
}
