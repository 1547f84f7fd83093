import { describe, expect, it } from 'vitest'
import { CHANNEL_IDS, USER_IDS } from '../../src/sandbox/seed.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/start-sandbox.ts'
import { type Answered, control, slack } from './calls.ts'
import { startFakePurser } from './fake-purser.ts'

const plain = (text: string) => ({ type: 'plain_text', text })
const option = (value: string) => ({ text: plain(value.toUpperCase()), value })
const input = (block_id: string, element: object, more: object = {}) => ({
  type: 'input',
  block_id,
  label: plain(block_id),
  element: { action_id: 'value', ...element },
  ...more,
})
const modal = (more: object = {}) => ({
  type: 'modal',
  callback_id: 'start-run',
  title: plain('Onboard'),
  submit: plain('Start'),
  blocks: [input('name', { type: 'plain_text_input' })],
  ...more,
})

const form = [
  input('name', { type: 'plain_text_input' }),
  input('role', { type: 'static_select', options: [option('engineer'), option('sales')] }),
  input('tools', { type: 'multi_static_select', options: [option('github'), option('jira')] }),
  input('agree', { type: 'checkboxes', options: [option('yes')] }, { optional: true }),
  input('kind', { type: 'radio_buttons', options: [option('full'), option('part')], initial_option: option('full') }),
  input('start', { type: 'datepicker' }),
  input('at', { type: 'timepicker' }, { optional: true }),
  input('manager', { type: 'users_select' }),
  input('room', { type: 'channels_select' }),
  input('salary', { type: 'number_input', is_decimal_allowed: false, min_value: '1' }),
  input('mail', { type: 'email_text_input' }),
]
const filled = {
  name: 'Jane Doe',
  role: 'engineer',
  tools: ['github', 'JIRA'],
  start: '2026-12-01',
  manager: 'manager',
  room: '#general',
  salary: 50000,
  mail: 'jane@acme.example',
}

/** A sandbox beside a Purser that opens this view at every slash command. */
async function start(view: object, options: SandboxOptions = {}) {
  const purser = await startFakePurser()
  const sandbox = await startSandbox({ purserUrl: purser.url, ...options })
  const opened: Answered[] = []
  purser.answering(async ({ body }) => {
    opened.push(await slack(sandbox, 'views.open', { trigger_id: body.trigger_id, view }))
    return {}
  })
  const command = { user: 'ops', channel: CHANNEL_IDS.general, command: '/onboard', text: '' }
  const outcome = await control(sandbox, 'slash', command)
  return {
    purser,
    sandbox,
    opened,
    viewId: outcome.view?.id,
    submit: (values: object) => control(sandbox, 'submit', { user: 'ops', view_id: outcome.view?.id, values }),
    async [Symbol.asyncDispose]() {
      await sandbox.close()
      await purser[Symbol.asyncDispose]()
    },
  }
}

const stackOf = async (sandbox: Sandbox) => (await sandbox.state()).views[USER_IDS.ops] ?? []

