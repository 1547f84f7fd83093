import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { APP, CHANNEL_IDS, USER_IDS } from '../../../src/sandbox/seed.ts'
import { startSandbox } from '../../../src/sandbox/start-sandbox.ts'
import type { SandboxMail } from '../../../src/sandbox/state.ts'
import { findBrowser } from '../../browser/find-browser.ts'
import { slack } from '../calls.ts'
import { startFakePurser } from '../fake-purser.ts'
import { openBrowser } from './open-browser.ts'

const plain = (text: string) => ({ type: 'plain_text', text })
const button = (actionId: string, more: object = {}) => ({
  type: 'button',
  action_id: actionId,
  text: plain(actionId),
  value: 'step-1',
  ...more,
})

const confirm = { title: plain('Sure?'), text: plain('It calls people.'), confirm: plain('Do it'), deny: plain('No') }
const card = [
  { type: 'header', block_id: 'head', text: plain(':x: GitHub failed') },
  { type: 'actions', block_id: 'decide', elements: [button('retry'), button('escalate', { confirm })] },
]

const input = (id: string, element: object, more: object = {}) => ({
  type: 'input',
  block_id: id,
  label: plain(id),
  element: { action_id: id, ...element },
  ...more,
})
const form = (title: string) => ({
  type: 'modal',
  callback_id: 'start-run',
  title: plain(title),
  submit: plain('Start'),
  notify_on_close: true,
  blocks: [
    input('name', { type: 'plain_text_input' }),
    input('email', { type: 'email_text_input' }),
    input('start', { type: 'datepicker' }, { optional: true }),
    input('note', { type: 'plain_text_input', multiline: true }, { optional: true }),
  ],
})

/** Left out where no browser runs; the story in test/browser says why. */
const inBrowser = describe.skipIf(!(await findBrowser()).ok)

let browser: Awaited<ReturnType<typeof openBrowser>>

beforeAll(async () => {
  browser = await openBrowser()
})

afterAll(() => browser?.close())

async function start() {
  const purser = await startFakePurser()
  const mails: SandboxMail[] = []
  const sandbox = await startSandbox({ purserUrl: purser.url, mails: () => mails })
  const { page, complaints } = await browser.open(sandbox.url)
  await page.getByTestId('composer').waitFor()
  return {
    purser,
    sandbox,
    mails,
    page,
    complaints,
    /** Opens the form in answer to the next command. */
    openOnCommand() {
      purser.answering(async ({ body }) => {
        if (body.command) await slack(sandbox, 'views.open', { trigger_id: body.trigger_id, view: form('New') })
        return {}
      })
    },
    async [Symbol.asyncDispose]() {
      await page.context().close()
      await sandbox.close()
      await purser[Symbol.asyncDispose]()
    },
  }
}

inBrowser('cards', () => {
  it('appear by themselves, and a click on their button reaches Purser from the account that acts', async () => {
    await using test = await start()
    const { page } = test
    await slack(test.sandbox, 'chat.postMessage', { channel: CHANNEL_IDS.onboarding, text: 'failed', blocks: card })
    const message = page.getByTestId('message').filter({ hasText: 'GitHub failed' })
    await message.waitFor()
    expect(await message.locator('.block svg.emoji').count()).toBe(1)
    await page.getByTestId('account-teammate').click()
    await message.locator('[data-action-id=retry]').click()
    await expect.poll(() => test.purser.received.length).toBe(1)
    expect(test.purser.received[0]?.body).toMatchObject({
      type: 'block_actions',
      user: { id: USER_IDS.teammate },
      actions: [{ action_id: 'retry', block_id: 'decide', value: 'step-1' }],
    })
    expect(test.complaints).toEqual([])
  })

  it('ask first where their button wants that', async () => {
    await using test = await start()
    const { page } = test
    await slack(test.sandbox, 'chat.postMessage', { channel: CHANNEL_IDS.onboarding, text: 'failed', blocks: card })
    const escalate = page.locator('[data-action-id=escalate]')
    await escalate.click()
    await page.getByTestId('confirm').getByText('It calls people.').waitFor()
    await page.keyboard.press('Escape')
    await page.getByTestId('confirm').waitFor({ state: 'detached' })
    expect(test.purser.received).toEqual([])
    await escalate.click()
    await page.getByTestId('confirm-yes').click()
    await expect.poll(() => test.purser.received.length).toBe(1)
  })

  it('are seen privately by one account alone', async () => {
    await using test = await start()
    const { page } = test
    const only = { channel: CHANNEL_IDS.onboarding, user: USER_IDS.manager, text: 'For Mona' }
    await slack(test.sandbox, 'chat.postEphemeral', only)
    await slack(test.sandbox, 'chat.postMessage', { channel: CHANNEL_IDS.onboarding, text: 'For all' })
    await page.getByText('For all').waitFor()
    expect(await page.getByText('For Mona').count()).toBe(0)
    await page.getByTestId('account-manager').click()
    await page.getByText('For Mona').waitFor()
    await page.getByText('Only visible to you').waitFor()
  })
})

