import { describe, expect, test } from 'vitest'
import { askCardId } from '../../src/domain/card.ts'
import { StepKey } from '../../src/domain/ids.ts'
import type { Answerer } from '../../src/domain/standing.ts'
import { JOHN } from '../support/test-ids.ts'
import { answer, cardsOf, DAY, MAYA, OPAL, open, TIM } from './asked-people.ts'

describe('a task', () => {
  const due = { dueAfterMs: 2 * DAY, remindAfterMs: [DAY] }
  async function atTask(parts: Parameters<typeof open>[0] = {}) {
    const at = await open({ task: due, ...parts })
    const run = await at.begin()
    await answer(at, run.id, MAYA, { kind: 'approve', step: 'ok' })
    return { at, id: run.id }
  }

  test('says what to do with what came before, and is done with evidence by those who are asked', async () => {
    const { at, id } = await atTask()
    await using _ = at
    expect((await at.step(id, 'install')).wait).toMatchObject({ kind: 'task', instructions: 'Install x for Jane Doe.' })
    const done = (who: Answerer, evidence: unknown) =>
      answer(at, id, who, { kind: 'complete', step: 'install', output: { evidence } })
    expect(await done(TIM, 'on her desk')).toMatchObject({ code: 'not-asked' })
    expect(await done(OPAL, 'x')).toMatchObject({ code: 'evidence-incomplete' })
    expect(await done(OPAL, 'on her desk')).toMatchObject({ kind: 'decided' })
    expect(await at.step(id, 'install')).toMatchObject({
      status: 'succeeded',
      markedBy: OPAL.actor,
      output: { evidence: 'on her desk' },
    })
  })

  test('is handed over by those who have it, or who may by the rules; only the new one may do it then', async () => {
    const { at, id } = await atTask()
    await using _ = at
    const hand = (who: Answerer, entitled: boolean) =>
      answer(at, id, who, { kind: 'reassign', step: 'install', to: TIM, entitled })
    expect(await hand(MAYA, false)).toMatchObject({ code: 'not-asked' })
    expect(await hand(MAYA, true)).toMatchObject({ kind: 'decided' })
    expect(await hand(TIM, false)).toMatchObject({ code: 'asked-already' })
    const done = (who: Answerer) =>
      answer(at, id, who, { kind: 'complete', step: 'install', output: { evidence: 'done' } })
    expect(await done(OPAL)).toMatchObject({ code: 'not-asked' })
    expect(await done(TIM)).toMatchObject({ kind: 'decided' })
  })

  test('is reminded of, and told of once when it is overdue', async () => {
    const { at, id } = await atTask()
    await using _ = at
    await at.clock.advance(DAY + 1)
    await at.clock.advance(30 * DAY)
    const kinds = (await at.run(id)).history.map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'reminded' || kind === 'overdue')).toEqual(['reminded', 'overdue'])
    expect((await at.step(id, 'install')).wait).toMatchObject({ overdue: true })
  })

  test('that is skipped leaves a debt, and goes on with what comes after it', async () => {
    const { at, id } = await atTask()
    await using _ = at
    expect(await at.decide(id, 'skip', 'install')).toMatchObject({ kind: 'decided' })
    expect((await at.run(id)).debts).toMatchObject([{ step: 'install' }])
    expect(await at.step(id, 'start')).toMatchObject({ status: 'waiting' })
  })

  test('of a run that is cancelled is nobody’s any more', async () => {
    const { at, id } = await atTask()
    await using _ = at
    const before = at.stale.length
    await at.press(id, { kind: 'cancel' }, JOHN)
    expect(await at.step(id, 'install')).toMatchObject({ status: 'cancelled' })
    expect(cardsOf(at, before)).toContain(askCardId(id, StepKey.parse('install')))
    expect(await answer(at, id, OPAL, { kind: 'complete', step: 'install', output: {} })).toMatchObject({
      kind: 'too-late',
    })
  })
})

describe('a wait for a day', () => {
  async function atWait(day: string) {
    const at = await open()
    const run = await at.begin({ day })
    await answer(at, run.id, MAYA, { kind: 'approve', step: 'ok' })
    await answer(at, run.id, OPAL, { kind: 'complete', step: 'install', output: { evidence: 'done' } })
    return { at, id: run.id }
  }

  test('is over at nine by the clocks of its zone, on the next working day, also after restarts', async () => {
    // 28 November 2026 is a Saturday.
    const { at, id } = await atWait('2026-11-28')
    await using _ = at
    const due = Date.UTC(2026, 10, 30, 14)
    expect((await at.step(id, 'start')).wait).toMatchObject({ kind: 'time', until: due, zone: 'America/New_York' })
    expect((await at.run(id)).status).toBe('waiting')
    await at.crash()
    await at.clock.advance(due - at.clock.now() - 1)
    expect(await at.step(id, 'start')).toMatchObject({ status: 'waiting' })
    await at.clock.advance(1)
    expect(await at.statuses(id)).toBe('succeeded succeeded succeeded succeeded succeeded succeeded')
    expect((await at.run(id)).status).toBe('succeeded')
    expect(at.errors).toEqual([])
  })

  test('that has come already does not wait at all', async () => {
    const { at, id } = await atWait('2026-10-01')
    await using _ = at
    expect((await at.run(id)).status).toBe('succeeded')
  })

  test('that cannot be told needs a person', async () => {
    const { at, id } = await atWait('next week')
    await using _ = at
    expect(await at.step(id, 'start')).toMatchObject({ status: 'failed', failing: { failure: { code: 'not-a-day' } } })
  })
})
