import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { actionIds } from '../../views/action-ids.ts'
import { collected, type OpenWorkplace, openWorkplace, until, wordsOf } from '../support/workplace.ts'
import { workplaceRules } from '../support/workplace-rules.ts'
import { employeeValues, fromOps, payloadBody, pressOf, sendWire, submissionOf } from '../support/workplace-wire.ts'
import { emailOf, isAbout, peopleAtWork } from './people-at-work.ts'

let office: OpenWorkplace
let people: ReturnType<typeof peopleAtWork>

beforeAll(async () => {
  office = await openWorkplace({ rules: workplaceRules({ tries: 3, firstDelay: '100ms', backOff: '[1s]' }) })
  people = peopleAtWork(office)
  await office.place.startPurser()
})

afterAll(() => office[Symbol.asyncDispose]())

describe('ops start an onboarding', () => {
  it('opens the form with the name, and tells mistakes at their fields', async () => {
    const form = await people.openForm('Jane Doe')
    expect(JSON.stringify(form.view)).toContain('"initial_value":"Jane Doe"')
    const wrong = people.answers('Jane Doe', { name: 'Jane <!channel>' })
    const submitted = await office.submit('ops', form, wrong)
    expect(submitted.result).toBe('errors')
    expect(submitted.errors).toEqual({ name: 'Only letters, spaces and ordinary punctuation.' })
    expect(await people.runCards('Jane')).toHaveLength(0)
  })

  it('makes the account first, everything else side by side, and says welcome last', async () => {
    await office.break({ service: 'github', kind: '503' })
    await people.onboard('Jane Doe')
    await people.runCard('Jane Doe', '5 of 7 steps finished')

    const firstAt = async (service: 'google' | 'jira' | 'salesforce' | 'gusto', pick: 'first' | 'last') => {
      const { effects } = await office.log(service)
      return Date.parse(effects.at(pick === 'first' ? 0 : -1)?.at ?? '')
    }
    const googleDone = await firstAt('google', 'last')
    for (const service of ['jira', 'salesforce', 'gusto'] as const) {
      expect(await firstAt(service, 'first')).toBeGreaterThanOrEqual(googleDone)
    }
    expect(await office.messages('welcome-jane-doe')).toEqual([])
  })
})

