import { App, LogLevel } from '@slack/bolt'
import { describe, expect, it } from 'vitest'
import { CHANNEL_IDS, USER_IDS } from '../../src/sandbox/seed.ts'
import { startSandbox } from '../../src/sandbox/start-sandbox.ts'
import { control } from './calls.ts'

const plain = (text: string) => ({ type: 'plain_text' as const, text })
const channel = CHANNEL_IDS.onboarding

/** A Bolt app as Purser is one, in front of the sandbox. */
async function startApp() {
  const sandbox = await startSandbox()
  const clientOptions = { slackApiUrl: sandbox.slackApiUrl }
  const { botToken: token, signingSecret } = sandbox
  const app = new App({ token, signingSecret, clientOptions, logLevel: LogLevel.ERROR })
  const server = await app.start({ port: 0, host: '127.0.0.1' })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The app listens on no port.')
  sandbox.setPurserUrl(`http://127.0.0.1:${address.port}`)
  return {
    app,
    sandbox,
    async [Symbol.asyncDispose]() {
      await app.stop()
      await sandbox.close()
    },
  }
}

describe('an app made with Bolt', () => {
  it('goes through command, modal, card and click without noticing that it is not Slack', async () => {
    await using test = await startApp()
    const element = { type: 'plain_text_input' as const, action_id: 'value' }
    test.app.command('/onboard', async ({ ack, client, body }) => {
      await ack()
      const blocks = [{ type: 'input' as const, block_id: 'name', label: plain('Name'), element }]
      const view = {
        type: 'modal' as const,
        callback_id: 'start',
        title: plain('Onboard'),
        submit: plain('Go'),
        blocks,
      }
      await client.views.open({ trigger_id: body.trigger_id, view })
    })
    test.app.view('start', async ({ ack, view, client }) => {
      const name = view.state.values.name?.value?.value ?? ''
      if (!name.includes(' ')) return ack({ response_action: 'errors', errors: { name: 'First and last name' } })
      await ack()
      const elements = [{ type: 'button' as const, action_id: 'retry', text: plain('Retry'), value: 'step-1' }]
      await client.chat.postMessage({ channel, text: `Failed: ${name}`, blocks: [{ type: 'actions', elements }] })
    })
    test.app.action('retry', async ({ ack, respond, body }) => {
      await ack()
      await respond({ text: `Locked by <@${body.user.id}>`, replace_original: true })
    })

    const command = { user: 'ops', channel: 'onboarding', command: '/onboard', text: '', wait_ms: 2000 }
    const { view } = await control(test.sandbox, 'slash', command)
    const submit = (name: string) =>
      control(test.sandbox, 'submit', { user: 'ops', view_id: view.id, values: { name } })
    expect(await submit('Jane')).toMatchObject({ result: 'errors', errors: { name: 'First and last name' } })
    expect(await submit('Jane Doe')).toMatchObject({ result: 'closed' })

    const card = async () => (await test.sandbox.state('onboarding')).channels[0]?.messages[0]
    await expect.poll(async () => (await card())?.text).toBe('Failed: Jane Doe')
    const ts = (await card())?.ts
    const click = { user: 'teammate', channel, ts, action_id: 'retry' }
    expect(await control(test.sandbox, 'click', click)).toMatchObject({ status: 200 })
    await expect.poll(async () => (await card())?.text).toBe(`Locked by <@${USER_IDS.teammate}>`)
  })

  it('hears mentions and answers in the thread', async () => {
    await using test = await startApp()
    test.app.event('app_mention', async ({ event, say }) => {
      await say({ text: 'Two runs are stuck.', thread_ts: event.ts })
    })
    const asked = { user: 'manager', channel: 'onboarding', text: "what's stuck?" }
    expect(await control(test.sandbox, 'mention', asked)).toMatchObject({ status: 200 })
    const replies = async () => (await test.sandbox.state('onboarding')).channels[0]?.messages[0]?.replies
    await expect.poll(replies).toMatchObject([{ text: 'Two runs are stuck.' }])
  })
})
