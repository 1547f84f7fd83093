import { describe, expect, test } from 'vitest'
import { type EntryId, StepKey, UserId } from '../../src/domain/ids.ts'
import { OTHER_TEAM, TEAM } from '../support/test-ids.ts'
import { type OpenStore, onStore } from './store-contract.ts'

/** What every store has to find again, and for whom. */
export function storeReadsContract(open: OpenStore): void {
  describe('entries', () => {
    test('come newest first, page by page, each exactly once while others are being written', () =>
      onStore(open, async ({ store, sample, clock }) => {
        const written: EntryId[] = []
        for (let count = 0; count < 25; count++) {
          const entry = sample.entry()
          written.unshift(entry.core.id)
          await store.commit(sample.write({ entries: [entry] }))
          if (count % 4 === 0) await clock.advance(1)
        }
        const read: EntryId[] = []
        let before: EntryId | null = null
        for (let page = 0; page < 10; page++) {
          const rows = await store.entries({ team: TEAM }, before, 4)
          read.push(...rows.map((row) => row.core.id))
          before = rows.at(-1)?.core.id ?? before
          await store.commit(sample.write({ entries: [sample.entry()] }))
        }
        expect(read).toEqual(written)
      }))

    test('are found by run, step, service, kind, method, status, actor, subject and time', () =>
      onStore(open, async ({ store, sample, clock }) => {
        const run = sample.run()
        await store.commit(sample.start(run))
        const step = StepKey.parse('payroll')
        const early = sample.entry({ kind: 'decision.retry', actor: 'slack:T0ACME/U0JOHN' })
        const from = clock.now()
        await clock.advance(1_000)
        const between = clock.now()
        const call = sample.entry({
          kind: 'call.answered',
          run: run.id,
          step,
          service: 'gusto',
          method: 'POST',
          status: 503,
          subjects: [run.subject],
        })
        await store.commit(sample.write({ entries: [early, call] }))
        const found = async (filter: object) =>
          (await store.entries({ team: TEAM, ...filter }, null, 10)).map((entry) => entry.core.id)
        const [a, b] = [early.core.id, call.core.id]
        expect(await found({ run: run.id })).toEqual([b])
        expect(await found({ run: run.id.slice(-8) })).toEqual([b])
        expect(await found({ run: `0${run.id.slice(-8)}` })).toEqual([])
        expect(await found({ step: 'payroll' })).toEqual([b])
        expect(await found({ services: ['gusto', 'github'] })).toEqual([b])
        expect(await found({ kinds: ['decision'] })).toEqual([a])
        expect(await found({ kinds: ['decision.retry', 'call'] })).toEqual([b, a])
        expect(await found({ kinds: ['dec'] })).toEqual([])
        expect(await found({ method: 'POST' })).toEqual([b])
        expect(await found({ status: { from: 500, to: 599 } })).toEqual([b])
        expect(await found({ status: { from: 200, to: 299 } })).toEqual([])
        expect(await found({ actor: 'slack:T0ACME/U0JOHN' })).toEqual([a])
        expect(await found({ subjects: [run.subject] })).toEqual([b])
        expect(await found({ subjects: [] })).toEqual([])
        expect(await found({ since: between })).toEqual([b])
        expect(await found({ since: from, until: between })).toEqual([a])
      }))

    test('callsOf gives a run’s calls and nothing else, oldest first', () =>
      onStore(open, async ({ store, sample }) => {
        const run = sample.run()
        const of = (kind: 'call.intended' | 'call.answered' | 'step.failed') => sample.entry({ kind, run: run.id })
        const [intended, failed, answered] = [of('call.intended'), of('step.failed'), of('call.answered')]
        const strange = sample.entry({ kind: 'call.intended', run: sample.ids.run() })
        await store.commit(sample.start(run, { entries: [intended, failed, answered, strange] }))
        expect(await store.callsOf(run.id)).toEqual([intended, answered])
      }))
  })

  describe('the ledger’s tree', () => {
    test('takes each leaf once, and the newest checkpoint is found again', () =>
      onStore(open, async ({ store, sample, clock }) => {
        const entries = [sample.entry(), sample.entry()]
        await store.commit(sample.write({ entries }))
        const leaf = (index: number) => {
          const entry = entries[index]?.core.id
          if (!entry) throw new Error(`No entry ${index}`)
          return { leaf: index, entryRow: index + 1, entry, hash: Buffer.alloc(32, index) }
        }
        const nodes = [{ level: 8, place: 0, hash: Buffer.alloc(32, 9) }]
        await store.commit(sample.write({ sealed: { leaves: [leaf(0)], nodes } }))
        await expect(store.commit(sample.write({ sealed: { leaves: [leaf(0)], nodes: [] } }))).rejects.toThrow()
        expect(await store.latestCheckpoint()).toBeNull()
        const checkpoint = { size: 1, at: clock.now(), note: 'signed' }
        await store.commit(sample.write({ checkpoint }))
        await store.commit(sample.write({ sealed: { leaves: [leaf(1)], nodes: [] } }))
        expect(await store.latestCheckpoint()).toEqual(checkpoint)
        await store.commit(sample.write({ checkpoint: { ...checkpoint, size: 2 } }))
        expect(await store.latestCheckpoint()).toEqual({ ...checkpoint, size: 2 })
      }))

    test('tells whether somebody has written behind so many leaves, but for some actors', () =>
      onStore(open, async ({ store, sample }) => {
        const [actor, actors] = ['purser:ledger', ['purser:probe', 'purser:ledger']]
        expect(await store.hasEntriesBeyond(0, actors)).toBe(false)
        await store.commit(sample.write({ entries: [sample.entry({ actor })] }))
        expect(await store.hasEntriesBeyond(0, actors)).toBe(false)
        const entry = sample.entry()
        await store.commit(sample.write({ entries: [entry] }))
        expect(await store.hasEntriesBeyond(0, actors)).toBe(true)
        const leaf = { leaf: 0, entryRow: 2, entry: entry.core.id, hash: Buffer.alloc(32) }
        await store.commit(sample.write({ sealed: { leaves: [leaf], nodes: [] } }))
        expect(await store.hasEntriesBeyond(1, actors)).toBe(false)
      }))
  })

  describe('runs', () => {
    test('are listed by subject, status, workflow, short id and time, newest first', () =>
      onStore(open, async ({ store, sample, clock }) => {
        const first = sample.run()
        await clock.advance(1_000)
        const second = sample.run({ status: 'blocked', workflow: 'client-onboarding' })
        const third = sample.run({ status: 'succeeded', endedAt: clock.now() })
        for (const run of [first, second, third]) await store.commit(sample.start(run))
        const found = async (filter: object) => (await store.runs({ team: TEAM, ...filter }, 10)).map((run) => run.id)
        expect(await found({})).toEqual([third.id, second.id, first.id])
        expect(await found({ subjects: [first.subject] })).toEqual([first.id])
        expect(await found({ subjects: [] })).toEqual([])
        expect(await found({ statuses: ['blocked', 'succeeded'] })).toEqual([third.id, second.id])
        expect(await found({ workflow: 'client-onboarding' })).toEqual([second.id])
        expect(await found({ shortId: first.id.slice(-8) })).toEqual([first.id])
        expect(await found({ startedSince: clock.now() })).toEqual([third.id, second.id])
        expect(await found({ endedSince: clock.now() })).toEqual([third.id])
        expect(await store.counts(TEAM)).toMatchObject({ running: 1, blocked: 1, succeeded: 1, cancelled: 0 })
      }))

    test('unfinished ones come oldest first and page by page; ended ones never', () =>
      onStore(open, async ({ store, sample, clock }) => {
        const runs = Array.from({ length: 5 }, () => sample.run())
        for (const run of runs) await store.commit(sample.start(run))
        await store.commit(sample.start(sample.run({ status: 'cancelled', endedAt: clock.now() })))
        const first = await store.unfinishedRuns(null, 3)
        const rest = await store.unfinishedRuns(first.at(-1)?.id ?? null, 3)
        expect([...first, ...rest].map((run) => run.id)).toEqual(runs.map((run) => run.id))
      }))

    test('wake at their time, earliest first', () =>
      onStore(open, async ({ store, sample, clock }) => {
        expect(await store.nextWake()).toBeNull()
        const late = sample.run({ wakeAt: clock.now() + 60_000 })
        const soon = sample.run({ wakeAt: clock.now() + 1_000 })
        for (const run of [late, soon, sample.run()]) await store.commit(sample.start(run))
        expect(await store.nextWake()).toBe(soon.wakeAt)
        expect(await store.dueRuns(clock.now() + 999, 10)).toEqual([])
        const due = await store.dueRuns(clock.now() + 60_000, 10)
        expect(due).toEqual([soon, late].map(({ team, id, wakeAt }) => ({ team, id, wakeAt })))
      }))
  })

  describe('subjects', () => {
    test('are found by every word typed, whatever the case, also in names beyond ASCII', () =>
      onStore(open, async ({ store, sample }) => {
        const add = async (key: string, label: string) => {
          const subject = { id: sample.ids.subject(), team: TEAM, key, label }
          await store.commit(sample.write({ subject }))
          return subject.id
        }
        const jane = await add('jane@acme.example', 'Jane Doe')
        const oystein = await add('oystein@acme.example', 'Øystein 100% Ärlig')
        await add('john@acme.example', 'John Smith')
        const found = async (...words: string[]) => (await store.findSubjects(TEAM, words, 10)).map(({ id }) => id)
        expect(await found('JANE')).toEqual([jane])
        expect(await found('doe', 'jane@acme')).toEqual([jane])
        expect(await found('jane', 'smith')).toEqual([])
        expect(await found('øystein')).toEqual([oystein])
        expect(await found('ØYSTEIN', 'ärlig')).toEqual([oystein])
        expect(await found('100%')).toEqual([oystein])
        expect(await found('j_ne')).toEqual([])
        expect(await found('acme.example')).toHaveLength(3)
      }))

    test('keep their id when their label changes', () =>
      onStore(open, async ({ store, sample }) => {
        const subject = { id: sample.ids.subject(), team: TEAM, key: 'jane@acme.example', label: 'Jane Doe' }
        await store.commit(sample.write({ subject }))
        await store.commit(sample.write({ subject: { ...subject, label: 'Jane Roe' } }))
        await store.commit(sample.write({ subject: { ...subject, id: sample.ids.subject(), label: 'Jane Poe' } }))
        expect(await store.subjects(TEAM, [subject.id])).toEqual([{ ...subject, label: 'Jane Poe' }])
        expect(await store.subjects(TEAM, [])).toEqual([])
      }))
  })

  test('runs are listed without their states, by who started them and by whose manager may see them', () =>
    onStore(open, async ({ store, sample }) => {
      const [starter, manager] = [UserId.parse('U0OLGA'), UserId.parse('U0MONA')]
      const [hers, other] = [sample.run({ starter }), sample.run({ manager, status: 'waiting' })]
      for (const run of [hers, other, sample.run({ starter, manager, team: OTHER_TEAM })]) {
        await store.commit(sample.start(run))
      }
      const { sealed: _sealed, definition: _definition, ...head } = hers
      const [found] = await store.runHeads({ team: TEAM, starter }, 10)
      expect(head).toMatchObject(found ?? {})
      expect(found).not.toHaveProperty('sealed')
      const ids = async (filter: object) => (await store.runHeads({ team: TEAM, ...filter }, 10)).map(({ id }) => id)
      expect(await ids({})).toEqual([other.id, hers.id])
      expect(await ids({ manager })).toEqual([other.id])
      expect(await ids({ statuses: ['waiting'], before: other.id })).toEqual([])
      await store.commit(sample.update({ ...other, manager: null }, 1))
      expect(await ids({ manager })).toEqual([])
    }))

  test('nothing of one team is found by another', () =>
    onStore(open, async ({ store, sample }) => {
      const run = sample.run()
      const entry = sample.entry({ run: run.id, subjects: [run.subject] })
      const subject = { id: run.subject, team: TEAM, key: 'jane@acme.example', label: 'Jane Doe' }
      const cards = [sample.mark(run)]
      await store.commit(sample.start(run, { entries: [entry], subject, cards, startKey: 'V1' }))
      const painted = { ...sample.painted(sample.mark(run)), ts: '1.2', channelId: 'C1' }
      await store.commit(sample.write({ painted }))

      expect(await store.run(OTHER_TEAM, run.id)).toBeNull()
      expect(await store.runs({ team: OTHER_TEAM }, 10)).toEqual([])
      expect(await store.entry(OTHER_TEAM, entry.core.id)).toBeNull()
      expect(await store.entries({ team: OTHER_TEAM, subjects: [run.subject] }, null, 10)).toEqual([])
      expect(await store.entries({ team: OTHER_TEAM, run: run.id }, null, 10)).toEqual([])
      expect(await store.card(OTHER_TEAM, sample.mark(run).id)).toBeNull()
      expect(await store.cardAt(OTHER_TEAM, 'C1', '1.2')).toBeNull()
      expect(await store.subjects(OTHER_TEAM, [run.subject])).toEqual([])
      expect(await store.subjectByKey(OTHER_TEAM, 'jane@acme.example')).toBeNull()
      expect(await store.findSubjects(OTHER_TEAM, ['jane'], 10)).toEqual([])
      expect((await store.counts(OTHER_TEAM)).running).toBe(0)
      const theirs = sample.run({ team: OTHER_TEAM, subject: run.subject })
      expect(await store.commit(sample.start(theirs, { startKey: 'V1' }))).toEqual({ kind: 'committed' })
    }))
}