describe('a service fails', () => {
  it('shows a card with the five parts while Purser still tries, then with the three buttons', async () => {
    const retrying = await people.failureCard('Jane Doe', 'Retrying: GitHub membership')
    expect(Object.keys(people.buttons(retrying))).toContain('Skip…')
    const card = await people.failureCard('Jane Doe', 'Failed: GitHub membership')
    for (const part of ['What happened', 'Why', 'What is safe now', 'What we already did', 'Who owns it']) {
      expect(wordsOf(card)).toContain(part)
      expect(card.text).toContain(part)
    }
    expect(Object.keys(people.buttons(card))).toEqual(['Retry', 'Skip…', 'Escalate…'])
    await people.runCard('Jane Doe', 'Needs somebody: GitHub membership failed')
  })

  it('refuses the click of somebody who may not, and tells them who may', async () => {
    const card = await people.failureCard('Jane Doe', 'Failed: GitHub membership')
    const told = await office.toldPrivately('manager', () => people.press('manager', card, actionIds.retry))
    expect(told.text).toContain('You may not retry')
    expect(told.text).toContain('Teammates')
    expect(await office.effects('github')).toEqual([])
    await office.slash('guest', '/onboard', 'Bob Roe')
    await office.filled('guest', 'Guests may not')
  })

  it('goes on when it is mended and somebody retries; both cards say who, and the second one comes too late', async () => {
    await office.mend('github')
    const card = await people.failureCard('Jane Doe', 'Failed: GitHub membership')
    const since = Date.now() - 1
    const clicks = await Promise.all([
      people.press('teammate', card, actionIds.retry),
      people.press('ops', card, actionIds.retry),
    ])
    expect(clicks.map(({ status }) => status)).toEqual([200, 200])
    const solved = await people.failureCard('Jane Doe', 'Solved: GitHub membership')
    const winner = solved.text.includes('Tim Teammate') ? 'Tim Teammate' : 'Olga Ops'
    expect(solved.text).toContain(`${winner} retried it`)
    expect(Object.keys(people.buttons(solved))).toEqual([])

    const done = await people.runCard('Jane Doe', '✅ Done')
    const notes = await until('the thread tells of the retry', async () => {
      const replies = (await people.runCards('Jane Doe'))[0]?.replies ?? []
      return replies.some(({ text }) => text.includes('GitHub membership recovered')) && replies
    })
    const lines = notes.map(({ text }) => text)
    const retried = lines.findIndex((text) => text.includes(`${winner} retried GitHub membership`))
    expect(lines.findIndex((text) => text.includes('GitHub membership recovered'))).toBeGreaterThan(retried)
    expect(retried).toBeGreaterThan(-1)
    expect(done.text).toContain('All 7 steps finished')

    const late = await collected('somebody is told that they came too late', async () => {
      const { ephemerals } = await office.state('general')
      return ephemerals.filter(({ ts, text }) => Number(ts) * 1000 > since && text.includes('before you'))
    })
    expect(late).toHaveLength(1)
    expect(late[0]?.text).toContain(`${winner} retried it`)
    expect(await office.effects('github')).toEqual([`invitation.created acme/${emailOf('Jane Doe')}`])
  })

  it('says beforehand what goes with a skipped step, and keeps the reason as a debt', async () => {
    await office.break({ service: 'google', kind: '503' })
    await people.onboard('Carl Roe')
    const google = await people.failureCard('Carl Roe', 'Failed: Google Workspace account')
    await office.click('teammate', people.at(google), actionIds.skip)
    const asks = await office.filled('teammate', 'Why is it skipped?')
    for (const later of ['Slack channel', 'Jira access', 'GitHub membership', 'Salesforce user', 'Welcome message']) {
      expect(JSON.stringify(asks.view)).toContain(later)
    }
    await office.control('close-view', { user: 'teammate', view_id: asks.id })
    await office.break({ service: 'salesforce', kind: '503' })
    await office.mend('google')
    await people.press('teammate', google, actionIds.retry)

    const salesforce = await people.failureCard('Carl Roe', 'Failed: Salesforce user')
    await office.click('teammate', people.at(salesforce), actionIds.skip)
    const form = await office.filled('teammate', 'Why is it skipped?')
    expect(JSON.stringify(form.view)).toContain('No later step needs its result')
    const submitted = await office.submit('teammate', form, { reason: 'Carl sells nothing before May' })
    expect(submitted.result).toBe('closed')
    await office.mend('salesforce')
    const done = await people.runCard('Carl Roe', 'with 1 thing still owed')
    expect(done.text).toContain('Tim Teammate owes it')
    expect(done.text).toContain('Carl sells nothing before May')
    expect((await people.failureCard('Carl Roe', 'Skipped: Salesforce user')).text).toContain('Skipped by Tim Teammate')
  })

  it('opens a ticket with the whole context when somebody escalates, once', async () => {
    await office.break({ service: 'gusto', kind: '503' })
    await people.onboard('Dora Poe')
    const card = await people.failureCard('Dora Poe', 'Failed: Payroll record')
    await office.click('teammate', people.at(card), actionIds.escalate)
    const form = await office.filled('teammate', 'What should they know?')
    await office.submit('teammate', form, { reason: 'Payday is on Friday' })
    const ticketed = await people.failureCard('Dora Poe', 'OPS-')
    expect(Object.keys(people.buttons(ticketed))).toEqual(['Retry', 'Skip…'])

    const { requests, effects } = await office.log('jira')
    expect(effects.filter(({ kind }) => kind === 'issue.created')).toHaveLength(1)
    const issue = JSON.stringify(
      requests.find(({ method, path }) => method === 'POST' && path.endsWith('/issue'))?.body,
    )
    for (const known of [
      'Dora Poe',
      'Payroll record',
      'Payday is on Friday',
      'Tim Teammate',
      'Gusto is not available (503)',
    ]) {
      expect(issue).toContain(known)
    }
    await office.mend('gusto')
    await people.press('ops', ticketed, actionIds.retry)
    await people.runCard('Dora Poe', '✅ Done')
  })
})

