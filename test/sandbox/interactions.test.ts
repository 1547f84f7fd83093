import { describe, expect, it } from 'vitest'
import { APP, CHANNEL_IDS, TEAM, USER_IDS } from '../../src/sandbox/seed.ts'
import { startSandbox } from '../../src/sandbox/start-sandbox.ts'
import { control, slack } from './calls.ts'
import { expectedSignature, startFakePurser } from './fake-purser.ts'

const channel = CHANNEL_IDS.general
const plain = (text: string) => ({ type: 'plain_text', text })
const button = (value: string) => ({ type: 'button', action_id: 'retry', text: plain('Retry'), value })

const card = [
  { type: 'actions', block_id: 'buttons', elements: [button('step-1')] },
  {
    type: 'section',
    block_id: 'more',
    text: plain('More'),
    accessory: {
      type: 'overflow',
      action_id: 'more',
      options: [
        { text: plain('Calls'), value: 'calls' },
        { text: plain('Pause'), value: 'pause' },
      ],
    },
  },
]

async function start(more: object = {}) {
  const purser = await startFakePurser()
  const sandbox = await startSandbox({ purserUrl: purser.url, ...more })
  return {
    purser,
    sandbox,
    async [Symbol.asyncDispose]() {
      await sandbox.close()
      await purser[Symbol.asyncDispose]()
    },
  }
}

describe('slash commands', () => {
  it('arrive as a signed form and their answer is shown to the one who asked', async () => {
    await using test = await start()
    test.purser.answering(() => ({ body: { response_type: 'ephemeral', text: 'Nothing is stuck.' } }))
    const command = { user: 'ops', channel: '#onboarding', command: '/process', text: 'Jane Doe' }
    const outcome = await control(test.sandbox, 'slash', command)
    expect(outcome).toMatchObject({ http: 200, status: 200, body: { text: 'Nothing is stuck.' } })
    const [request] = test.purser.received
    expect(request?.headers['content-type']).toBe('application/x-www-form-urlencoded')
    expect(request?.headers['x-slack-signature']).toBe(
      request && expectedSignature(test.sandbox.signingSecret, request),
    )
    expect(request?.body).toMatchObject({
      command: '/process',
      text: 'Jane Doe',
      user_id: USER_IDS.ops,
      channel_id: CHANNEL_IDS.onboarding,
      team_id: TEAM.id,
    })
    expect((await test.sandbox.state()).ephemerals).toMatchObject([{ user: USER_IDS.ops, text: 'Nothing is stuck.' }])
  })

  it('leave a note when Purser is not there', async () => {
    await using sandbox = await startSandbox()
    const outcome = await control(sandbox, 'slash', { user: 'ops', channel: 'general', command: '/onboard', text: '' })
    expect(outcome).toMatchObject({ status: null, error: 'dispatch_failed' })
    expect((await sandbox.state()).ephemerals[0]?.text).toBe('/onboard did not respond (dispatch_failed).')
  })

  it('are given up after 3 seconds', async () => {
    await using test = await start()
    test.purser.answering(() => ({ silent: true }))
    const outcome = await control(test.sandbox, 'slash', { user: 'ops', channel, command: '/onboard', text: '' })
    expect(outcome).toMatchObject({ status: null, error: 'operation_timeout' })
    expect(outcome.ms).toBeGreaterThan(2900)
    expect(outcome.ms).toBeLessThan(60_000)
  })

  it('tell the script which modal was opened after the acknowledgement', async () => {
    await using test = await start()
    test.purser.answering(({ body }) => {
      const view = { type: 'modal', callback_id: 'start-run', title: plain('Onboard'), blocks: [] }
      setTimeout(() => void slack(test.sandbox, 'views.open', { trigger_id: body.trigger_id, view }), 20)
      return {}
    })
    const command = { user: 'ops', channel, command: '/onboard', text: '', wait_ms: 2000 }
    const outcome = await control(test.sandbox, 'slash', command)
    expect(outcome.view).toMatchObject({ callbackId: 'start-run' })
    expect(outcome.view.id).toBe((await test.sandbox.state()).views[USER_IDS.ops]?.[0]?.id)
  })
})

