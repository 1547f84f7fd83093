import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { slack } from '../../src/connectors/index.ts'
import { channelArchive } from '../../src/connectors/slack/archive-channel.ts'
import { fileUpload, uploadComplete, uploadPlace } from '../../src/connectors/slack/files.ts'
import { ephemeralPost, messageDelete, messagePost, messageUpdate } from '../../src/connectors/slack/messages.ts'
import { authTest, groupList, groupMembers, userInfo, userList } from '../../src/connectors/slack/people.ts'
import { viewOpen, viewPublish, viewPush, viewUpdate } from '../../src/connectors/slack/windows.ts'
import { PersonNeeded } from '../../src/domain/errors.ts'
import { APP, CHANNEL_IDS, TEAM, USER_IDS } from '../../src/sandbox/seed.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.ts'
import { openWire, sandboxEnvironment } from './open-wire.ts'

const CHANNEL = CHANNEL_IDS.onboarding

async function open(environment: Record<string, string> = {}) {
  const sandbox = await startSandbox()
  const env = sandboxEnvironment({ services: 'http://127.0.0.1:9', slack: sandbox.slackApiUrl })
  const wire = openWire({ ...env, ...environment })
  const control = async (path: string, body: unknown) => {
    const response = await fetch(`${sandbox.url}/sandbox/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(await response.text())
  }
  return {
    sandbox,
    wire,
    client: slack.client(wire.call),
    control,
    fault: (order: object) => control('faults', { service: 'slack', ...order }),
    async messages(channel: string = CHANNEL) {
      const { channels } = await sandbox.state()
      return channels.find(({ id }) => id === channel)?.messages ?? []
    },
    async [Symbol.asyncDispose]() {
      await wire[Symbol.asyncDispose]()
      await sandbox.close()
    },
  }
}

const view = (title: string) => ({
  type: 'modal',
  title: { type: 'plain_text', text: title },
  blocks: [
    {
      type: 'actions',
      block_id: 'more',
      elements: [{ type: 'button', action_id: 'more', text: { type: 'plain_text', text: 'More' } }],
    },
  ],
})

/** Stands where Purser would, and answers the trigger ids of what Olga does. */
async function listenForTriggers(sandbox: Sandbox) {
  const triggers: string[] = []
  const note = (body: string) => {
    const form = new URLSearchParams(body)
    const payload: unknown = JSON.parse(form.get('payload') ?? '{}')
    const inPayload = z.looseObject({ trigger_id: z.string() }).safeParse(payload).data?.trigger_id
    triggers.push(form.get('trigger_id') ?? inPayload ?? '')
  }
  const server = createServer((req, res) => {
    void text(req)
      .then(note)
      .finally(() => res.end())
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  sandbox.setPurserUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const act = async (what: string, body: object) => {
    await fetch(`${sandbox.url}/sandbox/${what}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user: 'ops', ...body }),
    })
    return triggers.pop() ?? ''
  }
  return {
    slash: () => act('slash', { channel: 'onboarding', command: '/onboard', text: '' }),
    click: (viewId: string) => act('click', { view_id: viewId, block_id: 'more', action_id: 'more' }),
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

describe('Slack through the egress', () => {
  it('posts one message though the answer was lost, and finds it by its key', async () => {
    await using desk = await open()
    await desk.client.postMessage({ channel: CHANNEL, text: 'Another', key: 'another' })
    await desk.fault({ kind: 'lost-answer', times: 1, match: 'chat.postMessage' })
    const posted = await desk.client.postMessage({ channel: CHANNEL, text: 'Welcome, Jane', key: 'run/welcome' })
    const messages = await desk.messages()
    expect(messages.map(({ text }) => text)).toEqual(['Another', 'Welcome, Jane'])
    expect(posted).toEqual({ channel: CHANNEL, ts: messages[1]?.ts })
    expect(desk.wire.recorded()).not.toContain('"text":"Another","user"')
  })

  it('finds a message that was posted to a channel’s name', async () => {
    await using desk = await open()
    await desk.fault({ kind: 'lost-answer', times: 1, match: 'chat.postMessage' })
    const posted = await desk.client.postMessage({ channel: '#onboarding', text: 'Welcome', key: 'run/welcome' })
    expect(posted.channel).toBe(CHANNEL)
    expect(await desk.messages()).toHaveLength(1)
  })

  it('posts one reply though the answer was lost, and finds it in its thread', async () => {
    await using desk = await open()
    const { ts } = await desk.client.postMessage({ channel: CHANNEL, text: 'Card', key: 'card' })
    await desk.fault({ kind: 'lost-answer', times: 1, match: 'chat.postMessage' })
    const reply = await desk.client.postMessage({ channel: CHANNEL, text: 'Done', key: 'note', threadTs: ts })
    const [card] = await desk.messages()
    expect(card?.replies.map((each) => each.ts)).toEqual([reply.ts])
  })

  it('finds its message again though Slack’s clock is a minute behind ours', async () => {
    await using desk = await open()
    await desk.fault({ kind: 'lost-answer', times: 1, match: 'chat.postMessage' })
    await desk.client.postMessage({ channel: CHANNEL, text: 'Hi', key: 'hi', notBefore: Date.now() + 60_000 })
    expect(await desk.messages()).toHaveLength(1)
  })

  it('posts again when the first one surely did not arrive', async () => {
    await using desk = await open()
    await desk.fault({ kind: 'reset', times: 1, match: 'chat.postMessage' })
    await desk.client.postMessage({ channel: CHANNEL, text: 'Hi', key: 'hi', notBefore: Date.now() - 1000 })
    expect(await desk.messages()).toHaveLength(1)
  })

  it('makes a channel once, finds it by its taken name, and brings somebody in once', async () => {
    await using desk = await open()
    const channel = await desk.client.ensureChannel({ name: 'welcome-jane' })
    expect(await desk.client.ensureChannel({ name: 'welcome-jane' })).toEqual(channel)
    const invitation = { channel: channel.id, user: USER_IDS.teammate }
    await desk.client.invite(invitation)
    await desk.client.invite(invitation)
    expect(desk.wire.summaries.map(({ outcome }) => outcome)).toEqual(['done', 'found', 'done', 'found'])
  })

  it('says of a name that an archived channel keeps taken what the way out is, and uses that channel once it is back', async () => {
    await using desk = await open()
    const made = await desk.client.ensureChannel({ name: 'welcome-jane' })
    await desk.wire.call(channelArchive, { channel: made.id })
    const before = (await desk.sandbox.state()).channels.length
    const refused = await desk.client.ensureChannel({ name: 'welcome-jane' }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(PersonNeeded)
    expect(refused).toMatchObject({
      code: 'channel-archived',
      message: 'There is an archived channel #welcome-jane, and Slack keeps its name taken',
      hint: expect.stringMatching(/unarchive it, then retry: it is used then.*another name/),
    })
    expect((await desk.sandbox.state()).channels).toHaveLength(before)
    await desk.control('unarchive', { user: 'ops', channel: made.id })
    expect(await desk.client.ensureChannel({ name: 'welcome-jane' })).toEqual(made)
  })

  it('finds somebody by their address, and says so when there is nobody', async () => {
    await using desk = await open()
    expect(await desk.client.findUser('ops@acme.example')).toMatchObject({ id: USER_IDS.ops, name: 'Olga Ops' })
    expect(await desk.client.findUser('nobody@acme.example')).toBeNull()
    expect(desk.wire.openPart()).not.toContain('@')
  })

  it('reads the directory: people, guests, groups and their members', async () => {
    await using desk = await open()
    const { members, cursor } = await desk.wire.call(userList, { cursor: '' })
    expect(cursor).toBe('')
    expect(members.find(({ id }) => id === USER_IDS.guest)).toMatchObject({ isGuest: true, isBot: false })
    expect(await desk.wire.call(userInfo, { user: USER_IDS.manager })).toMatchObject({
      name: 'Mona Manager',
      email: 'manager@acme.example',
      isDeactivated: false,
    })
    const groups = await desk.wire.call(groupList, {})
    const ops = groups.find(({ handle }) => handle === 'ops')
    expect(await desk.wire.call(groupMembers, { group: ops?.id ?? '' })).toEqual([USER_IDS.ops])
    expect(await desk.wire.call(authTest, {})).toMatchObject({ team: TEAM.id, user: APP.userId })
  })

  it('updates and deletes a message, and is content when it is gone', async () => {
    await using desk = await open()
    const posted = await desk.wire.call(messagePost, { channel: CHANNEL, text: 'One', key: 'one' })
    const blocks = [{ type: 'section', text: { type: 'plain_text', text: 'Two' } }]
    await desk.wire.call(messageUpdate, { ...posted, text: 'Two', blocks })
    expect(await desk.messages()).toMatchObject([{ text: 'Two', blocks: [{ type: 'section' }] }])
    await desk.wire.call(messageDelete, posted)
    await desk.wire.call(messageDelete, posted)
    expect(await desk.messages()).toEqual([])
    await expect(desk.wire.call(messageUpdate, { ...posted, text: 'Three' })).rejects.toMatchObject({
      code: 'message-not-found',
    })
  })

  it('tells one person alone, and cannot tell whether it did when the answer was lost', async () => {
    await using desk = await open()
    const whisper = { channel: CHANNEL, user: USER_IDS.teammate, text: 'Only ops may retry' }
    await desk.wire.call(ephemeralPost, whisper)
    await desk.fault({ kind: 'lost-answer', times: 1, match: 'chat.postEphemeral' })
    await expect(desk.wire.call(ephemeralPost, whisper)).rejects.toMatchObject({ consequence: 'unknown' })
  })

  it('opens, updates and stacks windows, and draws the App Home', async () => {
    await using desk = await open()
    await using app = await listenForTriggers(desk.sandbox)
    const opened = await desk.wire.call(viewOpen, { triggerId: await app.slash(), view: view('One') })
    const updated = await desk.wire.call(viewUpdate, { ...opened, view: view('Two') })
    expect(updated.hash).not.toBe(opened.hash)
    await expect(desk.wire.call(viewUpdate, { ...opened, view: view('Three') })).rejects.toMatchObject({
      code: 'hash-conflict',
    })
    const triggerId = await app.click(opened.viewId)
    await desk.wire.call(viewPush, { triggerId, view: view('Four') })
    await expect(desk.wire.call(viewPush, { triggerId, view: view('Five') })).rejects.toMatchObject({
      code: 'exchanged-trigger-id',
    })
    await desk.wire.call(viewPublish, { user: USER_IDS.ops, view: { type: 'home', blocks: view('Home').blocks } })
    const { views, homes } = await desk.sandbox.state()
    expect(views[USER_IDS.ops]?.map(({ view: shown }) => JSON.stringify(shown.title))).toEqual([
      expect.stringContaining('Two'),
      expect.stringContaining('Four'),
    ])
    expect(homes[USER_IDS.ops]).toBeDefined()
  })

  it('shares a file, and the address that it is uploaded to reaches no record', async () => {
    await using desk = await open()
    const csv = 'id,at\n1,"Zoë"\n'
    const place = await desk.wire.call(uploadPlace, { name: 'audit.csv', bytes: Buffer.byteLength(csv) })
    await desk.wire.call(fileUpload, { url: place.url, bytes: Buffer.from(csv) })
    await desk.wire.call(uploadComplete, { fileId: place.fileId, title: 'audit.csv', channel: CHANNEL })
    const { files } = await desk.sandbox.state()
    expect(files).toMatchObject([{ name: 'audit.csv', size: Buffer.byteLength(csv), channel: CHANNEL }])
    expect(desk.wire.openPart()).not.toContain(place.url)
    expect(desk.wire.recorded()).not.toContain('Zoë')
  })

  it('says which token to set when Slack refuses the one that it has', async () => {
    await using desk = await open({ SLACK_BOT_TOKEN: 'xoxb-of-another-app' })
    await expect(desk.client.findUser('ops@acme.example')).rejects.toMatchObject({
      code: 'invalid-auth',
      hint: expect.stringContaining('SLACK_BOT_TOKEN'),
    })
    expect(desk.wire.recorded()).not.toContain('xoxb-of-another-app')
  })
})
