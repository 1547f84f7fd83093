import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { PermanentFailure, RetryLater } from '../../src/domain/errors.ts'
import { createSurface } from '../../src/slack/surface.ts'
import { openWire, sandboxEnvironment } from '../connectors/open-wire.ts'
import { oneManager, request } from '../handlers/approval-workflow.ts'
import { GUS, MAYA, OLGA, openHandlers, TIM } from '../handlers/open-handlers.ts'
import { EVENT_SCOPES, METHOD_SCOPES, NO_METHODS, OTHER_SCOPES } from '../manifest/slack-scopes.ts'
import { OTHER_TEAM, TEAM } from '../support/test-ids.ts'
import { settle } from '../support/turns.ts'
import { openLife, until } from './life-of-a-click.ts'
import { openApp } from './open-app.ts'
import { openPainter } from './open-painter.ts'

// Pitfalls of Slack bots in how it runs: restarts, lines, tokens, workspaces and people. See pitfalls.test.ts.

describe('loss at a restart', () => {
  it.each(['http', 'socket'] as const)('over %s: what was acknowledged is done by the next process', async (mode) => {
    await using life = await openLife(mode, 'click')
    life.hangWork()
    await life.deliver('1.1')
    await until(() => life.isAcked('1.1'), 'it is acknowledged')
    expect(await life.done()).toBe(0)
    expect(await life.die()).toBe(1)
    expect(await life.done()).toBe(1)
    expect(await life.left()).toBe(0)
  })
})