describe('clicks', () => {
  it('send the action with the message as it stands', async () => {
    await using test = await start()
    const { ts } = await slack(test.sandbox, 'chat.postMessage', { channel, text: 'Failed', blocks: card })
    expect(await control(test.sandbox, 'click', { user: 'teammate', channel, ts, action_id: 'retry' })).toMatchObject({
      status: 200,
    })
    expect(test.purser.received[0]?.body).toMatchObject({
      type: 'block_actions',
      user: { id: USER_IDS.teammate, team_id: TEAM.id },
      container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: false },
      channel: { id: channel, name: 'general' },
      message: { ts, text: 'Failed', bot_id: APP.botId },
      actions: [{ type: 'button', action_id: 'retry', block_id: 'buttons', value: 'step-1' }],
    })
  })

  it('choose from an overflow menu by its value', async () => {
    await using test = await start()
    const { ts } = await slack(test.sandbox, 'chat.postMessage', { channel, text: 'Failed', blocks: card })
    const choice = { user: 'ops', channel, ts, action_id: 'more' }
    await control(test.sandbox, 'click', { ...choice, selected: 'pause' })
    expect(test.purser.received[0]?.body.actions).toMatchObject([{ selected_option: { value: 'pause' } }])
    expect(await control(test.sandbox, 'click', { ...choice, value: 'fly' })).toMatchObject({
      http: 400,
      error: 'option_not_found',
    })
  })

  it('work on replies and on ephemeral messages, the latter only for their reader', async () => {
    await using test = await start()
    const { ts } = await slack(test.sandbox, 'chat.postMessage', { channel, text: 'Run' })
    const reply = await slack(test.sandbox, 'chat.postMessage', { channel, thread_ts: ts, text: 'x', blocks: card })
    await control(test.sandbox, 'click', { user: 'ops', channel, ts: reply.ts, action_id: 'retry' })
    expect(test.purser.received[0]?.body.container).toMatchObject({ thread_ts: ts })
    const only = { channel, user: USER_IDS.ops, text: 'x', blocks: card }
    const { message_ts } = await slack(test.sandbox, 'chat.postEphemeral', only)
    const click = (user: string) =>
      control(test.sandbox, 'click', { user, channel, ts: message_ts, action_id: 'retry' })
    expect(await click('ops')).toMatchObject({ status: 200 })
    expect(test.purser.received[1]?.body).toMatchObject({ container: { is_ephemeral: true } })
    expect(test.purser.received[1]?.body.message).toBeUndefined()
    expect(await click('manager')).toMatchObject({ http: 404, error: 'message_not_found' })
  })

  it('say what there is when the element is not there or is not the only one', async () => {
    await using test = await start()
    const rows = ['a', 'b'].map((id) => ({ type: 'actions', block_id: id, elements: [button(`step-${id}`)] }))
    const { ts } = await slack(test.sandbox, 'chat.postMessage', { channel, text: 'Failed', blocks: rows })
    const click = (more: object) =>
      control(test.sandbox, 'click', { user: 'ops', channel, ts, action_id: 'retry', ...more })
    expect(await click({})).toMatchObject({
      http: 409,
      error: 'ambiguous_action',
      hint: expect.stringContaining('a, b'),
    })
    expect(await click({ value: 'step-b' })).toMatchObject({ status: 200 })
    expect(await click({ block_id: 'a' })).toMatchObject({ status: 200 })
    expect(await click({ action_id: 'skip' })).toMatchObject({ http: 404, error: 'action_not_found' })
    // Pressed while its block was drawn again, under another id.
    expect(await click({ block_id: 'before', value: 'step-b' })).toMatchObject({ status: 200 })
    expect(await click({ block_id: 'a', value: 'step-b' })).toMatchObject({ http: 404, error: 'action_not_found' })
    expect(await click({ value: 'step-c' })).toMatchObject({ http: 404, error: 'action_not_found' })
  })

  it('are refused in a channel that the person is not in', async () => {
    await using test = await start()
    const alerts = { channel: CHANNEL_IDS.opsAlerts, text: 'Failed', blocks: card }
    const { ts } = await slack(test.sandbox, 'chat.postMessage', alerts)
    const click = { user: 'guest', channel: 'ops-alerts', ts, action_id: 'retry' }
    expect(await control(test.sandbox, 'click', click)).toMatchObject({ http: 403, error: 'not_in_channel' })
    expect(test.purser.received).toHaveLength(0)
  })

  it('work on the App Home', async () => {
    await using test = await start()
    const view = { type: 'home', blocks: card }
    const home = await slack(test.sandbox, 'views.publish', { user_id: USER_IDS.ops, view })
    await control(test.sandbox, 'click', { user: 'ops', view_id: home.view.id, action_id: 'retry' })
    expect(test.purser.received[0]?.body).toMatchObject({
      container: { type: 'view', view_id: home.view.id },
      view: { type: 'home', id: home.view.id },
    })
  })
})

