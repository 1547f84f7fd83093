import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { USER_IDS } from '../../src/sandbox/seed.ts'
import { actionIds } from '../../views/action-ids.ts'
import type { Desk } from './desk.ts'
import { findBrowser } from './find-browser.ts'
import { openStory } from './open-story.ts'

const found = await findBrowser()
const where = found.ok ? 'the story on the page' : `the story on the page (left out: ${found.why})`

const answers = (name: string) => ({
  name,
  workEmail: `${name.toLowerCase().replaceAll(' ', '.')}@acme.example`,
  role: 'engineer',
  team: 'Platform',
  manager: USER_IDS.manager,
  startDate: '2026-12-01',
  employmentType: 'employee',
})

describe.skipIf(!found.ok)(where, () => {
  let story: Awaited<ReturnType<typeof openStory>>
  let desk: Desk

  beforeAll(async () => {
    story = await openStory()
    desk = story.desk
  })

  afterAll(() => story.close())

  async function onboard(name: string): Promise<void> {
    await desk.become('ops')
    await desk.goTo('channel-onboarding')
    await desk.say(`/onboard ${name}`)
    await desk.fill(answers(name))
    await desk.submit()
    await desk.closed()
    await desk.card('Employee onboarding', name).waitFor()
  }

  const runCard = (name: string, ...words: (string | RegExp)[]) => desk.card('Employee onboarding: ', name, ...words)

  async function alert(name: string, title: string) {
    await desk.goTo('channel-ops-alerts')
    const card = desk.card(title, name)
    await card.waitFor()
    return card
  }

  it('begins with the channels and the people', async () => {
    for (const channel of ['onboarding', 'ops-alerts', 'general']) await desk.byId(`channel-${channel}`).waitFor()
    for (const account of ['ops', 'teammate', 'manager', 'guest']) await desk.byId(`account-${account}`).waitFor()
  })

  it('opens the form on /onboard, with mistakes at their fields', async () => {
    await desk.say('/onboard Jane Doe')
    await desk.modal.getByText('A card in #onboarding shows each step.').waitFor()
    expect(await desk.modal.getByTestId('input-name').locator('input').inputValue()).toBe('Jane Doe')
    await desk.shot('01-form')
    await desk.fill({ ...answers('Jane Doe'), name: 'Jane <!channel>' })
    await desk.submit()
    await desk.byId('error-name').getByText('Only letters').waitFor()
    await desk.shot('02-form-with-errors')
    await desk.fill({ name: 'Jane Doe' })
    await desk.submit()
    await desk.closed()
  })

  it('shows every step until the run is done, the account first and the welcome last', async () => {
    await runCard('Jane Doe', /Done in .* All 7 steps finished/).waitFor()
    const lines = (await runCard('Jane Doe').textContent()) ?? ''
    const places = ['Google Workspace account', 'Slack channel', 'Salesforce user · not needed', 'Welcome message']
    expect(places.map((each) => lines.indexOf(each)).every((at, i, all) => at > (all[i - 1] ?? 0))).toBe(true)
    await desk.shot('03-run-done')
    await desk.goTo('channel-welcome-jane-doe')
    await desk.card('Welcome, Jane! You start on 2026-12-01.').waitFor()
  })

  it('puts the failure card into #ops-alerts while GitHub answers 503, with everything to decide by', async () => {
    await desk.breaks('github', { kind: '503', extent: 'cleared' })
    await onboard('John Roe')
    await alert('John Roe', 'Retrying: GitHub membership')
    await desk.shot('04-card-retrying', desk.card('John Roe'))
    const card = await alert('John Roe', 'Failed: GitHub membership')
    const says = await card.textContent()
    for (const part of ['What happened', 'Why', 'What is safe now', 'What we already did', 'Who owns it']) {
      expect(says).toContain(part)
    }
    expect(says).toContain('GitHub is not available (503)')
    expect(says).toContain('Retry is safe: nothing will happen twice.')
    expect(await card.locator('button[data-action-id]').allTextContents()).toEqual([
      'Retry',
      'Skip…',
      'Escalate…',
      '•••',
    ])
    await desk.shot('05-card-failed')
  })

  it('refuses somebody who may not decide, privately', async () => {
    await desk.become('manager')
    await desk.press(desk.card('Failed: GitHub membership', 'John Roe'), actionIds.retry)
    await desk.card('Only visible to you', 'You may not retry a step of Employee onboarding.').waitFor()
    await desk.become('teammate')
    expect(await desk.cards.filter({ hasText: 'You may not' }).count()).toBe(0)
  })

  it('goes on when the teammate retries after GitHub was mended, and both cards name them', async () => {
    await desk.mends('github')
    await desk.press(desk.card('Failed: GitHub membership', 'John Roe'), actionIds.retry)
    const solved = await alert('John Roe', 'Solved: GitHub membership')
    expect(await solved.textContent()).toContain('after Tim Teammate retried it')
    expect(await solved.locator('button[data-action-id]').count()).toBe(0)
    await desk.shot('06-card-solved')
    await desk.goTo('channel-onboarding')
    await runCard('John Roe', 'retried by Tim Teammate', 'All 7 steps finished').waitFor()
    await runCard('John Roe').getByTestId('thread-link').click()
    await desk.byId('thread').getByText('retried').first().waitFor()
    await desk.shot('07-thread')
    await desk.closeThread()
  })

  it('names what a skip loses, asks for a reason, and keeps what is owed on the card', async () => {
    await desk.breaks('google', { kind: '503', extent: 'cleared' })
    await onboard('Mary Major')
    const card = await alert('Mary Major', 'Failed: Google Workspace account')
    await desk.press(card, actionIds.skip)
    await desk.modal.getByText('5 later steps will not happen either').waitFor()
    expect(await desk.modal.textContent()).toContain('GitHub membership')
    await desk.shot('08-skip')
    await desk.submit()
    await desk.byId('error-reason').waitFor()
    await desk.fill({ reason: 'The domain is moved on Monday' })
    await desk.submit()
    await desk.closed()
    const skipped = await alert('Mary Major', 'Skipped: Google Workspace account')
    expect(await skipped.textContent()).toContain('The domain is moved on Monday')
    await desk.goTo('channel-onboarding')
    await runCard('Mary Major', 'Still owed', 'Olga Ops owes it by').waitFor()
    await desk.shot('09-run-with-debt')
    await desk.mends('google')
  })

  it('opens a ticket in Jira on Escalate', async () => {
    await desk.breaks('github', { kind: '503', extent: 'cleared' })
    await onboard('Ann Other')
    const card = await alert('Ann Other', 'Failed: GitHub membership')
    await desk.press(card, actionIds.escalate)
    await desk.fill({ reason: 'We need an owner of the organisation' })
    await desk.shot('10-escalate')
    await desk.submit()
    await desk.closed()
    await desk.card('Ann Other', /Ticket OPS-\d+, asked for by Olga Ops/).waitFor()
    await desk.shot('11-card-escalated')
    await desk.mends('github')
    await desk.press(desk.card('Ann Other', 'Failed'), actionIds.retry)
    await alert('Ann Other', 'Solved: GitHub membership')
  })

  it('goes on by itself when payroll did it and the answer was lost', async () => {
    await desk.breaks('gusto', { kind: 'lost-answer', extent: 'times', amount: 1, match: 'POST' })
    await onboard('Paul Pay')
    await runCard('Paul Pay', 'All 7 steps finished').waitFor()
    expect(await payrollRecords('paul.pay')).toBe(1)
  })

  it('asks when even looking cannot tell, also after a kill -9, and takes a person’s word', async () => {
    await desk.breaks('gusto', { kind: 'unanswered', extent: 'times', amount: 1, match: 'POST' })
    await onboard('Lucy Lost')
    await desk.byId('service-health-gusto').getByText('Healthy').waitFor()
    await desk.byId('purser-kill').click()
    await desk.byId('purser-status').getByText('Stopped').waitFor()
    await desk.breaks('gusto', { kind: '503', extent: 'cleared' })
    await desk.byId('purser-start').click()
    await desk.byId('purser-status').getByText('Running').waitFor()
    const card = await alert('Lucy Lost', 'Outcome unknown: Payroll record')
    await desk.shot('12-card-unknown')
    await desk.press(card, actionIds.retryAbsent)
    await desk.byId('confirm').getByText('Look in Gusto first.').waitFor()
    await desk.shot('13-confirm')
    await desk.byId('confirm-deny').click()
    await desk.mends('gusto')
    await desk.press(card, actionIds.markDone)
    await desk.fill({ reason: 'It is in Gusto', 'output.employeeId': 'E-1', 'output.jobId': 'J-1' })
    await desk.shot('14-mark-done')
    await desk.submit()
    await desk.closed()
    const solved = await alert('Lucy Lost', 'Solved: Payroll record')
    expect(await solved.textContent()).toContain('Marked done by Olga Ops')
    expect(await payrollRecords('lucy.lost')).toBe(1)
  })

  it('sends it again when a person says that it is not there', async () => {
    await desk.breaks('gusto', { kind: 'timeout', extent: 'times', amount: 1, match: 'POST' })
    await onboard('Nora Not')
    await desk.byId('service-health-gusto').getByText('Healthy').waitFor()
    await desk.byId('purser-kill').click()
    await desk.byId('purser-status').getByText('Stopped').waitFor()
    await desk.breaks('gusto', { kind: '503', extent: 'cleared' })
    await desk.byId('purser-start').click()
    const card = await alert('Nora Not', 'Outcome unknown: Payroll record')
    await desk.mends('gusto')
    await desk.press(card, actionIds.retryAbsent)
    await desk.byId('confirm-yes').click()
    await alert('Nora Not', 'Solved: Payroll record')
    expect(await payrollRecords('nora.not')).toBe(1)
  })

  it('tells a manager how it stands, asked by command or in plain words', async () => {
    await desk.become('manager')
    await desk.goTo('channel-general')
    await desk.say('/process jane')
    await desk.card('Only visible to you', 'Jane Doe · Employee onboarding', 'All 7 steps finished').waitFor()
    await desk.shot('15-process')
    await desk.say("@Purser how is Jane Doe's onboarding going?")
    await desk.card('onboarding going?', 'reply').getByTestId('thread-link').click()
    await desk.byId('thread').getByText('All 7 steps finished').waitFor()
    await desk.shot('16-asked')
    await desk.closeThread()
  })

  it('shows every call to an auditor, each with its request and answer, and where a query goes wrong', async () => {
    await desk.become('ops')
    await desk.goTo('channel-general')
    await desk.say('/audit jane')
    await desk.card('Ledger: jane', 'Older').waitFor()
    await desk.shot('17-audit')
    await desk.say('/audit service:github status:503')
    const page = desk.card('Ledger: service:github status:503')
    await page
      .getByText(/Answered · GitHub team\.get · 503/)
      .first()
      .waitFor()
    await page.locator(`[data-action-id="${actionIds.auditDetails}"]`).last().click()
    await desk.modal.getByText('Answer: body').waitFor()
    expect(await desk.modal.textContent()).toContain('Service unavailable')
    await desk.shot('18-details')
    await desk.byId('modal-close').click()
    await desk.closed()
    await desk.say('/audit servce:github')
    await desk.card('This query cannot be read', 'servce').waitFor()
    await desk.shot('19-bad-query')
    await desk.say('/audit jane export csv')
    await desk.card('Sent to your direct messages').waitFor()
    await desk.goTo('dm-purser')
    await desk.card('entries of the ledger for “jane”').getByTestId('file').waitFor()
    await desk.shot('20-export')
  })

  it('has a Home for everybody, with what they may see and start', async () => {
    await desk.goTo('app-home')
    await desk.byId('home').getByText('This week').waitFor()
    expect(await desk.byId('home').textContent()).toContain('Employee onboarding')
    await desk.shot('21-home-ops')
    await desk.become('teammate')
    await desk.byId('home').getByText('Nothing needs you right now.').waitFor()
    expect(await desk.byId('home').getByText('Start', { exact: true }).count()).toBe(0)
    await desk.shot('22-home-teammate')
    await desk.become('guest')
    await desk.byId('home').getByText('Guests may not decide or start anything here.').waitFor()
  })

  it('leaves no complaint in the browser’s console but for the form that Slack itself refused', () => {
    expect(story.complaints.filter((each) => !each.includes('422'))).toEqual([])
  })

  async function payrollRecords(name: string): Promise<number> {
    const response = await fetch(`${story.workplace.servicesUrl}/control/log/gusto`)
    const { effects } = (await response.json()) as { effects: { kind: string; key: string }[] }
    return effects.filter(({ kind, key }) => kind.startsWith('employee') && JSON.stringify(key).includes(name)).length
  }
})
