import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { handlers } from '../../handlers/index.ts'
import { BUILT_IN_COMMANDS, EVENT_SCOPES, METHOD_SCOPES, NO_METHODS, OTHER_SCOPES } from './slack-scopes.ts'

const inRepository = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))

const Command = z.strictObject({
  command: z.string().regex(/^\/[a-z-]{1,31}$/),
  description: z.string().max(2000),
  usage_hint: z.string().max(1000),
  url: z.url(),
  should_escape: z.boolean(),
})

/** What Slack takes, with its limits; strict, so that a misspelt setting is found. */
const Manifest = z.strictObject({
  _metadata: z.strictObject({ major_version: z.literal(1), minor_version: z.literal(1) }),
  display_information: z.strictObject({
    name: z.string().max(35),
    description: z.string().max(140),
    long_description: z.string().min(174).max(4000),
    background_color: z.string().regex(/^#[0-9a-f]{6}$/),
  }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.literal(true),
      messages_tab_enabled: z.literal(true),
      messages_tab_read_only_enabled: z.literal(false),
    }),
    bot_user: z.strictObject({ display_name: z.string().max(80), always_online: z.boolean() }),
    slash_commands: z.array(Command).max(50),
    shortcuts: z
      .array(
        z.strictObject({
          name: z.string().max(24),
          type: z.enum(['message', 'global']),
          callback_id: z.string().max(255),
          description: z.string().max(150),
        }),
      )
      .max(10),
  }),
  oauth_config: z.strictObject({ scopes: z.strictObject({ bot: z.array(z.string()) }) }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({ request_url: z.url(), bot_events: z.array(z.string()) }),
    interactivity: z.strictObject({ is_enabled: z.literal(true), request_url: z.url() }),
    org_deploy_enabled: z.literal(false),
    socket_mode_enabled: z.literal(false),
    token_rotation_enabled: z.literal(false),
  }),
})

const manifest = Manifest.parse(parse(readFileSync(inRepository('manifest.yml'), 'utf8')))
const commands = manifest.features.slash_commands
const scopes = manifest.oauth_config.scopes.bot
const events = manifest.settings.event_subscriptions.bot_events
const app = ['src/slack/app.ts', 'src/slack/listen-to-events.ts']
  .map((file) => readFileSync(inRepository(file), 'utf8'))
  .join('\n')

/** Names of all Slack operations that the code can send. */
async function methodsUsed(): Promise<string[]> {
  const folder = inRepository('src/connectors/slack')
  const operations = z.looseObject({ service: z.literal('slack'), name: z.string(), class: z.string() })
  const names: string[] = []
  for (const file of readdirSync(folder)) {
    const exported: Record<string, unknown> = await import(pathToFileURL(`${folder}/${file}`).href)
    for (const value of Object.values(exported)) {
      const operation = operations.safeParse(value)
      if (operation.success && !NO_METHODS.has(operation.data.name)) names.push(operation.data.name)
    }
  }
  return names
}

describe('the app’s manifest', () => {
  it('has every command that a handler answers, and none that nobody answers', () => {
    const recipe = 'add the command to features.slash_commands of manifest.yml, and install the app anew'
    expect(commands.map(({ command }) => command).sort(), recipe).toEqual(
      handlers.commands.map(({ command }) => command).sort(),
    )
  })

  it('has every shortcut that a handler answers, and none that nobody answers', () => {
    const recipe = 'add the shortcut to features.shortcuts of manifest.yml, and install the app anew'
    expect(manifest.features.shortcuts.map(({ callback_id: id }) => id).sort(), recipe).toEqual(
      handlers.shortcuts.map(({ callback }) => callback).sort(),
    )
  })

  it('takes no name that Slack has given to a command of its own', () => {
    expect(commands.map(({ command }) => command).filter((command) => BUILT_IN_COMMANDS.has(command))).toEqual([])
  })

  it('subscribes to the events that the app listens to', () => {
    const listened = [...app.matchAll(/app\.event\('(\w+)'/g)].map(([, event = '']) =>
      event === 'message' ? 'message.im' : event,
    )
    expect(listened).toHaveLength(4)
    expect(app).toContain("event.channel_type === 'im'")
    expect([...events].sort()).toEqual(listened.sort())
  })

  it('asks for the scopes that the methods and events need, and for no others', async () => {
    const used = await methodsUsed()
    expect(used.length).toBeGreaterThan(15)
    const unknown = used.filter((method) => !(method in METHOD_SCOPES))
    expect(unknown, 'say in test/manifest/slack-scopes.ts what scopes the method needs').toEqual([])
    const needed = [
      ...used.flatMap((method) => METHOD_SCOPES[method] ?? []),
      ...events.flatMap((event) => EVENT_SCOPES[event] ?? []),
      ...OTHER_SCOPES,
    ]
    expect([...scopes].sort()).toEqual([...new Set(needed)].sort())
  })

  it('knows a scope for each event', () => {
    expect(events.filter((event) => !(event in EVENT_SCOPES))).toEqual([])
  })

  it('has Slack send everything to the one path that is listened to', () => {
    const path = /endpoints: '([^']+)'/.exec(app)?.[1]
    const urls = [
      ...commands.map(({ url }) => url),
      manifest.settings.event_subscriptions.request_url,
      manifest.settings.interactivity.request_url,
    ]
    expect([...new Set(urls)]).toEqual([`https://purser.acme.example${path}`])
  })

  const documented = inRepository('../shared/slack/methods.json')
  it.runIf(existsSync(documented))('needs only scopes that Slack documents for the method', () => {
    const Methods = z.record(
      z.string(),
      z.looseObject({ scope: z.looseObject({ bot: z.array(z.string()).default([]) }) }),
    )
    const methods = Methods.parse(JSON.parse(readFileSync(documented, 'utf8')))
    for (const [method, needed] of Object.entries(METHOD_SCOPES)) {
      expect(methods[method]?.scope.bot, method).toEqual(expect.arrayContaining([...needed]))
    }
  })
})