inBrowser('the composer', () => {
  it('sends commands, and mentions with the id of the app', async () => {
    await using test = await start()
    const { page } = test
    const field = page.getByTestId('composer-input')
    await field.fill('/onb')
    await field.press('Enter')
    expect(await field.inputValue()).toBe('/onboard ')
    await field.pressSequentially('Jane Doe')
    await field.press('Enter')
    await expect.poll(() => test.purser.received.length).toBe(1)
    expect(test.purser.received[0]?.body).toMatchObject({
      command: '/onboard',
      text: 'Jane Doe',
      user_id: USER_IDS.ops,
    })
    await expect.poll(() => field.inputValue()).toBe('')
    await field.fill('@Purser what is stuck?')
    await field.press('Enter')
    await expect.poll(() => test.purser.received.length).toBe(2)
    const event = { type: 'app_mention', text: `<@${APP.userId}> what is stuck?` }
    expect(test.purser.received[1]?.body).toMatchObject({ event })
  })

  it('says that nobody reads plain words in a channel', async () => {
    await using test = await start()
    await test.page.getByTestId('composer-input').fill('hello?')
    await test.page.getByTestId('composer-send').click()
    await test.page.getByTestId('toast').waitFor()
    expect(test.purser.received).toEqual([])
  })
})

inBrowser('modals', () => {
  it('keep what is typed while Purser updates them, show errors at their fields, and close', async () => {
    await using test = await start()
    const { page } = test
    test.openOnCommand()
    await page.getByTestId('composer-input').fill('/onboard')
    await page.getByTestId('composer-input').press('Enter')
    const modal = page.getByTestId('modal')
    await modal.waitFor()
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-action-id'))).toBe('name')
    await page.keyboard.type('Jane Doe')
    const viewId = await modal.getAttribute('data-view-id')
    await slack(test.sandbox, 'views.update', { view_id: viewId, view: form('Renamed') })
    await modal.getByRole('heading', { name: 'Renamed' }).waitFor()
    expect(await modal.locator('[data-action-id=name]').inputValue()).toBe('Jane Doe')

    await page.getByTestId('modal-submit').click()
    await page.getByTestId('error-email').waitFor()
    await modal.locator('[data-action-id=email]').fill('jane@acme.example')
    await modal.locator('[data-action-id=start]').fill('2026-08-03')
    const taken = { response_action: 'errors', errors: { email: 'This address is taken.' } }
    test.purser.answering(({ body }) => ({ body: body.type === 'view_submission' ? taken : '' }))
    await page.getByTestId('modal-submit').click()
    await page.getByTestId('error-email').getByText('taken').waitFor()
    const submitted = test.purser.received.at(-1)?.body
    expect(submitted).toMatchObject({
      view: {
        state: { values: { name: { name: { value: 'Jane Doe' } }, start: { start: { selected_date: '2026-08-03' } } } },
      },
    })
    test.purser.answering(() => ({}))
    await page.getByTestId('modal-submit').click()
    await modal.waitFor({ state: 'detached' })
    expect(await page.getByTestId('composer-input').evaluate((field) => field === document.activeElement)).toBe(true)
  })

  it('take files, and send where they are', async () => {
    await using test = await start()
    const { page } = test
    const view = { ...form('New'), blocks: [input('quote', { type: 'file_input', filetypes: ['pdf'], max_files: 2 })] }
    test.purser.answering(async ({ body }) => {
      if (body.command) await slack(test.sandbox, 'views.open', { trigger_id: body.trigger_id, view })
      return {}
    })
    await page.getByTestId('composer-input').fill('/onboard')
    await page.getByTestId('composer-input').press('Enter')
    const field = page.locator('input[type=file]')
    await field.waitFor()
    expect(await field.getAttribute('accept')).toBe('.pdf')
    const chosen = { mimeType: 'application/pdf', buffer: Buffer.from('a quote') }
    await field.setInputFiles([
      { ...chosen, name: 'quote.pdf' },
      { ...chosen, name: 'another.pdf' },
    ])
    await page.getByTestId('chosen-file').filter({ hasText: 'another.pdf' }).waitFor()
    await page.getByTestId('modal-submit').click()
    await page.getByTestId('modal').waitFor({ state: 'detached' })
    expect(test.purser.received.at(-1)?.body).toMatchObject({
      type: 'view_submission',
      view: { state: { values: { quote: { quote: { files: [{ name: 'quote.pdf' }, { name: 'another.pdf' }] } } } } },
    })
    expect(test.complaints).toEqual([])
  })

  it('hold the keyboard, and close on Escape', async () => {
    await using test = await start()
    const { page } = test
    test.openOnCommand()
    await page.getByTestId('composer-input').fill('/onboard')
    await page.getByTestId('composer-input').press('Enter')
    await page.getByTestId('modal').waitFor()
    for (let press = 0; press < 20; press++) {
      await page.keyboard.press(press < 12 ? 'Tab' : 'Shift+Tab')
      expect(await page.evaluate(() => document.activeElement?.closest('[data-testid=modal]') !== null)).toBe(true)
    }
    await page.keyboard.press('Escape')
    await page.getByTestId('modal').waitFor({ state: 'detached' })
    await expect.poll(() => test.purser.received.at(-1)?.body.type).toBe('view_closed')
  })
})

