import { describe, expect, test } from 'vitest'
import { failureCardId } from '../../src/domain/card.ts'
import { StepKey } from '../../src/domain/ids.ts'
import { JANE, JOHN, TEAM } from '../support/test-ids.ts'
import { settle } from '../support/turns.ts'
import { openEngine } from './open-engine.ts'
import { failingTries, onWire, refusing, UNCLEAR, unavailable, unclear } from './scripted-egress.ts'

const MAIL = StepKey.parse('mail')

describe('a decision', () => {
  test('of two people at the same moment is made by one; the other is told who was first', async () => {
    await using at = await openEngine()
    at.script.plan('mail', refusing)
    const run = await at.begin()
    const { version } = await at.step(run.id, 'mail')
    const click = { kind: 'retry', step: MAIL, stepVersion: version }
    const answers = await Promise.all([at.press(run.id, click, JANE), at.press(run.id, click, JOHN)])
    expect(answers.map(({ kind }) => kind)).toEqual(['decided', 'too-late'])
    expect(answers[1]).toMatchObject({ by: { kind: 'retry', by: JANE } })
    expect(at.script.of('mail')).toHaveLength(2)
    const kinds = await at.kinds(run.id)
    expect(kinds.filter((kind) => kind.startsWith('decision.'))).toEqual(['decision.retry', 'decision.refused'])
  })

  test('drawn for an older state of its step is too late; progress elsewhere does not void it', async () => {
    await using at = await openEngine()
    const chat = onWire()
    at.script.plan('mail', refusing, refusing)
    at.script.plan('chat', chat.behaviour)
    const run = await at.begin()
    const { version } = await at.step(run.id, 'mail')
    chat.answer('c')
    await settle()
    const click = { kind: 'retry', step: MAIL, stepVersion: version }
    expect(await at.press(run.id, click)).toMatchObject({ kind: 'decided' })
    expect(await at.press(run.id, click)).toMatchObject({ kind: 'too-late', status: 'failed' })
    const nowhere = { ...click, step: StepKey.parse('nowhere') }
    expect(await at.press(run.id, nowhere)).toMatchObject({ kind: 'refused', code: 'no-such-step' })
  })

  test('puts the card of whoever pressed before all others; what machines do does not', async () => {
    await using at = await openEngine()
    at.script.plan('mail', refusing)
    const run = await at.begin()
    expect(at.stale.filter(({ clicked }) => clicked)).toEqual([])
    at.stale.length = 0
    await at.decide(run.id, 'skip', 'mail', { reason: 'By hand.' })
    const failure = at.stale.filter(({ id }) => id === failureCardId(run.id, MAIL))
    expect(failure).toMatchObject([{ urgent: true, clicked: true }])
  })

  test('is on disk before it is answered, and is not made when it cannot be written', async () => {
    await using at = await openEngine()
    at.script.plan('mail', refusing)
    const run = await at.begin()
    at.refuse.commit = () => Promise.reject(new Error('no room'))
    await expect(at.decide(run.id, 'retry', 'mail')).rejects.toThrow('no room')
    at.refuse.commit = null
    expect(at.script.of('mail')).toHaveLength(1)
    expect(await at.step(run.id, 'mail')).toMatchObject({ status: 'failed', decisions: [] })
  })
})

describe('retry', () => {
  test('goes on with the same key, begins the policy anew, and stamps the card', async () => {
    await using at = await openEngine({ policy: { backOffMs: [60_000] } })
    at.script.plan('mail', unavailable(), unavailable(), unavailable())
    const run = await at.begin()
    await at.clock.advance(60_000)
    expect(await at.step(run.id, 'mail')).toMatchObject({ status: 'failed' })
    at.stale.length = 0
    await at.decide(run.id, 'retry', 'mail')
    expect(await at.step(run.id, 'mail')).toMatchObject({ status: 'backing-off', generations: {}, attemptsInRow: 1 })
    expect(at.stale.map(({ id }) => id)).toContain(failureCardId(run.id, MAIL))
    await at.decide(run.id, 'retry', 'mail')
    expect(await at.statuses(run.id)).toBe('succeeded succeeded succeeded succeeded')
    expect((await at.step(run.id, 'mail')).decisions.map(({ by }) => by)).toEqual([JANE, JANE])
  })

  test('of what is proven absent goes out under a new key', async () => {
    await using at = await openEngine()
    at.script.plan('mail', unclear)
    const run = await at.begin()
    await at.decide(run.id, 'retry', 'mail', { provenAbsent: true })
    expect(at.script.of('mail').map(({ scope }) => scope.attempt?.generations)).toEqual([{}, { [UNCLEAR]: 1 }])
    expect(at.script.of('mail').map(({ scope }) => scope.attempt?.earlierCalls)).toEqual([false, true])
  })
})