describe('redeliveries that are dropped', () => {
  const event = (id: string) => ({
    ...{ type: 'event_callback', team_id: TEAM, event_id: id },
    event: { type: 'message', channel_type: 'im', user: OLGA.user, text: 'what is stuck?', channel: 'D0DM', ts: '1.1' },
  })
  const retry = { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' }

  it('are taken: the second delivery may be the only one that arrives, and the third is known again', async () => {
    const heard: string[] = []
    await using at = await openApp({ said: async ({ text }) => void heard.push(text) })
    expect((await at.signed(event('Ev1')).send(retry)).status).toBe(200)
    await until(() => heard.length === 1, 'it was heard')
    expect((await at.signed(event('Ev1')).send({ ...retry, 'x-slack-retry-num': '2' })).status).toBe(200)
    expect((await at.signed(event('Ev2')).send(retry)).status).toBe(200)
    await until(() => heard.length === 2, 'the other one was heard')
    expect((await at.entries()).map(({ kind }) => kind)).toEqual(['event.received', 'event.received'])
  })
})

describe('a client that hides its own tries', () => {
  /** Slack as it answers: by these statuses in turn, then as it should. */
  async function openSlack(statuses: readonly { status: number; retryAfter?: string }[]) {
    const hits: number[] = []
    const server = createServer((req, res) => {
      const answer = statuses[hits.length]
      hits.push(answer?.status ?? 200)
      req.resume()
      res.writeHead(answer?.status ?? 200, {
        'content-type': 'application/json',
        ...(answer?.retryAfter ? { 'retry-after': answer.retryAfter } : {}),
      })
      res.end(JSON.stringify({ ok: answer === undefined, channel: { id: 'D0DM' } }))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const wire = openWire(sandboxEnvironment({ services: url, slack: url }))
    return {
      ...{ hits, wire, surface: createSurface(wire.egress) },
      async [Symbol.asyncDispose]() {
        await wire[Symbol.asyncDispose]()
        await new Promise((resolve) => server.close(resolve))
      },
    }
  }

  it('has none: each request on the wire is an entry, and what is left over is said at once', async () => {
    await using at = await openSlack(Array.from({ length: 9 }, () => ({ status: 503 })))
    await expect(at.surface.openDirect(TEAM, OLGA.user)).rejects.toBeInstanceOf(RetryLater)
    expect(at.hits).toEqual([503, 503, 503])
    expect(at.wire.operations()).toHaveLength(3)
  })

  it('waits no half hour behind anybody’s back where Slack asks to wait: it says how long', async () => {
    await using at = await openSlack([{ status: 429, retryAfter: '1800' }])
    const error = await at.surface.openDirect(TEAM, OLGA.user).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(RetryLater)
    expect((error as RetryLater).retryAfterMs).toBe(1_800_000)
    expect(at.hits).toEqual([429])
  })
})

describe('a channel that is archived, a bot that is removed, a token that is revoked', () => {
  const refusing = (code: string, channels: RegExp) => (card: { channel: string }) => {
    if (channels.test(card.channel))
      throw new PermanentFailure({ code, message: `Slack says ${code}`, hint: 'See to it.' })
  }

  it.each(['is-archived', 'not-in-channel', 'channel-not-found'])(
    '%s: it stands in the fallback channel with the reason, and comes home',
    async (code) => {
      await using at = await openPainter()
      at.channels.fallback = '#general'
      at.slack.says.post = refusing(code, /ops/)
      const id = await at.mark(await at.newRun(), 'failure')
      await at.clock.advance(2_000)
      expect(await at.card(id)).toMatchObject({ detour: '#general', undeliverable: expect.stringContaining(code) })
      at.slack.says.post = null
      await at.restart()
      await at.clock.advance(61_000)
      expect(await at.card(id)).toMatchObject({ channelId: 'C#ops', detour: null, undeliverable: null })
    },
  )

  it('goes to a person where no channel takes it', async () => {
    await using at = await openPainter()
    at.channels.fallback = '#general'
    at.slack.says.post = refusing('not-in-channel', /^#/)
    const id = await at.mark(await at.newRun(), 'failure')
    await at.clock.advance(2_000)
    expect((await at.card(id))?.detour).toMatch(/^DU/)
  })

  it('a token that is revoked: the card is kept with the reason, and shown when there is one again', async () => {
    await using at = await openPainter()
    at.slack.says.post = refusing('token-revoked', /./)
    const id = await at.mark(await at.newRun(), 'failure')
    await at.clock.advance(2_000)
    expect(await at.card(id)).toMatchObject({ ts: null, undeliverable: expect.stringContaining('token-revoked') })
    at.slack.says.post = null
    await at.clock.advance(61_000)
    expect(await at.card(id)).toMatchObject({ ts: expect.any(String), staleSince: null, undeliverable: null })
  })
})

describe('Enterprise Grid and Slack Connect', () => {
  it('keys what comes without a workspace by its organisation, and never mixes it with another', async () => {
    const heard: string[] = []
    const handle = async ({ team }: { team: string }) => void heard.push(team)
    await using at = await openApp({ buttons: [{ action: 'step.retry', handle }] })
    const press = (from: object) =>
      at.signed({
        ...{ type: 'block_actions', trigger_id: '1.2' },
        actions: [{ type: 'button', block_id: 'b', action_id: 'step.retry', value: 'one' }],
        ...from,
      })
    const grid = { team: null, enterprise: { id: 'E0GLOBAL', name: 'Global' }, is_enterprise_install: true }
    expect((await press(grid).send()).status).toBe(200)
    expect((await press({ team: { id: TEAM }, enterprise: null }).send()).status).toBe(200)
    await until(() => heard.length === 2, 'both were heard')
    expect(heard.sort()).toEqual(['E0GLOBAL', TEAM].sort())
    const left = await at.store.entries({ team: 'E0GLOBAL' as typeof TEAM, kinds: ['click'] }, null, 9)
    expect(left).toHaveLength(1)
  })

  it('refuses members of other workspaces and guests, each with an explanation, and does nothing', async () => {
    await using at = await openHandlers({ workflows: [request], rules: oneManager(GUS) })
    const run = await at.begin()
    const { key, version } = await at.step(run, 'ok')
    const press = { action_id: 'step.approve', block_id: 'b', value: JSON.stringify({ r: run.id, s: key, v: version }) }
    await at.press(press, TIM, { homeTeam: OTHER_TEAM })
    expect(at.surface.last()).toMatchObject({
      to: 'one',
      words: expect.stringContaining('belongs to another workspace'),
    })
    await at.press(press, GUS)
    expect(at.surface.last()).toMatchObject({ to: 'one', words: expect.stringContaining('Guests may not decide') })
    expect((await at.step(run, 'ok')).decisions).toEqual([])
  })
})

describe('scopes that nobody asked for', () => {
  it('are not there, and none is missing: the manifest has those of the methods, events and commands that are used', async () => {
    const at = (path: string) => new URL(`../../${path}`, import.meta.url)
    const Manifest = z.looseObject({
      oauth_config: z.looseObject({ scopes: z.strictObject({ bot: z.array(z.string()) }) }),
      settings: z.looseObject({ event_subscriptions: z.looseObject({ bot_events: z.array(z.string()) }) }),
    })
    const { oauth_config: oauth, settings } = Manifest.parse(parse(readFileSync(at('manifest.yml'), 'utf8')))
    const needed = new Set(OTHER_SCOPES)
    for (const file of readdirSync(at('src/connectors/slack'))) {
      const exported: Record<string, unknown> = await import(at(`src/connectors/slack/${file}`).href)
      for (const each of Object.values(exported)) {
        const used = z.looseObject({ service: z.literal('slack'), name: z.string(), class: z.string() }).safeParse(each)
        const name = used.data?.name
        if (name === undefined || NO_METHODS.has(name)) continue
        for (const scope of METHOD_SCOPES[name] ?? [`unknown to slack-scopes.ts: ${name}`]) needed.add(scope)
      }
    }
    for (const event of settings.event_subscriptions.bot_events) {
      const scope = EVENT_SCOPES[event]
      if (scope) needed.add(scope)
    }
    expect([...oauth.scopes.bot].sort()).toEqual([...needed].sort())
  })
})

describe('people who have left', () => {
  it('are asked no longer: it is told as an alert, and somebody else can be asked', async () => {
    const rules = { ...oneManager(MAYA), absences: { away: [], standIns: [], fallback: null, statuses: [] } }
    await using at = await openHandlers({ workflows: [request], rules })
    at.kept.start()
    const told = async (): Promise<void> => {
      await at.clock.advance(200)
      await settle()
      await at.kept.idle()
      await settle()
    }
    const run = await at.begin()
    await told()
    expect(at.kept.outOfReach()).toEqual([])
    at.people(MAYA, { isDeactivated: true })
    await at.clock.advance(10 * 60_000)
    await told()
    expect(at.kept.outOfReach()).toMatchObject([{ run: run.id, step: 'ok', matter: { kind: 'out-of-reach' } }])
  })
})
