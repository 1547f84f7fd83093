import { readFileSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import { PermanentFailure, RetryLater } from '../../src/domain/errors.ts'
import { drawContext } from '../../src/slack/handler.ts'
import { receiveOnce } from '../../src/slack/receive-once.ts'
import { failureCard } from '../../views/cards/failure-card.ts'
import { refusing } from '../engine/scripted-egress.ts'
import { MAYA, OLGA, openHandlers, TIM } from '../handlers/open-handlers.ts'
import { onboarding } from '../handlers/sample-workflow.ts'
import { TEAM } from '../support/test-ids.ts'
import { POLICY } from '../support/test-rules.ts'
import { openApp } from './open-app.ts'

// What breaks Slack bots in production, and what holds Purser to it: here what people send; what Purser shows is in
// pitfalls-of-cards.test.ts, and how it runs in pitfalls-of-running.test.ts.

/** All fifteen, by the file of their tests; some have two sides. */
const PITFALLS: readonly (readonly [pitfall: string, file: string])[] = [
  ['an acknowledgement that takes longer than three seconds', 'pitfalls'],
  ['a trigger that dies in three seconds', 'pitfalls'],
  ['the same thing twice', 'pitfalls'],
  ['redeliveries that are dropped', 'pitfalls-of-running'],
  ['loss at a restart', 'pitfalls-of-running'],
  ['state in memory', 'pitfalls'],
  ['clicks at the same time', 'pitfalls'],
  ['a click without rights that is met with silence, or in public', 'pitfalls'],
  ['rates that Slack limits', 'pitfalls-of-cards'],
  ['a client that hides its own tries', 'pitfalls-of-running'],
  ['limits of blocks', 'pitfalls-of-cards'],
  ['answers that vanish, taken for records', 'pitfalls'],
  ['a channel that is archived, a bot that is removed, a token that is revoked', 'pitfalls-of-running'],
  ['a message that somebody deletes', 'pitfalls-of-cards'],
  ['a scope that is missing', 'pitfalls'],
  ['a scope that is missing', 'pitfalls-of-cards'],
  ['scopes that nobody asked for', 'pitfalls-of-running'],
  ['Enterprise Grid and Slack Connect', 'pitfalls-of-running'],
  ['noise, and colours without words', 'pitfalls-of-cards'],
  ['people who have left', 'pitfalls-of-running'],
]

it.each(PITFALLS)('the pitfall “%s” has tests of its own in %s.test.ts', (pitfall, file) => {
  const source = readFileSync(new URL(`${file}.test.ts`, import.meta.url), 'utf8')
  expect(source).toContain(`describe('${pitfall}', () => {`)
})

async function failedRun() {
  const at = await openHandlers()
  at.script.plan('mail', refusing)
  const run = await at.begin()
  const step = await at.step(run, 'mail')
  const subject = { run: await at.run(run), step, outline: onboarding.outline, policy: POLICY }
  const { blocks } = failureCard(subject, drawContext(at.ports))
  return { at, run, step, blocks }
}

describe('an acknowledgement that takes longer than three seconds', () => {
  it('does not come of the work: a click is on disk and acknowledged while its work still runs', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const did: string[] = []
    const handle = async (): Promise<void> => {
      did.push('began')
      await promise
      did.push('ended')
    }
    await using at = await openApp({ buttons: [{ action: 'step.retry', handle }] })
    expect((await at.press({ action_id: 'step.retry', value: 'one' })).status).toBe(200)
    expect((await at.entries()).map(({ kind }) => kind)).toEqual(['click.received'])
    expect(did).not.toContain('ended')
    resolve()
    await soon(() => did.length === 2)
    expect(did).toEqual(['began', 'ended'])
  })
})

describe('a trigger that dies in three seconds', () => {
  it('is used before rights are asked for: a placeholder opens first, and is filled then', async () => {
    await using at = await openHandlers()
    at.fresh.is = false
    const person = at.ports.directory.person
    const before: string[] = []
    at.ports.directory.person = async (...asked) => {
      before.push(...at.surface.order)
      return await person(...asked)
    }
    await at.slash('/run', 'employee-onboarding', OLGA)
    expect(before[0]).toBe('open')
    expect(at.surface.order).toEqual(['open', 'update'])
    expect(at.surface.windows[0]?.blocks).not.toEqual(at.surface.window().blocks)
    expect(at.surface.window().callback_id).toBe('start-run')
  })
})

describe('the same thing twice', () => {
  it('is carried out once, however often Slack delivers it', async () => {
    const did: (string | null)[] = []
    const handle = async ({ value }: { value: string | null }) => void did.push(value)
    await using at = await openApp({ buttons: [{ action: 'step.retry', handle }] })
    const pressed = (value: string) =>
      at.signed({
        ...{ type: 'block_actions', trigger_id: '1.2' },
        actions: [{ type: 'button', block_id: 'b', action_id: 'step.retry', value }],
      })
    const click = pressed('one')
    for (let times = 0; times < 3; times++) expect((await click.send()).status).toBe(200)
    await pressed('two').send()
    await soon(() => did.length > 1)
    expect(did).toEqual(['one', 'two'])
  })

  it('is known again an hour later, long after Slack has stopped', async () => {
    await using at = await openHandlers()
    const place = { team: TEAM, user: OLGA.user, channel: null, threadTs: null, responseUrl: null }
    const asked = { team: TEAM, user: OLGA.user, homeTeam: TEAM, place }
    const event = { kind: 'event.received', asked, id: 'Ev1', said: { text: 'hello' } } as const
    expect(await receiveOnce(at.ports, event)).not.toBeNull()
    await at.clock.advance(3_600_000)
    expect(await receiveOnce(at.ports, event)).toBeNull()
    expect(await receiveOnce(at.ports, { ...event, id: 'Ev2' })).not.toBeNull()
  })
})