inBrowser('the services panel', () => {
  it('breaks a service and mends it again', async () => {
    await using test = await start()
    const { page } = test
    await page.getByTestId('service-toggle-slack').click()
    await page.getByTestId('fault-kind-slack').selectOption('429')
    await page.getByTestId('fault-extent-slack').selectOption('times')
    await page.getByTestId('fault-amount-slack').fill('2')
    await page.getByTestId('fault-order-slack').click()
    await page.getByTestId('active-fault').waitFor()
    const { services } = await test.sandbox.state()
    expect(services[0]?.faults).toMatchObject([{ kind: '429', times: 2, retry_after: 5 }])
    expect(await page.getByTestId('service-health-slack').textContent()).toBe('Answers 429')
    await page.getByTestId('fault-clear-slack').click()
    await page.getByTestId('active-fault').waitFor({ state: 'detached' })
    expect(await page.getByTestId('service-health-slack').textContent()).toBe('Healthy')
  })
})

inBrowser('what lies beside Slack', () => {
  it('is broken at one press by what goes wrong most often', async () => {
    await using test = await start()
    await test.page.getByTestId('preset-slack-down').click()
    await test.page.getByTestId('service-health-slack').getByText('Answers 503').waitFor()
    const { services } = await test.sandbox.state()
    expect(services[0]?.faults).toMatchObject([{ kind: '503', seconds: 120 }])
  })

  it('shows each e-mail that Purser sent', async () => {
    await using test = await start()
    const { page } = test
    await page.getByTestId('mails').getByText('None was sent.').waitFor()
    test.mails.push({
      at: 1_795_000_000_000,
      from: 'p@acme.example',
      to: ['on-call@acme.example'],
      subject: 'GitHub fails',
      text: 'Jane Doe waits.',
    })
    await page.getByTestId('mail').getByText('GitHub fails').click()
    await page.getByTestId('mail').getByText('Jane Doe waits.').waitFor()
    expect(test.complaints).toEqual([])
  })

  it('sends a webhook, and shows what Purser answered', async () => {
    await using test = await start()
    const { page } = test
    test.purser.answering(() => ({ status: 401, body: { error: 'signature' } }))
    await page.getByTestId('webhook-toggle').click()
    await page.getByTestId('webhook-forged').check()
    await page.getByTestId('webhook-send').click()
    await page.getByTestId('webhook-answer').getByText('401 after').waitFor()
    expect(await page.getByTestId('webhook-answer').textContent()).toContain('"signature"')
    expect(test.purser.received.at(-1)?.body).toMatchObject({ type: 'person.hired' })
  })
})

inBrowser('on a phone', () => {
  it('nothing is wider than the screen, and the channels are a drawer', async () => {
    await using test = await start()
    const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
    const { page } = await browser.open(test.sandbox.url, phone)
    await page.getByTestId('composer').waitFor()
    expect(await page.getByTestId('services-panel').count()).toBe(0)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    await page.getByTestId('drawer-toggle').click()
    await page.getByTestId('app-home').click()
    await page.getByTestId('home').waitFor()
    await expect.poll(() => test.purser.received.at(-1)?.body).toMatchObject({ event: { type: 'app_home_opened' } })
    await page.context().close()
  })
})
