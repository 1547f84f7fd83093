import { describe, expect, test } from 'vitest'
import type { Store } from '../../db/store.ts'
import { UserId } from '../../src/domain/ids.ts'
import { createFakeClock, type FakeClock } from '../support/fake-clock.ts'
import { type SampleChanges, sampleChanges } from '../support/sample-changes.ts'
import { OTHER_TEAM, TEAM } from '../support/test-ids.ts'

export type OpenStore = () => Promise<{ store: Store } & AsyncDisposable>

/** A store under test, with what it takes to write to it. */
export async function onStore(
  open: OpenStore,
  work: (at: { store: Store; sample: SampleChanges; clock: FakeClock }) => Promise<void>,
): Promise<void> {
  await using opened = await open()
  const clock = createFakeClock()
  await work({ store: opened.store, sample: sampleChanges(clock), clock })
}

const all = async (store: Store) => await store.entries({ team: TEAM }, null, 100)

/** What every store has to keep of what it is given: whole changes and guards. */
export function storeContract(open: OpenStore): void {
  describe('commit', () => {
    test('writes run, entries, cards, subject, rules and the once-mark together', () =>
      onStore(open, async ({ store, sample, clock }) => {
        const run = sample.run()
        const entry = sample.entry({ run: run.id, subjects: [run.subject] })
        const subject = { id: run.subject, team: TEAM, key: 'jane@acme.example', label: 'Jane Doe' }
        const rules = { version: 3, digest: 'abc', text: 'groups: {}', at: clock.now() }
        const once = { team: TEAM, source: 'slack', id: 'event-1' }
        const cards = [sample.mark(run)]
        const parts = { entries: [entry], subject, rules, once, cards }
        expect(await store.commit(sample.start(run, parts))).toEqual({ kind: 'committed' })

        expect(await store.run(TEAM, run.id)).toMatchObject({ ...run, sealed: expect.any(Uint8Array) })
        expect(await store.entry(TEAM, entry.core.id)).toEqual(entry)
        expect(await store.subjectByKey(TEAM, 'jane@acme.example')).toEqual(subject)
        expect(await store.rulesVersion(3)).toEqual(rules)
        expect(await store.latestRules()).toEqual(rules)
        expect(await store.cardsOf(run.id)).toMatchObject([{ id: `run/${run.id}`, revision: 1, painted: 0 }])
        expect(await store.commit(sample.write({ once }))).toEqual({ kind: 'seen' })
      }))

    test('writes nothing of a change in which one part cannot be written', () =>
      onStore(open, async ({ store, sample }) => {
        const run = sample.run()
        const entry = sample.entry({ run: run.id })
        const twice = sample.start(run, { entries: [entry, entry], cards: [sample.mark(run)] })
        await expect(store.commit(twice)).rejects.toThrow()
        expect(await store.run(TEAM, run.id)).toBeNull()
        expect(await all(store)).toEqual([])
        expect(await store.cardsOf(run.id)).toEqual([])
      }))

    test('does not let one bad change take down those that are committed with it', () =>
      onStore(open, async ({ store, sample }) => {
        const [first, bad, last] = [sample.entry(), sample.entry(), sample.entry()]
        const answers = await Promise.allSettled([
          store.commit(sample.write({ entries: [first] })),
          store.commit(sample.write({ entries: [bad, bad] })),
          store.commit(sample.write({ entries: [last] })),
        ])
        expect(answers.map((answer) => answer.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
        expect(await all(store)).toEqual([last, first])
      }))
  })

  describe('guards', () => {
    test('version-moved: of two changes from one version the second writes nothing, its subject included', () =>
      onStore(open, async ({ store, sample }) => {
        const run = sample.run()
        await store.commit(sample.start(run))
        const [won, lost] = [sample.entry(), sample.entry()]
        const subject = { id: run.subject, team: TEAM, key: 'jane@acme.example', label: 'Jane Doe' }
        const answers = await Promise.all([
          store.commit(sample.update(run, 1, { entries: [won] })),
          store.commit(sample.update(run, 1, { entries: [lost], cards: [sample.mark(run)], subject })),
        ])
        expect(answers).toEqual([{ kind: 'committed' }, { kind: 'version-moved' }])
        expect(await all(store)).toEqual([won])
        expect(await store.cardsOf(run.id)).toEqual([])
        expect(await store.subjectByKey(TEAM, 'jane@acme.example')).toBeNull()
        expect(await store.run(TEAM, run.id)).toMatchObject({ version: 2 })
      }))

    test('already-started: the same start key answers with the first run', () =>
      onStore(open, async ({ store, sample }) => {
        const [first, second] = [sample.run(), sample.run()]
        const answers = await Promise.all([
          store.commit(sample.start(first, { startKey: 'V1' })),
          store.commit(sample.start(second, { startKey: 'V1', entries: [sample.entry()] })),
        ])
        expect(answers).toEqual([{ kind: 'committed' }, { kind: 'already-started', run: first.id }])
        expect(await store.run(TEAM, second.id)).toBeNull()
        expect(await all(store)).toEqual([])
      }))

    test('subject-busy: one unfinished run of a workflow about a subject, and another once it has ended', () =>
      onStore(open, async ({ store, sample, clock }) => {
        const first = sample.run()
        await store.commit(sample.start(first))
        const second = sample.run({ subject: first.subject })
        const refused = sample.start(second, { entries: [sample.entry()] })
        expect(await store.commit(refused)).toEqual({ kind: 'subject-busy', run: first.id })
        expect(await all(store)).toEqual([])
        const elsewhere = sample.run({ subject: first.subject, workflow: 'client-onboarding' })
        expect(await store.commit(sample.start(elsewhere))).toEqual({ kind: 'committed' })
        const over = { ...first, status: 'succeeded' as const, endedAt: clock.now() }
        await store.commit(sample.update(over, 1))
        expect(await store.commit(refused)).toEqual({ kind: 'committed' })
      }))

    test('seen: what came from outside counts once for each team and source', () =>
      onStore(open, async ({ store, sample }) => {
        const once = { team: TEAM, source: 'slack', id: 'e1' }
        const entry = sample.entry()
        await store.commit(sample.write({ once }))
        expect(await store.commit(sample.write({ once, entries: [entry] }))).toEqual({ kind: 'seen' })
        expect(await all(store)).toEqual([])
        const other = { ...once, source: 'hooks' }
        expect(await store.commit(sample.write({ once: other }))).toEqual({ kind: 'committed' })
      }))

    test('attempt-lost: writes for an attempt end when its run no longer has it', () =>
      onStore(open, async ({ store, sample }) => {
        const attempt = sample.ids.attempt()
        const run = sample.run({ attempts: [attempt] })
        await store.commit(sample.start(run))
        const held = { lease: { run: run.id, attempt }, entries: [sample.entry()] }
        expect(await store.commit(sample.write(held))).toEqual({ kind: 'committed' })
        await store.commit(sample.update({ ...run, attempts: [sample.ids.attempt()] }, 1))
        const late = { ...held, entries: [sample.entry()] }
        expect(await store.commit(sample.write(late))).toEqual({ kind: 'attempt-lost' })
        const nowhere = { lease: { run: sample.ids.run(), attempt }, entries: [sample.entry()] }
        expect(await store.commit(sample.write(nowhere))).toEqual({ kind: 'attempt-lost' })
        expect(await all(store)).toEqual(held.entries)
      }))
  })

  describe('saved queries', () => {
    test('are kept for each person by name, replaced and forgotten', () =>
      onStore(open, async ({ store, sample, clock }) => {
        const [jane, john] = ['U0JANE', 'U0JOHN'].map((user) => UserId.parse(user))
        if (!jane || !john) throw new Error('no people')
        const save = async (user: UserId, name: string, text: string): Promise<void> => {
          const saved = { team: TEAM, user, name, sealed: Buffer.from(text), at: clock.now() }
          await store.commit(sample.write({ savedQuery: { kind: 'save', saved } }))
        }
        await save(jane, 'late', 'a')
        await save(jane, 'errors', 'b')
        await save(jane, 'errors', 'c')
        await save(john, 'errors', 'd')
        const texts = async (user: UserId) =>
          (await store.savedQueries(TEAM, user)).map(({ name, sealed }) => `${name} ${Buffer.from(sealed).toString()}`)
        expect(await texts(jane)).toEqual(['errors c', 'late a'])
        expect(await texts(john)).toEqual(['errors d'])
        await store.commit(sample.write({ savedQuery: { kind: 'forget', team: TEAM, user: jane, name: 'errors' } }))
        expect(await texts(jane)).toEqual(['late a'])
        expect(await store.savedQueries(OTHER_TEAM, john)).toEqual([])
      }))
  })

  describe('segments', () => {
    const segment = (parts: { fromLeaf: number; toLeaf: number }) => ({
      ...parts,
      firstRow: parts.fromLeaf + 1,
      lastRow: parts.toLeaf,
      file: `segment-${parts.fromLeaf}.jsonl.gz`,
      digest: 'ab',
      newest: 5,
      at: 7,
    })

    test('are kept with what goes with them, oldest first', () =>
      onStore(open, async ({ store, sample }) => {
        const [second, first] = [segment({ fromLeaf: 2, toLeaf: 4 }), segment({ fromLeaf: 0, toLeaf: 2 })]
        await store.commit(sample.write({ segment: first }))
        await store.commit(sample.write({ segment: second }))
        expect(await store.segments()).toEqual([first, second])
      }))

    test('let their entries go, a part at a time, but for those of runs that have not ended', () =>
      onStore(open, async ({ store, sample }) => {
        const run = sample.run()
        const ofRun = sample.entry({ run: run.id, subjects: [run.subject] })
        const others = [sample.entry(), sample.entry(), sample.entry({ subjects: [run.subject] })]
        await store.commit(sample.start(run, { entries: [ofRun, ...others.slice(0, 2)] }))
        await store.commit(sample.write({ entries: others.slice(2) }))
        expect(await store.removeArchived(10)).toBe(0)
        await store.commit(sample.write({ segment: segment({ fromLeaf: 0, toLeaf: 3 }) }))
        expect(await store.removeArchived(1)).toBe(1)
        expect(await store.removeArchived(10)).toBe(1)
        expect(await store.removeArchived(10)).toBe(0)
        const left = new Set([ofRun, others[2]].map((each) => each?.core.id))
        expect(new Set((await all(store)).map(({ core }) => core.id))).toEqual(left)

        await store.commit(sample.update({ ...run, status: 'succeeded', endedAt: 1 }, run.version))
        expect(await store.removeArchived(10)).toBe(1)
        expect((await all(store)).map(({ core }) => core.id)).toEqual([others[2]?.core.id])
      }))
  })
}
