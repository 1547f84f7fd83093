import { describe, expect, test } from 'vitest'
import { handlers } from '../../handlers/index.ts'
import type { Person } from '../../src/domain/actor.ts'
import { UserId } from '../../src/domain/ids.ts'
import type { HandlerPorts } from '../../src/slack/handler.ts'
import { actionIds } from '../../views/action-ids.ts'
import { encodeRunRef, encodeSavedRef, encodeStepRef } from '../../views/references.ts'
import {
  BY_LEDGER,
  BY_VERSION,
  count,
  type Deed,
  decide,
  only,
  pausedRun,
  pauseIt,
  press,
  type Said,
} from './deeds-left.ts'
import { type At, gone, nextProcess } from './left.ts'
import { OLGA, openHandlers, TIM } from './open-handlers.ts'

async function firstTry(at: At, said: Said, who: Person): Promise<void> {
  await gone(at, who, 'action' in said ? said : { ...said, channel: 'C0OPS' }, 0)
  await at.clock.advance(10)
  if ('action' in said) await at.press(said.action, who)
  else await at.slash(said.command, said.text, who)
  await at.clock.advance(10)
}

async function takeUp(at: At, ports: Partial<HandlerPorts> = {}): Promise<void> {
  await (await nextProcess(at, ports)).done
  await at.clock.advance(10)
}

/** Taken up as though the ledger said nothing. */
const withoutGuard = ({ ports }: At): Partial<HandlerPorts> => ({ store: { ...ports.store, entries: async () => [] } })

async function done({ options = { rules: { may: () => true } }, by = OLGA, ...deed }: Deed) {
  const at = await openHandlers(options)
  await firstTry(at, await deed.said(at), by)
  const once = await deed.times(at)
  await deed.between?.(at)
  at.surface.shown.length = 0
  return {
    at,
    once,
    times: () => deed.times(at),
    [Symbol.asyncDispose]: async () => {
      await at.inbox.stop()
      await at[Symbol.asyncDispose]()
    },
  }
}

describe('what had its effect just before the process ended, and was not marked', () => {
  test.each(Object.entries(BY_LEDGER))('%s: is not done again, and whoever did it is told', async (_, deed) => {
    await using first = await done(deed)
    const before = await first.times()
    expect(first.once).toBeGreaterThan(0)
    await takeUp(first.at)
    expect(await first.times()).toBe(before)
    expect(first.at.surface.last().words).toContain('It is not done a second time')
    // The same without what guards it: then it would be.
    await using second = await done(deed)
    await takeUp(second.at, withoutGuard(second.at))
    expect(await second.times()).toBeGreaterThan(before)
  })

  test.each(Object.entries(BY_VERSION))('%s: meets its own version', async (_, deed) => {
    await using first = await done(deed)
    expect(first.once).toBe(1)
    await takeUp(first.at)
    expect(await first.times()).toBe(1)
    expect(first.at.surface.shown.length).toBeGreaterThan(0)
    // By the version of now it would count.
    const run = await only(first.at)
    const { key: step, version } = await first.at.step(run, 'mail')
    const id = deed === BY_VERSION.Retry ? actionIds.retry : actionIds.takeOver
    await first.at.press({ action_id: id, block_id: 'b', value: encodeStepRef({ run: run.id, step, version }) }, OLGA)
    expect(await first.times()).toBe(2)
  })

  test('a saved query that was saved anew since is neither forgotten nor written over', async () => {
    await using at = await openHandlers({ rules: { may: () => true } })
    const saved = async () =>
      (await at.store.savedQueries(OLGA.team, OLGA.user)).map(({ name, at: when }) => [name, when])
    for (const said of [
      { command: '/audit', text: 'save errors status:>=400' },
      press(actionIds.forgetAudit, encodeSavedRef('errors')),
    ]) {
      await firstTry(at, said, OLGA)
      await at.slash('/audit', 'save errors status:>=500', OLGA)
      const before = await saved()
      at.surface.shown.length = 0
      await takeUp(at)
      expect(await saved()).toEqual(before)
      expect(at.surface.last().words).toContain('errors')
    }
  })

  test('a form that was written in since is not emptied', async () => {
    await using at = await openHandlers()
    await gone(at, OLGA, press(actionIds.startAfresh, JSON.stringify({ w: 'employee-onboarding' })), 0)
    await at.slash('/run', 'employee-onboarding', OLGA)
    await at.close({ email: 'jane@acme.example' }, OLGA)
    await takeUp(at)
    expect(await at.store.formDraft(OLGA.team, UserId.parse(OLGA.user), 'employee-onboarding')).not.toBeNull()
  })

  test('another’s deed of the same kind is not taken for theirs', async () => {
    await using at = await openHandlers({ rules: { may: () => true } })
    const run = await pausedRun(at)
    await gone(at, OLGA, press(actionIds.resumeRun, encodeRunRef(run.id)), 0)
    await decide(at, { kind: 'resume', reason: null }, TIM)
    await pauseIt(at)
    await takeUp(at)
    expect(await count('decision.resume')(at)).toBe(2)
  })
})

const WINDOWS = [
  ...['step.skip', 'step.escalate', 'step.mark-done', 'step.refuse', 'step.delegate', 'step.complete'],
  ...['step.reassign', 'step.edit', 'run.cancel', 'run.restart', 'run.pause', 'run.start-afresh', 'inbox.dismiss'],
  ...['audit.save', String(/^debt\.(?:close|hand-over)$/), String(/^run\.start\.\d+$/)],
]
/** A file of the ledger may come twice into one's own messages. */
const SHOWS = [
  ...[/^run\.show(\.\d+)?$/, /^audit\.open(\.\d+)?$/, /^audit\.(?:older|newest)$/, /^ask\.about\.\d+$/].map(String),
  ...[/^home\.(?:whose|workflow|state|newer|older)$/, /^greet\.(?:start|stuck|help)$/].map(String),
  ...['audit.details', 'audit.file', 'cards.try-again', 'alert.cases'],
]

/** What keeps each button from doing something twice when it is carried out late. */
const KEPT: Record<string, readonly string[]> = {
  'by the ledger': [
    ...['run.resume', 'run.use-rules', 'inbox.retry', 'step.remind'],
    ...[/^hold\.[a-z-]+$/, /^away\.(?:open|back)$/].map(String),
  ],
  'by the version of its step': [String(/^step\.retry(?:-absent|-today)?$/), 'step.take-over', 'step.approve'],
  'by one or the other, as its choice is': ['step.menu'],
  'by its name, whose thing ends for good': [String(/^proposal\.(?:confirm|withdraw)$/), 'bulk.stop', 'audit.forget'],
  'as its window has to be asked for again': WINDOWS,
  'as it only shows': SHOWS,
}

test('each button is kept from doing something twice', () => {
  const kept = Object.values(KEPT).flat()
  const carriedOut = handlers.buttons.filter(({ isEntry }) => !isEntry).map(({ action }) => String(action))
  expect([...kept].sort()).toEqual(carriedOut.sort())
})