describe('skip', () => {
  test('leaves a debt, and what needed the result is not needed because of it', async () => {
    await using at = await openEngine()
    at.script.plan('account', refusing)
    const run = await at.begin()
    await at.decide(run.id, 'skip', 'account')
    expect(await at.statuses(run.id)).toBe('skipped not-needed not-needed not-needed')
    expect(await at.step(run.id, 'welcome')).toMatchObject({ because: 'mail' })
    const due = at.clock.now() + 7 * 86_400_000
    const debts = [{ step: 'account', owner: JANE, due, reason: 'as agreed' }]
    expect(await at.run(run.id)).toMatchObject({ status: 'succeeded-with-debt', debts })
  })

  test('while an attempt is on the wire keeps its late answer, and changes nothing by it', async () => {
    await using at = await openEngine()
    const chat = onWire()
    at.script.plan('chat', chat.behaviour)
    const run = await at.begin()
    await at.decide(run.id, 'skip', 'chat')
    expect(await at.statuses(run.id)).toBe('succeeded succeeded skipped succeeded')
    const before = await at.run(run.id)
    chat.answer('made after all')
    await settle()
    // What it came to is remembered: a cancel with its undo takes it back.
    const steps = before.steps.map((step) =>
      step.key === 'chat' ? { ...step, late: { at: at.clock.now(), output: { id: 'made after all' } } } : step,
    )
    expect(await at.run(run.id)).toEqual({ ...before, version: before.version + 1, steps })
    const [late] = await at.store.entries({ team: TEAM, run: run.id, kinds: ['step.late-answer'] }, null, 9)
    expect(late?.core).toMatchObject({ step: 'chat', facts: { status: 'skipped', answer: 'attempt-succeeded' } })
    expect(late && at.ledger.open(late)).toEqual({ kind: 'open', body: { output: { id: 'made after all' } } })
  })

  test('ends the waiting of an attempt at once', async () => {
    await using at = await openEngine()
    at.script.plan('mail', failingTries(at.clock.sleep))
    const run = await at.begin()
    await at.decide(run.id, 'skip', 'mail')
    expect(await at.run(run.id)).toMatchObject({ status: 'succeeded-with-debt' })
    await at.clock.advance(600_000)
    expect(await at.kinds(run.id)).not.toContain('step.late-answer')
    // The alarm for what is owed.
    expect(at.clock.waiting()).toBe(1)
  })
})

describe('mark done', () => {
  test('takes what was found as the result, and refuses what the later steps could not use', async () => {
    await using at = await openEngine()
    at.script.plan('mail', unclear)
    const run = await at.begin()
    const incomplete = { output: { name: 'x' } }
    expect(await at.decide(run.id, 'mark-done', 'mail', incomplete)).toMatchObject({ code: 'output-incomplete' })
    await at.decide(run.id, 'mark-done', 'mail', { output: { id: 'found' } })
    expect(await at.step(run.id, 'mail')).toMatchObject({ status: 'succeeded', markedBy: JANE })
    expect(await at.step(run.id, 'welcome')).toMatchObject({ output: { id: expect.stringContaining('found') } })
    expect(await at.run(run.id)).toMatchObject({ status: 'succeeded' })
  })

  test('is not open to a step that is being carried out', async () => {
    await using at = await openEngine()
    at.script.plan('mail', onWire().behaviour)
    const run = await at.begin()
    expect(await at.decide(run.id, 'mark-done', 'mail')).toMatchObject({ kind: 'too-late', status: 'running' })
  })
})

describe('escalate', () => {
  test('opens a ticket while the other buttons go on working', async () => {
    await using at = await openEngine()
    at.script.plan('mail', refusing)
    const run = await at.begin()
    const { version } = await at.step(run.id, 'mail')
    await at.decide(run.id, 'escalate', 'mail')
    expect(await at.step(run.id, 'mail')).toMatchObject({ version, escalation: { status: 'open', by: JANE } })
    expect(await at.decide(run.id, 'escalate', 'mail')).toMatchObject({ kind: 'too-late' })
    const click = { kind: 'retry', step: MAIL, stepVersion: version }
    expect(await at.press(run.id, click)).toMatchObject({ kind: 'decided' })
  })

  test('whose ticket fails says so, and can be asked for again', async () => {
    let times = 0
    const openTicket = async () => {
      if (++times === 1) throw new Error('no Jira today')
      return { key: 'OPS-2', url: 'https://jira.example/OPS-2' }
    }
    await using at = await openEngine({ openTicket })
    at.script.plan('mail', refusing)
    const run = await at.begin()
    await at.decide(run.id, 'escalate', 'mail')
    expect(await at.step(run.id, 'mail')).toMatchObject({ escalation: { status: 'failed' } })
    await at.decide(run.id, 'escalate', 'mail')
    expect(await at.step(run.id, 'mail')).toMatchObject({ escalation: { status: 'open', ticket: { key: 'OPS-2' } } })
    expect(await at.kinds(run.id)).toEqual(expect.arrayContaining(['escalation.failed', 'escalation.opened']))
  })
})

describe('cancel', () => {
  const cancel = { kind: 'cancel' }

  test('ends every open step and the run, once, and keeps what is done', async () => {
    await using at = await openEngine()
    const chat = onWire()
    at.script.plan('mail', unavailable())
    at.script.plan('chat', chat.behaviour)
    const run = await at.begin()
    expect(await at.press(run.id, cancel)).toMatchObject({ kind: 'decided' })
    expect(await at.statuses(run.id)).toBe('succeeded cancelled cancelled cancelled')
    expect(await at.press(run.id, cancel, JOHN)).toMatchObject({
      kind: 'too-late',
      status: 'cancelled',
      by: { by: JANE },
    })
    chat.answer('late')
    await at.clock.advance(600_000)
    expect(await at.statuses(run.id)).toBe('succeeded cancelled cancelled cancelled')
    expect(at.script.of('mail')).toHaveLength(1)
    const kinds = (await at.kinds(run.id)).slice(-4)
    expect(kinds).toEqual(['decision.cancel', 'run.ended', 'decision.refused', 'step.late-answer'])
    expect(await at.store.nextWake()).toBeNull()
  })
})