describe('submitting a modal', () => {
  it('builds the values of every kind of input from plain ones', async () => {
    await using test = await start(modal({ blocks: form }))
    test.purser.answering(() => ({}))
    expect(await test.submit(filled)).toMatchObject({ status: 200, result: 'closed' })
    const payload: Answered = test.purser.received[1]?.body
    expect(payload).toMatchObject({ type: 'view_submission', view: { id: test.viewId, callback_id: 'start-run' } })
    expect(payload.view.state.values).toEqual({
      name: { value: { type: 'plain_text_input', value: 'Jane Doe' } },
      role: { value: { type: 'static_select', selected_option: option('engineer') } },
      tools: { value: { type: 'multi_static_select', selected_options: [option('github'), option('jira')] } },
      agree: { value: { type: 'checkboxes', selected_options: [] } },
      kind: { value: { type: 'radio_buttons', selected_option: option('full') } },
      start: { value: { type: 'datepicker', selected_date: '2026-12-01' } },
      at: { value: { type: 'timepicker', selected_time: null } },
      manager: { value: { type: 'users_select', selected_user: USER_IDS.manager } },
      room: { value: { type: 'channels_select', selected_channel: CHANNEL_IDS.general } },
      salary: { value: { type: 'number_input', value: '50000' } },
      mail: { value: { type: 'email_text_input', value: 'jane@acme.example' } },
    })
    expect(await stackOf(test.sandbox)).toEqual([])
  })

  it('is not sent while Slack itself would object', async () => {
    await using test = await start(modal({ blocks: form }))
    const outcome = await test.submit({ ...filled, name: '', salary: 'much', mail: 'jane' })
    expect(outcome).toMatchObject({ http: 422, error: 'incomplete' })
    expect(Object.keys(outcome.errors)).toEqual(['name', 'salary', 'mail'])
    expect(test.purser.received).toHaveLength(1)
    expect(await test.submit({ nickname: 'J' })).toMatchObject({ http: 400, error: 'block_not_found' })
  })

  it('shows the errors that Purser answers at their fields', async () => {
    await using test = await start(modal())
    test.purser.answering(() => ({ body: { response_action: 'errors', errors: { name: 'Who is that?' } } }))
    expect(await test.submit({ name: 'J' })).toMatchObject({ result: 'errors', errors: { name: 'Who is that?' } })
    expect(await stackOf(test.sandbox)).toMatchObject([{ errors: { name: 'Who is that?' } }])
  })

  it('lets Purser replace the view, lay another on top, and clear them all', async () => {
    await using test = await start(modal())
    test.purser.answering(() => ({ body: { response_action: 'update', view: modal({ callback_id: 'second' }) } }))
    expect(await test.submit({ name: 'J' })).toMatchObject({ result: 'updated', view: { id: test.viewId } })
    test.purser.answering(() => ({ body: { response_action: 'push', view: modal({ callback_id: 'third' }) } }))
    expect(await test.submit({ name: 'J' })).toMatchObject({ result: 'pushed', view: { callbackId: 'third' } })
    expect((await stackOf(test.sandbox)).map(({ callbackId }) => callbackId)).toEqual(['second', 'third'])
    test.purser.answering(() => ({ body: { response_action: 'clear' } }))
    await control(test.sandbox, 'submit', { user: 'ops', values: { name: 'J' } })
    expect(await stackOf(test.sandbox)).toEqual([])
  })

  it('keeps the modal open with a word about it when Purser fails or answers a bad view', async () => {
    await using test = await start(modal())
    test.purser.answering(() => ({ status: 500 }))
    expect(await test.submit({ name: 'J' })).toMatchObject({ status: 500, result: 'failed' })
    test.purser.answering(() => ({ body: { response_action: 'update', view: { type: 'modal', blocks: [] } } }))
    expect(await test.submit({ name: 'J' })).toMatchObject({ result: 'failed', error: 'invalid_arguments' })
    expect((await stackOf(test.sandbox))[0]?.errors._view).toContain('trouble connecting')
  })
})

