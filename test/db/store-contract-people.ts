import { describe, expect, test } from 'vitest'
import { StepKey, UserId } from '../../src/domain/ids.ts'
import { OTHER_TEAM, TEAM } from '../support/test-ids.ts'
import { type OpenStore, onStore } from './store-contract.ts'

/** What every store has to keep of what people say of themselves, and of what has come. */
export function peopleContract(open: OpenStore): void {
  describe('what people say of themselves', () => {
    test('is kept once for each person, and gone when they are back', () =>
      onStore(open, async ({ store, sample }) => {
        const user = UserId.parse('U0JANE')
        const absence = { team: TEAM, user, from: 5, until: null, to: UserId.parse('U0JOHN'), here: false }
        await store.commit(sample.write({ absence: { kind: 'away', absence } }))
        const later = { ...absence, until: 99, to: null, here: true }
        await store.commit(sample.write({ absence: { kind: 'away', absence: later } }))
        expect(await store.absences(TEAM)).toEqual([later])
        expect(await store.absences(OTHER_TEAM)).toEqual([])
        await store.commit(sample.write({ absence: { kind: 'back', team: TEAM, user } }))
        expect(await store.absences(TEAM)).toEqual([])
      }))

    test('is when they are to be reminded: once for each step, the latest wish counts, and what was moved stays', () =>
      onStore(open, async ({ store, sample }) => {
        const user = UserId.parse('U0JANE')
        const { id: run } = sample.run()
        const wish = (step: string, until: number) => ({ team: TEAM, user, run, step: StepKey.parse(step), until })
        const set = (snooze: ReturnType<typeof wish>) => store.commit(sample.write({ snooze: { kind: 'set', snooze } }))
        await set(wish('ok', 50))
        await set(wish('ok', 20))
        await set(wish('install', 30))
        expect(await store.snoozes(TEAM, user)).toEqual([wish('ok', 20), wish('install', 30)])
        expect(await store.snoozes(OTHER_TEAM, user)).toEqual([])
        expect(await store.nextSnooze()).toBe(20)
        expect(await store.dueSnoozes(25, 10)).toEqual([wish('ok', 20)])
        await set(wish('ok', 40))
        await store.commit(sample.write({ snooze: { kind: 'over', snooze: wish('ok', 20) } }))
        expect(await store.snoozes(TEAM, user)).toEqual([wish('install', 30), wish('ok', 40)])
        await store.commit(sample.write({ snooze: { kind: 'over', snooze: wish('ok', 40) } }))
        expect(await store.snoozes(TEAM, user)).toEqual([wish('install', 30)])
      }))

    test('is what they had written in a form, once for each form; what is too old goes with the next', () =>
      onStore(open, async ({ store, sample }) => {
        const [jane, john] = [UserId.parse('U0JANE'), UserId.parse('U0JOHN')]
        const keep = (
          user: UserId,
          workflow: string,
          { text, at, before = 0 }: { text: string; at: number; before?: number },
        ) =>
          store.commit(
            sample.write({
              formDraft: { kind: 'keep', draft: { team: TEAM, user, workflow, sealed: Buffer.from(text), at }, before },
            }),
          )
        const text = async (user: UserId, workflow: string) => {
          const draft = await store.formDraft(TEAM, user, workflow)
          return draft && `${Buffer.from(draft.sealed).toString()} ${draft.at}`
        }
        await keep(jane, 'hiring', { text: 'a', at: 5 })
        await keep(jane, 'hiring', { text: 'b', at: 6 })
        await keep(john, 'hiring', { text: 'c', at: 7 })
        expect([await text(jane, 'hiring'), await text(john, 'hiring'), await text(jane, 'firing')]).toEqual([
          'b 6',
          'c 7',
          null,
        ])
        expect(await store.formDraft(OTHER_TEAM, jane, 'hiring')).toBeNull()
        await keep(jane, 'firing', { text: 'd', at: 9, before: 7 })
        expect([await text(jane, 'hiring'), await text(john, 'hiring'), await text(jane, 'firing')]).toEqual([
          null,
          'c 7',
          'd 9',
        ])
        await store.commit(sample.write({ formDraft: { kind: 'forget', team: TEAM, user: john, workflow: 'hiring' } }))
        expect([await text(john, 'hiring'), await text(jane, 'firing')]).toEqual([null, 'd 9'])
      }))
  })

  test('what was received is known until it is handled, oldest first, whatever the team', () =>
    onStore(open, async ({ store, sample }) => {
      const all = [TEAM, OTHER_TEAM, TEAM].map((team) => ({ team, entry: sample.ids.entry() }))
      for (const of of all) await store.commit(sample.write({ unhandled: { kind: 'received', of } }))
      expect(await store.unhandled(null, 10)).toEqual(all)
      const [first, second, third] = all
      if (!first || !second || !third) throw new Error('no entries')
      expect(await store.unhandled(null, 2)).toEqual([first, second])
      expect(await store.unhandled(second.entry, 2)).toEqual([third])
      await store.commit(sample.write({ unhandled: { kind: 'handled', of: second } }))
      // Once more changes nothing, and nobody marks what belongs to another team.
      await store.commit(sample.write({ unhandled: { kind: 'handled', of: second } }))
      await store.commit(sample.write({ unhandled: { kind: 'handled', of: { ...first, team: OTHER_TEAM } } }))
      expect(await store.unhandled(null, 10)).toEqual([first, third])
    }))
}
