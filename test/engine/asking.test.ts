import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { askCardId, nudgeCardId } from '../../src/domain/card.ts'
import { type RunId, StepKey, UserId } from '../../src/domain/ids.ts'
import type { Answerer } from '../../src/domain/standing.ts'
import { inWords, optional, workflow } from '../../src/engine/define-workflow.ts'
import { JANE, JOHN, TEAM } from '../support/test-ids.ts'
import { openEngine } from './open-engine.ts'
import { vendor } from './scripted-egress.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const output = z.object({ id: z.string() })

/** ok (approval) → make → install (task) → start (a day in New York) → welcome; audit goes without the approval. */
const equipment = workflow(
  {
    name: 'equipment',
    version: 1,
    title: 'Equipment',
    input: z.object({ email: z.email(), name: z.string(), day: z.string().default('2026-11-28') }),
    subject: ({ email, name }) => ({ key: email, label: name }),
  },
  ({ step, approval, task, until }) => {
    const make = { uses: [vendor], output, run: () => Promise.resolve({ id: 'x' }) } as const
    const ok = approval('ok', { title: 'Approval' })
    const made = step('make', { ...make, title: 'Make it', after: [ok] })
    const install = task('install', {
      title: 'Install it',
      needs: [made],
      instructions: ({ input, from }) => `Install ${from(made).id} for ${input.name}.`,
      evidence: inWords,
    })
    const start = until('start', {
      title: 'First day',
      after: [install],
      at: ({ input }) => input.day,
      zone: () => 'America/New_York',
      onWorkingDay: true,
    })
    step('welcome', { ...make, title: 'Welcome', after: [start] })
    step('note', { ...make, title: 'Write it down', needs: [optional(ok)] })
  },
)

const somebody = (user: string, ...groups: string[]): Answerer => ({
  actor: { kind: 'person', team: TEAM, user: UserId.parse(user) },
  email: `${user.slice(2).toLowerCase()}@acme.example`,
  groups,
})
const MAYA = somebody('U0MAYA', 'managers')
const MONA = somebody('U0MONA', 'managers')
const TIM = somebody('U0TIM')
const OPAL = somebody('U0OPAL', 'ops')

type At = Awaited<ReturnType<typeof openEngine>>

/** Answers on the card as it is drawn just now. */
async function answer(at: At, id: RunId, who: Answerer, parts: Record<string, unknown> & { step: string }) {
  const step = await at.step(id, parts.step)
  const { actor, ...as } = who
  return await at.press(id, { stepVersion: step.version, as, ...parts, step: StepKey.parse(parts.step) }, actor)
}

const open = (parts: Parameters<typeof openEngine>[0] = {}) => openEngine({ workflow: equipment, ...parts })
const cardsOf = (at: At, from = 0) => at.stale.slice(from).map(({ id }) => id)

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

describe('a task', () => {
  const due = { dueAfterMs: 2 * DAY, remindAfterMs: [DAY] }
  async function atTask(parts: Parameters<typeof openEngine>[0] = {}) {
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