describe('state in memory', () => {
  it('is in no button: each holds which step it means and its version, and nothing that could be out of date', async () => {
    const { at, run, step, blocks } = await failedRun()
    await using _ = at
    const values = blocks.flatMap((block) =>
      ('elements' in block ? block.elements : []).flatMap((element) => ('value' in element ? [element.value] : [])),
    )
    const meaning = values.map((value) => JSON.parse(String(value)) as Record<string, unknown>)
    const ofStep = meaning.filter((value) => 'v' in value)
    expect(ofStep.length).toBeGreaterThan(1)
    for (const value of ofStep) expect(value).toEqual({ r: run.id, s: 'mail', v: step.version })
    expect(values.join()).not.toMatch(/Jane|acme/)
    await at.click(blocks, 'Retry', TIM)
    await at.click(blocks, 'Retry', OLGA)
    expect(at.surface.last().words).toContain('Nothing was changed by your click')
  })
})

describe('clicks at the same time', () => {
  it('by two people, twice each, do the work once, and all the others are told who was first', async () => {
    const { at, blocks } = await failedRun()
    await using _ = at
    await Promise.all([TIM, OLGA, TIM, OLGA].map((who) => at.click(blocks, 'Retry', who)))
    expect(at.script.of('mail')).toHaveLength(2)
    expect(at.surface.shown).toHaveLength(3)
    for (const { to, words } of at.surface.shown) {
      expect(to).toBe('one')
      expect(words).toMatch(/Tim Teammate retried it|You retried it/)
    }
  })
})

describe('a click without rights that is met with silence, or in public', () => {
  it('is answered to whoever clicked alone, with who may', async () => {
    const { at, run, blocks } = await failedRun()
    await using _ = at
    const before = await at.kinds()
    for (const button of ['Retry', 'Skip…', 'Escalate…', '⋯ Mark done…', '⋯ Cancel run…']) {
      await at.click(blocks, button, MAYA)
      expect(at.surface.last().to, button).toBe('one')
      expect(at.surface.last().words, button).toMatch(/You may not .*Ops or Managers may/s)
    }
    expect(at.surface.shown).toHaveLength(5)
    expect(at.surface.windows).toEqual([])
    expect(await at.kinds()).toEqual(before)
    expect(await at.step(run, 'mail')).toMatchObject({ status: 'failed', decisions: [] })
  })
})

describe('a scope that is missing', () => {
  it('is named to whoever cannot act for it, with who can mend it; the others are told to wait', async () => {
    const { at, run, blocks } = await failedRun()
    await using _ = at
    const parts = { message: 'The app lacks the scope users:read', hint: 'Add it at https://api.slack.com/apps.' }
    at.ports.directory.person = async () => {
      throw new PermanentFailure({ ...parts, code: 'missing-scope' })
    }
    await at.click(blocks, 'Retry', TIM)
    expect(at.surface.last().to).toBe('one')
    expect(at.surface.last().words).toContain('lacks the scope users:read')
    expect(at.surface.last().words).toContain('Tell whoever looks after Purser: Add it at')
    at.ports.directory.person = async () => {
      throw new RetryLater({ code: 'http-503', message: 'Slack answered 503', hint: 'Wait.' })
    }
    await at.click(blocks, 'Retry', TIM)
    expect(at.surface.last().words).toContain('Slack does not answer')
    expect(await at.step(run, 'mail')).toMatchObject({ status: 'failed', decisions: [] })
  })
})

describe('answers that vanish, taken for records', () => {
  it('are no more than answers: what was done stands when the private answer cannot be shown', async () => {
    await using at = await openHandlers()
    let lost = 0
    const losing = async () => {
      lost += 1
      throw new Error('Slack did not answer')
    }
    at.ports.surface.whisper = losing
    at.ports.surface.confirm = losing
    await at.slash('/run', 'employee-onboarding', OLGA)
    await at.submit({ email: 'jane@acme.example', name: 'Jane Doe' }, OLGA).catch(() => null)
    expect(lost).toBeGreaterThan(0)
    expect(await at.kinds()).toContain('run.started')
    const [card] = await at.store.staleCards(10)
    expect(card).toMatchObject({ kind: 'run', team: TEAM })
  })
})

/** Bolt acknowledges before handlers end; they are waited for. */
const soon = (look: () => boolean): Promise<void> =>
  vi.waitFor(() => expect(look()).toBe(true), { timeout: 30_000, interval: 5 })