describe('an answer is lost', () => {
  beforeEach(mendEverything)

  it('makes one payroll record and goes on, without anybody', async () => {
    await office.break({ service: 'gusto', kind: 'lost-answer', times: 1, match: 'POST /v1/companies' })
    await people.onboard('Emma Moe')
    await people.runCard('Emma Moe', '✅ Done')
    expect(await people.made('Emma Moe')).toBe(1)
    expect(await people.failureCards('Emma Moe')).toEqual([])
  })

  it('asks a person when even looking does not tell, and takes "it is there" for an answer', async () => {
    await people.loseTheOutcome('Fay Loe', 'unanswered')
    const card = await people.failureCard('Fay Loe', 'Outcome unknown: Payroll record')
    expect(Object.keys(people.buttons(card))).toEqual([
      'Look again',
      'Mark done…',
      'It is not there: retry',
      'Skip…',
      'Escalate…',
    ])
    await office.services('DELETE', '/faults?service=gusto')
    await office.click('ops', people.at(card), actionIds.markDone)
    const form = await office.filled('ops', 'What did you find?')
    const found = { reason: 'It is in Gusto', 'output.employeeId': 'E-1', 'output.jobId': 'J-1' }
    expect((await office.submit('ops', form, found)).result).toBe('closed')
    await people.runCard('Fay Loe', '✅ Done')
    expect((await people.failureCard('Fay Loe', 'Solved: Payroll')).text).toContain('Marked done by Olga Ops')
    expect(await people.made('Fay Loe')).toBe(1)
  })

  it('finds what was made when somebody has it look again', async () => {
    await people.loseTheOutcome('Gus Poe', 'unanswered')
    const card = await people.failureCard('Gus Poe', 'Outcome unknown: Payroll record')
    await office.services('DELETE', '/faults?service=gusto')
    await people.press('teammate', card, actionIds.retry)
    await people.runCard('Gus Poe', '✅ Done')
    expect(await people.made('Gus Poe')).toBe(1)
  })

  it('sends it again once a person has said that it is not there', async () => {
    await people.loseTheOutcome('Gil Noe', 'timeout')
    const card = await people.failureCard('Gil Noe', 'Outcome unknown: Payroll record')
    await office.services('DELETE', '/faults?service=gusto')
    await people.press('teammate', card, actionIds.retryAbsent)
    await people.runCard('Gil Noe', '✅ Done')
    expect((await people.failureCard('Gil Noe', 'Solved: Payroll')).text).toContain('Tim Teammate')
    expect(await people.made('Gil Noe')).toBe(1)
  })
})

