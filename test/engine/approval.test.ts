import { describe, expect, test } from 'vitest'
import { askCardId, nudgeCardId } from '../../src/domain/card.ts'
import { StepKey, UserId } from '../../src/domain/ids.ts'
import type { Answerer } from '../../src/domain/standing.ts'
import { JANE } from '../support/test-ids.ts'
import { answer, cardsOf, DAY, MAYA, MONA, OPAL, open, somebody, TIM } from './asked-people.ts'

describe('an approval', () => {
  test('holds up what comes behind it until as many have approved as the rules ask for', async () => {
    await using at = await open({ approval: { quorum: 2 } })
    const run = await at.begin()
    expect((await at.run(run.id)).status).toBe('waiting')
    expect(await at.statuses(run.id)).toBe('waiting pending pending pending pending pending')
    expect(at.stale).toContainEqual(
      expect.objectContaining({ id: askCardId(run.id, StepKey.parse('ok')), kind: 'ask' }),
    )
    expect(await answer(at, run.id, MAYA, { kind: 'approve', step: 'ok' })).toMatchObject({ kind: 'decided' })
    expect(await at.step(run.id, 'ok')).toMatchObject({ status: 'waiting' })
    expect(await answer(at, run.id, MAYA, { kind: 'approve', step: 'ok' })).toMatchObject({ code: 'approved-already' })
    expect(await answer(at, run.id, MONA, { kind: 'approve', step: 'ok' })).toMatchObject({ kind: 'decided' })
    expect(await at.step(run.id, 'ok')).toMatchObject({
      status: 'succeeded',
      output: { approvedBy: ['U0MAYA', 'U0MONA'], expired: false },
    })
    expect(await at.statuses(run.id)).toBe('succeeded succeeded waiting pending pending succeeded')
    expect(await at.kinds(run.id)).toEqual(
      expect.arrayContaining(['step.waiting', 'decision.approve', 'decision.refused']),
    )
  })

  test('counts the buttons of two who press at the same moment, and tells a third who was first', async () => {
    await using at = await open({ approval: { quorum: 2 } })
    const run = await at.begin()
    const press = (who: Answerer) => answer(at, run.id, who, { kind: 'approve', step: 'ok' })
    const answers = await Promise.all([MAYA, MONA, somebody('U0MIRA', 'managers')].map(press))
    expect(answers.map(({ kind }) => kind)).toEqual(['decided', 'decided', 'too-late'])
    expect(answers[2]).toMatchObject({ by: { kind: 'approve', by: MONA.actor } })
  })

  test('is not given by those who are not asked, who started the run, or whom it is about', async () => {
    await using at = await open()
    const run = await at.begin()
    expect(await answer(at, run.id, TIM, { kind: 'approve', step: 'ok' })).toMatchObject({ code: 'not-asked' })
    const starter = { ...somebody('U0JANE', 'managers'), actor: JANE, email: 'starter@acme.example' }
    expect(await answer(at, run.id, starter, { kind: 'refuse', step: 'ok' })).toMatchObject({ code: 'own-run' })
    const subject = { ...MAYA, email: 'Jane@Acme.example' }
    expect(await answer(at, run.id, subject, { kind: 'approve', step: 'ok' })).toMatchObject({ code: 'own-run' })
    expect(await at.step(run.id, 'ok')).toMatchObject({ status: 'waiting', decisions: [] })
    expect((await at.kinds(run.id)).filter((kind) => kind === 'decision.refused')).toHaveLength(3)
  })

  test('may be given by them where the rules say so', async () => {
    await using at = await open({ approval: { selfApproval: true } })
    const run = await at.begin()
    const starter = { ...somebody('U0JANE', 'managers'), actor: JANE }
    expect(await answer(at, run.id, starter, { kind: 'approve', step: 'ok' })).toMatchObject({ kind: 'decided' })
  })

  test('that is refused stops what comes behind it, and the run ends as refused with the reason', async () => {
    await using at = await open()
    const run = await at.begin()
    await answer(at, run.id, MAYA, { kind: 'refuse', step: 'ok', reason: 'There is a spare one.' })
    expect(await at.statuses(run.id)).toBe('refused not-needed not-needed not-needed not-needed succeeded')
    const ended = await at.run(run.id)
    expect(ended).toMatchObject({ status: 'refused', debts: [] })
    expect(ended.endedAt).not.toBeNull()
    for (const key of ['make', 'install', 'start', 'welcome']) {
      expect(await at.step(run.id, key)).toMatchObject({ because: 'ok' })
    }
    expect(ended.history).toContainEqual(expect.objectContaining({ kind: 'refuse', text: 'There is a spare one.' }))
    expect(await answer(at, run.id, MONA, { kind: 'approve', step: 'ok' })).toMatchObject({
      kind: 'too-late',
      by: { kind: 'refuse', by: MAYA.actor },
    })
  })

  test('goes with the voice that was handed over, and back', async () => {
    await using at = await open()
    const run = await at.begin()
    const hand = (who: Answerer, to: Answerer) => answer(at, run.id, who, { kind: 'delegate', step: 'ok', to })
    expect(await hand(TIM, OPAL)).toMatchObject({ code: 'not-asked' })
    expect(await hand(MAYA, MONA)).toMatchObject({ code: 'asked-already' })
    expect(await hand(MAYA, { ...TIM, actor: JANE })).toMatchObject({ code: 'own-run' })
    expect(await hand(MAYA, TIM)).toMatchObject({ kind: 'decided' })
    const line = (await at.run(run.id)).history.length - 1
    expect(cardsOf(at)).toContain(nudgeCardId(run.id, line))
    expect(await answer(at, run.id, MAYA, { kind: 'approve', step: 'ok' })).toMatchObject({ code: 'handed-over' })
    expect(await hand(TIM, MAYA)).toMatchObject({ kind: 'decided' })
    expect(await answer(at, run.id, TIM, { kind: 'approve', step: 'ok' })).toMatchObject({ code: 'handed-over' })
    expect(await hand(MAYA, TIM)).toMatchObject({ kind: 'decided' })
    expect(await answer(at, run.id, TIM, { kind: 'approve', step: 'ok' })).toMatchObject({ kind: 'decided' })
    expect(await at.step(run.id, 'ok')).toMatchObject({ output: { approvedBy: ['U0TIM'] } })
  })

  test('is passed over by nobody: neither skipped nor marked done', async () => {
    await using at = await open({ approval: { asked: { groups: [], people: [], users: [] } } })
    const run = await at.begin()
    expect(await at.step(run.id, 'ok')).toMatchObject({
      status: 'failed',
      failing: { failure: { code: 'nobody-to-ask' } },
    })
    expect((await at.run(run.id)).status).toBe('blocked')
    for (const kind of ['skip', 'mark-done'] as const) {
      expect(await at.decide(run.id, kind, 'ok')).toMatchObject({ kind: 'refused', code: 'approval-needed' })
    }
    expect(await at.decide(run.id, 'retry', 'ok')).toMatchObject({ kind: 'decided' })
    expect(await at.step(run.id, 'ok')).toMatchObject({ status: 'failed' })
  })

  test('asks the others at once where those who are asked first may not decide', async () => {
    const alone = { groups: [], people: ['jane@acme.example'], users: [JANE.user] }
    const others = { groups: [], people: [], users: [UserId.parse('U0MAYA')] }
    await using at = await open({ approval: { asked: alone, fallback: { afterMs: DAY, asked: others } } })
    const run = await at.begin()
    expect((await at.step(run.id, 'ok')).wait).toMatchObject({
      asked: { users: [JANE.user, 'U0MAYA'] },
      fallback: null,
    })
    expect(await answer(at, run.id, somebody('U0MAYA'), { kind: 'approve', step: 'ok' })).toMatchObject({
      kind: 'decided',
    })
  })
})