describe('views', () => {
  it('open with a trigger that works once', async () => {
    await using test = await start(modal())
    const { trigger_id } = test.purser.received[0]?.body ?? {}
    const again = await slack(test.sandbox, 'views.open', { trigger_id, view: modal() })
    expect(again).toMatchObject({ ok: false, error: 'exchanged_trigger_id' })
    const unknown = await slack(test.sandbox, 'views.open', { trigger_id: 'made-up', view: modal() })
    expect(unknown).toMatchObject({ error: 'invalid_trigger_id' })
  })

  it('do not open with a trigger that is older than 3 seconds', async () => {
    let ahead = 0
    await using purser = await startFakePurser()
    await using sandbox = await startSandbox({ purserUrl: purser.url, now: () => Date.now() + ahead })
    await control(sandbox, 'slash', { user: 'ops', channel: 'general', command: '/onboard', text: '' })
    ahead = 3100
    const { trigger_id } = purser.received[0]?.body ?? {}
    const late = await slack(sandbox, 'views.open', { trigger_id, view: modal() })
    expect(late).toMatchObject({ ok: false, error: 'expired_trigger_id' })
  })

  it('are refused with a JSON pointer when they are bad', async () => {
    await using test = await start(modal({ title: plain('A title that is far too long') }))
    expect(test.opened[0]).toMatchObject({
      ok: false,
      error: 'invalid_arguments',
      response_metadata: { messages: [expect.stringContaining('[json-pointer:/view/title/text]')] },
    })
  })

  it('are not updated with a stale hash', async () => {
    await using test = await start(modal())
    const { view } = test.opened[0]
    const update = (hash: string) => slack(test.sandbox, 'views.update', { view_id: view.id, hash, view: modal() })
    expect(await update(view.hash)).toMatchObject({ ok: true })
    expect(await update(view.hash)).toMatchObject({ ok: false, error: 'hash_conflict' })
  })

  it('keep what was entered when they are updated', async () => {
    await using test = await start(modal())
    test.purser.answering(() => ({ body: { response_action: 'errors', errors: { name: 'Again' } } }))
    await test.submit({ name: 'Jane' })
    const { view } = await slack(test.sandbox, 'views.update', { view_id: test.viewId, view: modal() })
    expect(view.state.values.name.value.value).toBe('Jane')
  })

  it('carry what stands in their inputs when an element is used', async () => {
    const options = [option('engineer'), option('sales')]
    const role = input('role', { type: 'static_select', options }, { dispatch_action: true })
    await using test = await start(modal({ blocks: [...modal().blocks, role] }))
    test.purser.answering(() => ({}))
    const click = { user: 'ops', view_id: test.viewId, block_id: 'role', action_id: 'value', selected: 'sales' }
    await control(test.sandbox, 'click', { ...click, values: { name: 'Jane' } })
    const payload: Answered = test.purser.received[1]?.body
    expect(payload.actions).toMatchObject([{ type: 'static_select', selected_option: option('sales') }])
    expect(payload.view.state.values).toMatchObject({
      name: { value: { value: 'Jane' } },
      role: { value: { selected_option: option('sales') } },
    })
  })

  it('lie on each other three deep at most', async () => {
    const action = { type: 'actions', elements: [{ type: 'button', action_id: 'more', text: plain('More') }] }
    await using test = await start(modal({ blocks: [action] }))
    const pushed: Answered[] = []
    test.purser.answering(async ({ body }) => {
      pushed.push(
        await slack(test.sandbox, 'views.push', { trigger_id: body.trigger_id, view: modal({ blocks: [action] }) }),
      )
      return {}
    })
    let viewId = test.viewId
    for (let depth = 2; depth <= 4; depth += 1) {
      const outcome = await control(test.sandbox, 'click', { user: 'ops', view_id: viewId, action_id: 'more' })
      viewId = outcome.view?.id ?? viewId
    }
    expect(pushed.map(({ ok, error }) => error ?? ok)).toEqual([true, true, 'push_limit_reached'])
  })

  it('carry files that somebody chose, as Slack tells of them, without their bytes', async () => {
    await using test = await start(modal({ blocks: [input('quote', { type: 'file_input', max_files: 2 })] }))
    test.purser.answering(() => ({}))
    const content = Buffer.from('a quote').toString('base64')
    const upload = { user: 'ops', name: 'quote.pdf', mimetype: 'application/pdf', content }
    const { id, size } = await control(test.sandbox, 'upload-file', upload)
    expect(size).toBe(7)
    const none = await control(test.sandbox, 'submit', { user: 'ops', view_id: test.viewId, values: { quote: [] } })
    expect(none).toMatchObject({ error: 'incomplete' })
    await control(test.sandbox, 'submit', { user: 'ops', view_id: test.viewId, values: { quote: [id] } })
    const sent = test.purser.received[1]?.body as { view: { state: { values: Record<string, object> } } }
    const file = { id, name: 'quote.pdf', mimetype: 'application/pdf', size: 7, user: USER_IDS.ops }
    const { values } = sent.view.state
    expect(values.quote).toMatchObject({ value: { type: 'file_input', files: [file] } })
    expect(JSON.stringify(values)).not.toContain(content)
    const [{ permalink }] = (values.quote as { value: { files: [{ permalink: string }] } }).value.files
    expect(await (await fetch(permalink)).text()).toBe('a quote')
  })

  it('tell Purser that they were closed when they asked for it', async () => {
    await using test = await start(modal({ notify_on_close: true }))
    test.purser.answering(() => ({}))
    const values = { name: 'Jane' }
    expect(await control(test.sandbox, 'close-view', { user: 'ops', view_id: test.viewId, values })).toMatchObject({
      status: 200,
    })
    expect(test.purser.received[1]?.body).toMatchObject({
      type: 'view_closed',
      view: { id: test.viewId, state: { values: { name: { value: { value: 'Jane' } } } } },
    })
    expect(await stackOf(test.sandbox)).toEqual([])
    expect(await slack(test.sandbox, 'views.update', { view_id: test.viewId, view: modal() })).toMatchObject({
      error: 'not_found',
    })
  })
})