describe('response_url', () => {
  const posting = async (url: unknown, body: object) => {
    const response = await fetch(String(url), { method: 'POST', body: JSON.stringify(body) })
    return { status: response.status, body: await response.json() }
  }

  it('answers privately, in the channel, in place of the message, and deletes it', async () => {
    await using test = await start()
    const { ts } = await slack(test.sandbox, 'chat.postMessage', { channel, text: 'Failed', blocks: card })
    await control(test.sandbox, 'click', { user: 'ops', channel, ts, action_id: 'retry' })
    const url = test.purser.received[0]?.body.response_url
    await posting(url, { text: 'Only you' })
    await posting(url, { text: 'All', response_type: 'in_channel' })
    await posting(url, { text: 'Replaced', replace_original: true })
    const before = await test.sandbox.state('general')
    expect(before.ephemerals).toMatchObject([{ user: USER_IDS.ops, text: 'Only you' }])
    expect(before.channels[0]?.messages.map(({ text }) => text)).toEqual(['Replaced', 'All'])
    await posting(url, { delete_original: true })
    expect((await test.sandbox.state('general')).channels[0]?.messages.map(({ text }) => text)).toEqual(['All'])
  })

  it('works five times and for 30 minutes', async () => {
    let ahead = 0
    await using test = await start({ now: () => Date.now() + ahead })
    const command = { user: 'ops', channel, command: '/process', text: '' }
    await control(test.sandbox, 'slash', command)
    const url = test.purser.received[0]?.body.response_url
    expect(await posting(url, { text: 'x', blocks: [{ type: 'no' }] })).toMatchObject({ status: 400 })
    for (let use = 1; use <= 5; use += 1) expect(await posting(url, { text: `${use}` })).toMatchObject({ status: 200 })
    expect(await posting(url, { text: '6' })).toEqual({ status: 404, body: { ok: false, error: 'used_url' } })
    await control(test.sandbox, 'slash', command)
    ahead = 31 * 60_000
    const late = await posting(test.purser.received[1]?.body.response_url, { text: 'late' })
    expect(late).toEqual({ status: 404, body: { ok: false, error: 'expired_url' } })
  })
})

describe('events', () => {
  it('tell Purser of mentions, direct messages and an opened App Home', async () => {
    await using test = await start()
    await control(test.sandbox, 'mention', { user: 'manager', channel: 'general', text: "what's stuck?" })
    await control(test.sandbox, 'dm', { user: 'manager', text: 'who waits for me?' })
    await control(test.sandbox, 'open-home', { user: 'manager' })
    expect(test.purser.received.map(({ body }) => body.event)).toMatchObject([
      { type: 'app_mention', text: `<@${APP.userId}> what's stuck?`, user: USER_IDS.manager, channel },
      { type: 'message', channel_type: 'im', text: 'who waits for me?', user: USER_IDS.manager },
      { type: 'app_home_opened', tab: 'home', user: USER_IDS.manager },
    ])
    expect((await test.sandbox.state('general')).channels[0]?.messages).toHaveLength(1)
  })

  it('come again with the same event_id until they are acknowledged, three times at most', async () => {
    await using test = await start({ eventRetriesMs: [0, 5, 10] })
    test.purser.answering(() => ({ status: 500 }))
    expect(await control(test.sandbox, 'dm', { user: 'ops', text: 'hello' })).toMatchObject({ status: 500 })
    await expect.poll(() => test.purser.received.length).toBe(4)
    await new Promise((resolve) => setTimeout(resolve, 40))
    const { received } = test.purser
    expect(received.map(({ headers }) => headers['x-slack-retry-num'])).toEqual([undefined, '1', '2', '3'])
    expect(received[1]?.headers['x-slack-retry-reason']).toBe('http_error')
    expect(new Set(received.map(({ body }) => body.event_id)).size).toBe(1)
  })

  it('stop coming again once one is acknowledged', async () => {
    await using test = await start({ eventRetriesMs: [0, 5, 10] })
    test.purser.answering(({ headers }) => ({ status: headers['x-slack-retry-num'] === '1' ? 200 : 503 }))
    await control(test.sandbox, 'dm', { user: 'ops', text: 'hello' })
    await expect.poll(() => test.purser.received.length).toBe(2)
    await new Promise((resolve) => setTimeout(resolve, 40))
    expect(test.purser.received).toHaveLength(2)
  })
})

describe('shortcuts', () => {
  it('carry the message they are used on', async () => {
    await using test = await start()
    const { ts } = await slack(test.sandbox, 'chat.postMessage', { channel, text: 'Jane starts on Monday' })
    await control(test.sandbox, 'shortcut', { user: 'ops', channel, ts, callback_id: 'start-from-message' })
    expect(test.purser.received[0]?.body).toMatchObject({
      type: 'message_action',
      callback_id: 'start-from-message',
      message: { text: 'Jane starts on Monday' },
    })
  })
})
