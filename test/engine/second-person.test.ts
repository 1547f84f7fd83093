import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { workflow } from '../../src/engine/define-workflow.ts'
import { JANE, JOHN, TEAM } from '../support/test-ids.ts'
import { settle } from '../support/turns.ts'
import { openEngine } from './open-engine.ts'
import { refusing } from './scripted-egress.ts'

describe('a decision for which the rules ask a second person', () => {
  test('is carried out when somebody else confirms it, under both names', async () => {
    await using at = await openEngine({ second: ['skip'] })
    at.script.plan('mail', refusing)
    const run = await at.begin()
    const proposed = await at.decide(run.id, 'skip', 'mail')
    expect(proposed).toMatchObject({ kind: 'proposed', proposal: { by: JANE, decision: { kind: 'skip' } } })
    expect(await at.step(run.id, 'mail')).toMatchObject({ status: 'failed' })
    if (proposed.kind !== 'proposed') return
    const confirm = { kind: 'confirm', proposal: proposed.proposal.id }
    expect(await at.press(run.id, confirm)).toMatchObject({ kind: 'refused', code: 'own-proposal' })
    expect(await at.press(run.id, confirm, JOHN)).toMatchObject({ kind: 'decided' })
    const mail = await at.step(run.id, 'mail')
    expect(mail).toMatchObject({ status: 'skipped', by: JANE })
    expect(mail.decisions).toMatchObject([{ kind: 'skip', by: JANE, confirmedBy: JOHN }])
    expect(await at.press(run.id, confirm, JOHN)).toMatchObject({ kind: 'too-late' })
    expect((await at.kinds(run.id)).filter((kind) => kind.startsWith('decision.'))).toEqual([
      'decision.propose',
      'decision.refused',
      'decision.skip',
      'decision.refused',
    ])
  })

  test('is not proposed when it could not be carried out, and once at a time', async () => {
    await using at = await openEngine({ second: ['mark-done', 'skip'] })
    at.script.plan('mail', refusing)
    const run = await at.begin()
    expect(await at.decide(run.id, 'mark-done', 'mail', { output: 7 })).toMatchObject({ code: 'output-incomplete' })
    expect((await at.run(run.id)).proposals ?? []).toEqual([])
    await at.decide(run.id, 'skip', 'mail')
    expect(await at.decide(run.id, 'mark-done', 'mail')).toMatchObject({ code: 'proposed-already' })
  })

  test('is void once the step has moved on, is withdrawn, or has waited too long', async () => {
    await using at = await openEngine({ second: ['skip'] })
    at.script.plan('mail', refusing, refusing, refusing)
    const run = await at.begin()
    await at.decide(run.id, 'skip', 'mail')
    await at.decide(run.id, 'retry', 'mail')
    expect((await at.run(run.id)).proposals).toEqual([])
    const again = await at.decide(run.id, 'skip', 'mail')
    if (again.kind !== 'proposed') throw new Error(again.kind)
    await at.press(run.id, { kind: 'withdraw', proposal: again.proposal.id }, JOHN)
    expect((await at.run(run.id)).proposals).toEqual([])
    await at.decide(run.id, 'skip', 'mail')
    await at.clock.advance(86_400_000)
    expect((await at.run(run.id)).proposals).toEqual([])
    expect(await at.kinds(run.id)).toContain('proposal.expired')
    expect(await at.step(run.id, 'mail')).toMatchObject({ status: 'failed' })
  })

  test('of a restart begins the new run only when it is confirmed, once', async () => {
    await using at = await openEngine({ second: ['restart'] })
    at.script.plan('mail', refusing)
    const run = await at.begin()
    const input = { email: 'jane@acme.example', name: 'Jane Doe' }
    const proposed = await at.press(run.id, { kind: 'restart', reason: 'wrong role', input })
    if (proposed.kind !== 'proposed') throw new Error(proposed.kind)
    expect(await at.run(run.id)).toMatchObject({ status: 'blocked' })
    await at.press(run.id, { kind: 'confirm', proposal: proposed.proposal.id }, JOHN)
    const old = await at.run(run.id)
    expect(old).toMatchObject({ status: 'cancelled', restartedAs: expect.any(String) })
    expect(old.restartedAs && (await at.run(old.restartedAs))).toMatchObject({ restartOf: run.id, status: 'succeeded' })
  })
})

const firm = z.object({ firm: z.string().default('Acme') })
const subject = ({ firm: name }: { firm: string }) => ({ key: name, label: name })
const contract = workflow(
  { name: 'contract', version: 1, title: 'Contract', input: firm, subject },
  ({ approval }) => void approval('ok', { title: 'Approval' }),
)
const client = workflow(
  { name: 'client', version: 1, title: 'Client', input: firm, subject },
  ({ subflow }) => void subflow('contract', { title: 'Contract', workflow: contract, input: ({ input }) => input }),
)

describe('what follows from a decision that a second person has confirmed', () => {
  const open = (asks: (workflow: string) => boolean) =>
    openEngine({ workflow: client, others: [contract] }).then((at) => {
      at.rules.now = { ...at.rules.now, version: 2, needsSecond: (_, about) => asks(about.workflow) }
      return at
    })

  test.each([false, true])('cancels the run that a step began, without a third (undo: %s)', async (undo) => {
    await using at = await open(() => true)
    const run = await at.begin()
    const proposed = await at.press(run.id, { kind: 'cancel', reason: 'no deal', undo })
    if (proposed.kind !== 'proposed') throw new Error(proposed.kind)
    await at.press(run.id, { kind: 'confirm', proposal: proposed.proposal.id }, JOHN)
    await settle()
    const { wait } = await at.step(run.id, 'contract')
    expect(await at.run(run.id)).toMatchObject({ status: 'cancelled' })
    expect(wait?.kind === 'run' && (await at.run(wait.run))).toMatchObject({ status: 'cancelled' })
  })

  test('is asked for where only the run that ends with it needs one', async () => {
    await using at = await open((name) => name === 'contract')
    const run = await at.begin()
    expect(await at.press(run.id, { kind: 'cancel', reason: 'no deal' })).toMatchObject({ kind: 'proposed' })
  })
})

test('all that the brake holds is cancelled at once: none of it has begun', async () => {
  await using at = await openEngine({ second: ['cancel'], brake: { starts: 1, withinMs: 60_000 } })
  await at.begin()
  const held = [await at.begin({ email: 'p1@acme.example' }, 'V2'), await at.begin({ email: 'p2@acme.example' }, 'V3')]
  const [hold] = at.engine().holds.standing(TEAM)
  if (!hold) throw new Error('no brake')
  await at.engine().holds.decide({ team: TEAM, hold: hold.id, kind: 'cancel-all', by: JOHN, reason: 'a loop' })
  await at.clock.advance(10_000)
  for (const { id } of held) expect(await at.run(id)).toMatchObject({ status: 'cancelled' })
  expect(at.engine().holds.standing(TEAM)).toEqual([])
})
