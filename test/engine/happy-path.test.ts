import { describe, expect, test } from 'vitest'
import { JANE, JOHN, OTHER_TEAM, TEAM } from '../support/test-ids.ts'
import { settle } from '../support/turns.ts'
import { openEngine } from './open-engine.ts'
import { onWire } from './scripted-egress.ts'

describe('a run', () => {
  test('carries its results along, ends when all is done, and says so in the ledger', async () => {
    await using at = await openEngine()
    const run = await at.begin()
    expect(await at.statuses(run.id)).toBe('succeeded succeeded succeeded succeeded')
    expect(await at.step(run.id, 'welcome')).toMatchObject({ output: { id: 'welcome-4 mail-2 chat-3' } })
    expect(await at.run(run.id)).toMatchObject({ status: 'succeeded', endedAt: at.clock.now(), debts: [] })
    const succeeded = Array<string>(4).fill('step.succeeded')
    expect(await at.kinds(run.id)).toEqual(['run.started', ...succeeded, 'run.ended'])
    expect(at.errors).toEqual([])
    expect(at.clock.waiting()).toBe(0)
  })

  test('leaves out what the rules do not ask for, and goes on without its result', async () => {
    await using at = await openEngine()
    const run = await at.begin({ role: 'contractor' })
    expect(await at.step(run.id, 'chat')).toMatchObject({ status: 'not-needed', because: 'rule' })
    expect(await at.step(run.id, 'welcome')).toMatchObject({ output: { id: 'welcome-3 mail-2 without chat' } })
  })

  test('does side by side what does not depend on each other', async () => {
    await using at = await openEngine()
    const [mail, chat] = [onWire(), onWire()]
    at.script.plan('mail', mail.behaviour)
    at.script.plan('chat', chat.behaviour)
    const run = await at.begin()
    expect(await at.statuses(run.id)).toBe('succeeded running running pending')
    chat.answer('c')
    await settle()
    expect(await at.statuses(run.id)).toBe('succeeded running succeeded pending')
    mail.answer('m')
    await settle()
    expect(await at.statuses(run.id)).toBe('succeeded succeeded succeeded succeeded')
  })

  test('is on disk, with its card marked, before the start is answered', async () => {
    await using at = await openEngine()
    at.script.plan('account', onWire().behaviour)
    const commits: string[] = []
    at.refuse.commit = (change) => {
      commits.push(`${change.run?.kind ?? '-'} ${change.entries.length} ${change.cards?.length ?? 0}`)
      return null
    }
    const run = await at.begin()
    expect(commits).toEqual(['insert 1 1'])
    expect(await at.store.run(TEAM, run.id)).toMatchObject({ status: 'running', attempts: [expect.any(String)] })
    expect(at.stale.map(({ kind }) => kind)).toEqual(['run'])
  })
})

describe('a start', () => {
  const call = {
    team: TEAM,
    workflow: 'employee-onboarding',
    input: { email: 'jane@acme.example', name: 'Jane Doe' },
    actor: JANE,
    startKey: 'V1',
  }

  test('that comes twice finds the first run', async () => {
    await using at = await openEngine()
    const both = await Promise.all([at.engine().start(call), at.engine().start(call)])
    expect(both.map(({ kind }) => kind).sort()).toEqual(['already-started', 'started'])
    expect(await at.store.runs({ team: TEAM }, 10)).toHaveLength(1)
  })

  test('about somebody whose run is under way is answered with that run', async () => {
    await using at = await openEngine()
    at.script.plan('account', onWire().behaviour)
    const run = await at.begin()
    const again = { ...call, startKey: 'V2', input: { ...call.input, email: ' JANE@acme.example'.trim() }, actor: JOHN }
    expect(await at.engine().start(again)).toMatchObject({ kind: 'subject-busy', run: { id: run.id } })
  })

  test('with a mistake says at which field, and starts nothing', async () => {
    await using at = await openEngine()
    const answer = await at.engine().start({ ...call, input: { email: 'jane', name: '' } })
    expect(answer).toMatchObject({ kind: 'invalid', errors: { email: expect.any(String), name: expect.any(String) } })
    expect(await at.engine().start({ ...call, workflow: 'offboarding' })).toMatchObject({ code: 'no-such-workflow' })
    expect(await at.store.runs({ team: TEAM }, 10)).toEqual([])
  })

  test('keeps one subject for the same address, whatever the name is now', async () => {
    await using at = await openEngine()
    const first = await at.begin()
    const second = await at.begin({ name: 'Jane Roe' }, 'V2')
    expect(second.subject).toEqual({ ...first.subject, label: 'Jane Roe' })
    expect(await at.store.findSubjects(TEAM, ['jane'], 10)).toHaveLength(1)
  })

  test('is another team’s business only there', async () => {
    await using at = await openEngine()
    const run = await at.begin()
    expect(await at.engine().run(OTHER_TEAM, run.id)).toBeNull()
    const decision = { kind: 'cancel', reason: '' } as const
    const answer = await at.engine().decide({ team: OTHER_TEAM, run: run.id, actor: JANE, decision })
    expect(answer).toEqual({ kind: 'no-such-run' })
  })
})
