import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { type AuditQuestion, type AuditReader, createAuditReader } from '../../src/ledger/create-audit-reader.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { type AuditFolder, auditFolder } from './audit-folder.ts'
import { JANE, JOHN, TEAM } from './sample-drafts.ts'

const newest: AuditQuestion = { filter: { team: TEAM }, text: null, before: null, limit: 10 }

function startReader(at: AuditFolder, options: Partial<Parameters<typeof createAuditReader>[0]> = {}) {
  const reader = createAuditReader({ ...at.files, clock: systemClock, ...options })
  return { reader, [Symbol.asyncDispose]: () => reader.close() }
}

describe('the reader beside the writer', () => {
  test('answers with entries that the ledger opens, and follows what is written', async () => {
    await using at = await auditFolder()
    await using started = startReader(at)
    await at.record([at.draft({ kind: 'run.started', body: { name: 'Jane Doe' } })])
    const first = await started.reader.page(newest)
    expect(first).toMatchObject({ next: null, complete: true })
    expect(first.entries.map((entry) => at.ledger.open(entry))).toEqual([{ kind: 'open', body: { name: 'Jane Doe' } }])

    await at.record([at.draft({ kind: 'decision.retry' }), at.draft({ kind: 'decision.skip' })])
    const kinds = async (question: AuditQuestion) =>
      (await started.reader.page(question)).entries.map(({ core }) => core.kind)
    expect(await kinds(newest)).toEqual(['decision.skip', 'decision.retry', 'run.started'])
    expect(await kinds({ ...newest, filter: { team: TEAM, kinds: ['decision'] } })).toEqual([
      'decision.skip',
      'decision.retry',
    ])
    expect(await kinds({ ...newest, filter: { team: TEAM, kinds: ['decision.retry'] } })).toEqual(['decision.retry'])
    expect(await kinds({ ...newest, filter: { team: TEAM, kinds: ['nothing'] } })).toEqual([])
  })

  test('finds a text, and no longer once its subject was erased', async () => {
    await using at = await auditFolder()
    await using started = startReader(at)
    await at.record([
      at.draft({ kind: 'run.started', subjects: [JANE], body: { note: 'already exists' } }),
      at.draft({ kind: 'run.started', subjects: [JOHN], body: { note: 'already exists' } }),
    ])
    const found = async () => (await started.reader.page({ ...newest, text: 'Already EXISTS' })).entries.length
    expect(await found()).toBe(2)
    await at.keys.erase([JANE])
    expect(await found()).toBe(1)
  })

  test('answers questions in the order in which they came', async () => {
    await using at = await auditFolder()
    await using started = startReader(at)
    await at.record(Array.from({ length: 20 }, () => at.draft({ kind: 'click.received' })))
    const order: number[] = []
    const limits = [1, 2, 3, 4, 5]
    const pages = await Promise.all(
      limits.map((limit) =>
        started.reader.page({ ...newest, limit }).then((page) => {
          order.push(limit)
          return page.entries.length
        }),
      ),
    )
    expect(pages).toEqual(limits)
    expect(order).toEqual(limits)
  })
})

describe('when the reading fails', () => {
  const interrupted = { code: 'audit-interrupted', consequence: 'retry' }

  test('the question is told so, and the next one starts the thread anew', async () => {
    await using at = await auditFolder()
    using empty = tempFolder()
    const dbPath = join(empty.path, 'purser.db')
    await using started = startReader(at, { dbPath })
    await expect(started.reader.page(newest)).rejects.toMatchObject(interrupted)
    await at.store.close()
    copyFileSync(at.files.dbPath, dbPath)
    await expect(started.reader.page(newest)).resolves.toMatchObject({ entries: [], complete: true })
    rmSync(dbPath)
  })

  test('a question that cannot be answered does not end the thread', async () => {
    await using at = await auditFolder()
    await using started = startReader(at)
    const broken = { ...newest, limit: 1, filter: { team: TEAM, run: 5 as unknown as string } }
    await expect(started.reader.page(broken)).rejects.toThrow('slice')
    await expect(started.reader.page(newest)).resolves.toMatchObject({ complete: true })
  })

  test('a thread that says nothing is ended, and those who wait are answered by the next', async () => {
    await using at = await auditFolder()
    const clock = createFakeClock()
    await using started = startReader(at, { clock, limits: { silentMs: 10_000 } })
    const outcomes = Promise.allSettled([started.reader.page(newest), started.reader.page(newest)])
    await clock.advance(10_000)
    const [first, second] = await outcomes
    expect(first).toMatchObject({ status: 'rejected', reason: interrupted })
    expect(second).toMatchObject({ status: 'fulfilled', value: { complete: true } })
    expect(clock.waiting()).toBe(0)
  })

  test('too many who wait are sent away, and the others are answered', async () => {
    await using at = await auditFolder()
    await using started = startReader(at, { limits: { waiting: 2 } })
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => started.reader.page(newest)))
    expect(outcomes.map(({ status }) => status)).toEqual([
      ...['fulfilled', 'fulfilled', 'fulfilled'],
      ...['rejected', 'rejected'],
    ])
    expect(outcomes[4]).toMatchObject({ reason: { code: 'audit-busy', consequence: 'retry' } })
  })

  test('closing answers everybody and leaves no timer', async () => {
    await using at = await auditFolder()
    const clock = createFakeClock()
    const reader: AuditReader = createAuditReader({ ...at.files, clock })
    const outcomes = Promise.allSettled([reader.page(newest), reader.page(newest)])
    await reader.close()
    for (const outcome of await outcomes) expect(outcome).toMatchObject({ status: 'rejected', reason: interrupted })
    await expect(reader.page(newest)).rejects.toMatchObject(interrupted)
    expect(clock.waiting()).toBe(0)
    await reader.close()
  })
})
