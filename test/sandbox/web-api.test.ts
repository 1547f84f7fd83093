import { WebClient } from '@slack/web-api'
import { describe, expect, it } from 'vitest'
import { APP, BOT_TOKEN, CHANNEL_IDS, USER_IDS } from '../../src/sandbox/seed.ts'
import { startSandbox } from '../../src/sandbox/start-sandbox.ts'
import { cpuMs } from '../support/cpu-time.ts'
import { control, slack } from './calls.ts'

const general = CHANNEL_IDS.general

describe("the sandbox's Web API", () => {
  it('knows the app by its token and refuses any other', async () => {
    await using sandbox = await startSandbox()
    expect(await slack(sandbox, 'auth.test')).toMatchObject({ ok: true, user_id: APP.userId, bot_id: APP.botId })
    expect(await slack(sandbox, 'auth.test', {}, 'xoxb-other')).toEqual({ ok: false, error: 'invalid_auth' })
    const without = await fetch(`${sandbox.slackApiUrl}auth.test`, { method: 'POST' })
    expect(await without.json()).toEqual({ ok: false, error: 'not_authed' })
  })

  it('answers the official client, which sends forms', async () => {
    await using sandbox = await startSandbox()
    const client = new WebClient(BOT_TOKEN, { slackApiUrl: sandbox.slackApiUrl })
    const blocks = [{ type: 'section' as const, text: { type: 'mrkdwn' as const, text: '*Hi*' } }]
    const posted = await client.chat.postMessage({ channel: general, text: 'Hi', blocks })
    expect(posted).toMatchObject({ ok: true, channel: general, message: { text: 'Hi', bot_id: APP.botId } })
    await client.chat.update({ channel: general, ts: String(posted.ts), text: 'Ho' })
    const { messages } = await client.conversations.history({ channel: general })
    expect(messages).toMatchObject([{ text: 'Ho', edited: { user: APP.userId } }])
    expect(messages?.[0]?.blocks).toBeUndefined()
  })

  it('keeps metadata and shows it when asked for', async () => {
    await using sandbox = await startSandbox()
    const metadata = { event_type: 'run_card', event_payload: { run: '1' } }
    await slack(sandbox, 'chat.postMessage', { channel: general, text: 'Card', metadata })
    const bare = await slack(sandbox, 'conversations.history', { channel: general })
    expect(bare.messages[0].metadata).toBeUndefined()
    const whole = await slack(sandbox, 'conversations.history', { channel: general, include_all_metadata: true })
    expect(whole.messages[0].metadata).toEqual(metadata)
    const bad = { channel: general, text: 'Card', metadata: { event_type: 'x' } }
    expect(await slack(sandbox, 'chat.postMessage', bad)).toMatchObject({ error: 'invalid_metadata_schema' })
  })

  it('refuses bad blocks with a JSON pointer and posts nothing', async () => {
    await using sandbox = await startSandbox()
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: '' } }]
    const answer = await slack(sandbox, 'chat.postMessage', { channel: general, text: 'x', blocks })
    expect(answer).toEqual({
      ok: false,
      error: 'invalid_blocks',
      errors: [{ code: 'failed_constraint', message: 'must be more than 0 characters', pointer: '/0/text/text' }],
      response_metadata: {
        messages: ['[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]'],
      },
    })
    expect((await slack(sandbox, 'conversations.history', { channel: general })).messages).toEqual([])
  })

  it('refuses messages that are too long, in Slack’s words', async () => {
    await using sandbox = await startSandbox()
    const { ts } = await slack(sandbox, 'chat.postMessage', { channel: general, text: 'x' })
    const long = 'x'.repeat(4001)
    expect(await slack(sandbox, 'chat.update', { channel: general, ts, text: long })).toMatchObject({
      error: 'msg_too_long',
    })
    const section = { type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(3000) } }
    const blocks = Array.from({ length: 5 }, () => section)
    expect(await slack(sandbox, 'chat.postMessage', { channel: general, text: 'x', blocks })).toMatchObject({
      error: 'msg_blocks_too_long',
    })
    expect(await slack(sandbox, 'chat.postMessage', { channel: general })).toMatchObject({ error: 'no_text' })
  })

  it('refuses channels that are unknown, archived or without the app', async () => {
    await using sandbox = await startSandbox()
    const post = (channel: string) => slack(sandbox, 'chat.postMessage', { channel, text: 'x' })
    expect(await post('C0NOWHERE')).toMatchObject({ error: 'channel_not_found' })
    const { channel } = await slack(sandbox, 'conversations.create', { name: 'incident-1' })
    await slack(sandbox, 'conversations.archive', { channel: channel.id })
    expect(await post(channel.id)).toMatchObject({ error: 'is_archived' })
    expect(await slack(sandbox, 'conversations.create', { name: 'incident-1' })).toMatchObject({ error: 'name_taken' })
    expect(await slack(sandbox, 'conversations.create', { name: 'No Caps' })).toMatchObject({
      error: 'invalid_name_specials',
    })
  })

  it('invites people once', async () => {
    await using sandbox = await startSandbox()
    const { channel } = await slack(sandbox, 'conversations.create', { name: 'client-acme', is_private: true })
    const invite = { channel: channel.id, users: USER_IDS.ops }
    expect(await slack(sandbox, 'conversations.invite', invite)).toMatchObject({ ok: true })
    expect(await slack(sandbox, 'conversations.invite', invite)).toMatchObject({ error: 'already_in_channel' })
    const { members } = await slack(sandbox, 'conversations.members', { channel: channel.id })
    expect(members).toEqual([APP.userId, USER_IDS.ops])
  })

  it('updates and deletes only messages that are there and its own', async () => {
    await using sandbox = await startSandbox()
    await control(sandbox, 'mention', { user: 'ops', channel: 'general', text: 'hello' })
    const [theirs] = (await slack(sandbox, 'conversations.history', { channel: general })).messages
    const update = (ts: string) => slack(sandbox, 'chat.update', { channel: general, ts, text: 'x' })
    expect(await update(theirs.ts)).toMatchObject({ error: 'cant_update_message' })
    expect(await update('1.000001')).toMatchObject({ error: 'message_not_found' })
    const { ts } = await slack(sandbox, 'chat.postMessage', { channel: general, text: 'x' })
    expect(await slack(sandbox, 'chat.delete', { channel: general, ts })).toMatchObject({ ok: true })
    expect(await slack(sandbox, 'chat.delete', { channel: general, ts })).toMatchObject({ error: 'message_not_found' })
  })

  it('keeps replies in their thread', async () => {
    await using sandbox = await startSandbox()
    const { ts } = await slack(sandbox, 'chat.postMessage', { channel: general, text: 'parent' })
    const reply = await slack(sandbox, 'chat.postMessage', { channel: general, text: 'one', thread_ts: ts })
    await slack(sandbox, 'chat.postMessage', { channel: general, text: 'two', thread_ts: reply.ts })
    const { messages } = await slack(sandbox, 'conversations.replies', { channel: general, ts })
    expect(messages.map((each: { text: string }) => each.text)).toEqual(['parent', 'one', 'two'])
    expect((await slack(sandbox, 'conversations.history', { channel: general })).messages).toMatchObject([
      { text: 'parent', reply_count: 2, thread_ts: ts },
    ])
    const link = await slack(sandbox, 'chat.getPermalink', { channel: general, message_ts: reply.ts })
    expect(link.permalink).toContain(`thread_ts=${ts}`)
  })

  it('pages through the history by cursor', async () => {
    await using sandbox = await startSandbox()
    for (const text of ['1', '2', '3', '4', '5']) await slack(sandbox, 'chat.postMessage', { channel: general, text })
    const client = new WebClient(BOT_TOKEN, { slackApiUrl: sandbox.slackApiUrl })
    const seen: unknown[] = []
    for await (const page of client.paginate('conversations.history', { channel: general, limit: 2 })) {
      seen.push((page as { messages?: { text: string }[] }).messages?.map(({ text }) => text))
    }
    expect(seen).toEqual([['5', '4'], ['3', '2'], ['1']])
  })

  it('lists the people, the guest among them, and the user groups', async () => {
    await using sandbox = await startSandbox()
    const { members } = await slack(sandbox, 'users.list')
    expect(members).toHaveLength(5)
    expect(members.find((each: { name: string }) => each.name === 'guest')).toMatchObject({ is_restricted: true })
    const { usergroups } = await slack(sandbox, 'usergroups.list', { include_users: true })
    expect(usergroups.map((each: { handle: string; users: string[] }) => [each.handle, each.users.length])).toEqual([
      ['ops', 1],
      ['teammates', 2],
      ['managers', 1],
    ])
    const { user } = await slack(sandbox, 'users.lookupByEmail', { email: 'Manager@acme.example' })
    expect(user.id).toBe(USER_IDS.manager)
  })

  it('refuses a method whose scope was not granted', async () => {
    await using sandbox = await startSandbox({ scopes: ['chat:write'] })
    expect(await slack(sandbox, 'users.list')).toEqual({
      ok: false,
      error: 'missing_scope',
      needed: 'users:read',
      provided: 'chat:write',
    })
    expect(await slack(sandbox, 'apps.unknown')).toMatchObject({ error: 'unknown_method' })
  })

  it('shows an ephemeral message to one person in the channel', async () => {
    await using sandbox = await startSandbox()
    const post = (user: string, channel = general) =>
      slack(sandbox, 'chat.postEphemeral', { channel, user, text: 'psst' })
    expect(await post(USER_IDS.manager)).toMatchObject({ ok: true })
    expect(await post(USER_IDS.guest, CHANNEL_IDS.opsAlerts)).toMatchObject({ error: 'user_not_in_channel' })
    expect((await sandbox.state()).ephemerals).toMatchObject([{ user: USER_IDS.manager, text: 'psst' }])
  })

  it('takes a file in three steps and gives it back', async () => {
    await using sandbox = await startSandbox()
    const client = new WebClient(BOT_TOKEN, { slackApiUrl: sandbox.slackApiUrl })
    const { ts } = await slack(sandbox, 'chat.postMessage', { channel: general, text: 'Your export' })
    const file = { filename: 'audit.csv', file: Buffer.from('id,kind\n1,run.started\n') }
    await client.filesUploadV2({ channel_id: general, thread_ts: ts, initial_comment: 'Here', ...file })
    const { files, channels } = await sandbox.state('general')
    expect(files).toMatchObject([{ name: 'audit.csv', channel: general, mimetype: 'text/csv', size: 22 }])
    expect(channels[0]?.messages[0]?.replies).toMatchObject([{ text: 'Here', ts: files[0]?.ts }])
    expect(await (await fetch(String(files[0]?.url))).text()).toBe('id,kind\n1,run.started\n')
  })

  it('notes each request and each effect', async () => {
    await using sandbox = await startSandbox()
    const { ts } = await slack(sandbox, 'chat.postMessage', { channel: general, text: 'x' })
    const log = await control(sandbox, 'services/slack/log', undefined, 'GET')
    expect(log.requests).toMatchObject([{ method: 'POST', path: '/api/chat.postMessage', status: 200 }])
    expect(JSON.stringify(log.requests)).not.toContain(BOT_TOKEN)
    expect(log.effects).toMatchObject([
      { requestId: log.requests[0].id, kind: 'message.posted', key: `${general}/${ts}` },
    ])
  })

  it('works no more than some milliseconds for an answer with thousands of messages there', async () => {
    await using sandbox = await startSandbox()
    for (let sent = 0; sent < 2000; sent += 50) {
      const args = { channel: general, text: 'x' }
      await Promise.all(Array.from({ length: 50 }, () => slack(sandbox, 'chat.postMessage', args)))
    }
    const took = await cpuMs(async () => {
      for (let sent = 0; sent < 50; sent += 1) await slack(sandbox, 'chat.postMessage', { channel: general, text: 'y' })
    })
    expect(took / 50).toBeLessThan(50)
    expect((await sandbox.state()).channels.find(({ id }) => id === general)?.messages).toHaveLength(200)
    expect((await sandbox.state('general')).channels[0]?.messages).toHaveLength(2050)
  })
})