describe('Purser is killed', () => {
  beforeEach(mendEverything)

  it('goes on where it was, does nothing twice and keeps one card a run', async () => {
    await office.services('POST', '/latency', { p50: 150 })
    await people.onboard('Hal Zoe')
    await until('the account is there', async () =>
      (await office.effects('google')).some((each) => isAbout(each, 'Hal Zoe')),
    )
    await office.place.killPurser()
    expect((await office.slash('ops', '/onboard', 'Nobody Atall')).error).toBe('dispatch_failed')
    await office.place.startPurser()
    await office.services('POST', '/latency', { p50: 5 })
    await people.runCard('Hal Zoe', '✅ Done')
    expect(await people.runCards('Hal Zoe')).toHaveLength(1)
    for (const service of ['google', 'jira', 'github', 'salesforce', 'gusto'] as const) {
      const effects = await office.effects(service)
      expect(new Set(effects).size, service).toBe(effects.length)
    }
    expect(await office.messages('welcome-hal-zoe')).toHaveLength(1)

    const starts = await office.toldPrivately('ops', () => office.slash('ops', '/audit', 'kind:purser.started'))
    expect(starts.text).toMatch(/[2-9] entries, newest first/)
  })

  it('finds the same run when Slack delivers a submission again', async () => {
    const metadata = JSON.stringify({ w: 'employee-onboarding', v: 1 })
    const view = { id: 'V0TWICE', callback: 'start-run', metadata }
    const body = payloadBody(submissionOf(view, employeeValues('Ida Woe', emailOf('Ida Woe'))))
    expect(await sendWire(office, { body })).toEqual({ status: 200, body: '' })
    const again = payloadBody({ ...submissionOf(view, employeeValues('Ida Woe', emailOf('Ida Woe'))), again: true })
    const answer = await sendWire(office, { body: again })
    expect(answer.body).toContain('Started already')
    expect(answer.body).toContain('Nothing was done twice')
    await people.runCard('Ida Woe', '✅ Done')
    expect(await people.runCards('Ida Woe')).toHaveLength(1)
  })

  it('answers a button that it does not know', async () => {
    const told = await office.toldPrivately('ops', () =>
      sendWire(office, { body: payloadBody(pressOf({ action_id: 'step.dance', value: '{}' }, fromOps)) }),
    )
    expect(told.text).toContain('older version of Purser')
  })
})

describe('managers and auditors ask', () => {
  it('gives a manager the same answer to the command and to a mention', async () => {
    const command = await office.toldPrivately('manager', () => office.slash('manager', '/process', 'jane'))
    expect(command.text).toContain('Jane Doe')
    await office.control('mention', {
      user: 'manager',
      channel: 'general',
      text: "<@U0PURSER00> how is Jane's onboarding going?",
    })
    const reply = await until('the mention is answered', async () =>
      (await office.messages('general')).at(-1)?.replies.at(-1),
    )
    expect(reply.text).toBe(command.text)
  })

  it('pages through the ledger, filters it, and shows where a query goes wrong', async () => {
    const page = await office.toldPrivately('manager', () => office.slash('manager', '/audit', 'jane service:github'))
    expect(page.text).toContain('9 entries, newest first')
    expect(page.text).not.toContain('gusto')
    expect(JSON.stringify(page.blocks)).toContain('Older ▸')
    await office.click('manager', { channel: 'general', ts: page.ts }, actionIds.olderAudit)
    await until('the page is turned', async () => {
      const { ephemerals } = await office.state('general')
      return ephemerals.some(({ text }) => text.includes('older entr'))
    })
    const refused = await office.toldPrivately('manager', () => office.slash('manager', '/audit', 'status:>=abc'))
    expect(refused.text).toContain('cannot be read')
    expect(JSON.stringify(refused.blocks)).toMatch(/abc".{0,30}"code":true/)
  })

  it('exports the ledger as a file to those who may', async () => {
    await office.slash('ops', '/audit', 'jane export csv')
    const file = await until('the file is there', async () => (await office.state('general')).files[0])
    expect(file.name).toMatch(/\.csv$/)
    expect(file.size).toBeGreaterThan(1_000)
    const refused = await office.toldPrivately('manager', () => office.slash('manager', '/audit', 'jane export csv'))
    expect(refused.text).toContain('You may not')
  })

  it('shows the state of everything on the App Home', async () => {
    await office.control('open-home', { user: 'ops' })
    const home = await until('ops has a home', async () => (await office.state('general')).homes.U0OLGA0000)
    expect(JSON.stringify(home.view)).toContain('Employee onboarding')
  })
})

const mendEverything = async (): Promise<void> => {
  await office.control('faults', undefined, 'DELETE')
}