describe('an approval that nobody gives', () => {
  const OPS = { groups: [{ key: 'ops', title: 'Ops' }], people: [], users: [] }
  const slow = {
    quorum: 2,
    remindAfterMs: [DAY, 2 * DAY],
    fallback: { afterMs: 3 * DAY, asked: OPS },
  }

  test('reminds people, asks others, and counts as refused in the end; also after a restart', async () => {
    await using at = await open({ approval: { ...slow, expiry: { afterMs: 5 * DAY, outcome: 'refuse' } } })
    const run = await at.begin()
    await at.clock.advance(DAY + 1)
    const told = async () => (await at.run(run.id)).history.map(({ kind }) => kind).filter((kind) => kind !== 'asked')
    expect(await told()).toEqual(['started', 'reminded'])
    await at.crash()
    await at.clock.advance(3 * DAY)
    expect(await told()).toEqual(['started', 'reminded', 'reminded', 'widened'])
    expect(await answer(at, run.id, OPAL, { kind: 'approve', step: 'ok' })).toMatchObject({ kind: 'decided' })
    at.clock.setBy(2 * DAY)
    await at.crash()
    await at.clock.advance(2_000)
    expect(await at.run(run.id)).toMatchObject({ status: 'refused' })
    expect(await at.step(run.id, 'ok')).toMatchObject({ status: 'refused', by: { kind: 'machine' } })
    const kinds = await at.kinds(run.id)
    expect(
      kinds.filter((kind) => ['step.reminded', 'step.widened', 'step.expired', 'step.refused'].includes(kind)),
    ).toEqual(['step.reminded', 'step.reminded', 'step.widened', 'step.expired', 'step.refused'])
  })

  test('passes where the rules say so, and says that it was nobody’s word', async () => {
    await using at = await open({ approval: { ...slow, expiry: { afterMs: 5 * DAY, outcome: 'approve' } } })
    const run = await at.begin()
    await at.clock.advance(5 * DAY + 1)
    expect(await at.step(run.id, 'ok')).toMatchObject({
      status: 'succeeded',
      markedBy: null,
      output: { approvedBy: [], expired: true },
    })
    expect(await at.step(run.id, 'make')).toMatchObject({ status: 'succeeded' })
  })

  test('opens a ticket where the rules say so, and goes on waiting', async () => {
    await using at = await open({ approval: { ...slow, expiry: { afterMs: 5 * DAY, outcome: 'escalate' } } })
    const run = await at.begin()
    await at.clock.advance(5 * DAY + 1)
    expect(await at.step(run.id, 'ok')).toMatchObject({
      status: 'waiting',
      escalation: { status: 'open' },
      alerted: false,
    })
    await at.clock.advance(100 * DAY)
    await answer(at, run.id, MAYA, { kind: 'approve', step: 'ok' })
    await answer(at, run.id, MONA, { kind: 'approve', step: 'ok' })
    expect(await at.step(run.id, 'ok')).toMatchObject({ status: 'succeeded' })
  })

  test('is told once of what came due while nothing ran', async () => {
    await using at = await open({ approval: { ...slow, fallback: null, remindAfterMs: [DAY, 2 * DAY, 3 * DAY] } })
    const run = await at.begin()
    at.clock.setBy(10 * DAY)
    await at.crash()
    await at.clock.advance(2_000)
    expect((await at.run(run.id)).history.map(({ kind }) => kind)).toEqual(['started', 'asked', 'reminded'])
    expect(at.errors).toEqual([])
  })
})
