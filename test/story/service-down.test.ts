import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SandboxMessage } from '../../src/sandbox/state.ts'
import { actionIds } from '../../views/action-ids.ts'
import { type OpenWorkplace, openWorkplace, until, wordsOf } from '../support/workplace.ts'
import { workplaceRules } from '../support/workplace-rules.ts'
import { peopleAtWork } from './people-at-work.ts'

/** Half a minute is too long for a test; what follows from it is the same. */
const rules = `${workplaceRules()}
incidents: { probe_every: 5s, notify: { default: [ops] } }
`
/** A look is due after 5 s at the latest and made sure of after 4; the card of it waits for names at most 2 s. */
const TOLD_MS = 15_000

let office: OpenWorkplace
let people: ReturnType<typeof peopleAtWork>

beforeAll(async () => {
  office = await openWorkplace({ rules })
  people = peopleAtWork(office)
  await office.place.startPurser()
  await until('Purser has looked at GitHub', async () => (await office.log('github')).requests.length > 0)
})

afterAll(() => office[Symbol.asyncDispose]())

const incidents = async (): Promise<SandboxMessage[]> =>
  (await office.messages('ops-alerts')).filter((message) => /Incident|Recovering/.test(wordsOf(message)))

const card = (...says: string[]): Promise<SandboxMessage> =>
  until(
    `a card says ${says.join(' and ')}`,
    async () => (await incidents()).findLast((message) => says.every((words) => wordsOf(message).includes(words))),
    40_000,
  )

describe('a service that is down while nothing runs', () => {
  it('is told by one card, which mentions those who look after it; who needs it waits, and goes on when it answers', async () => {
    const brokenAt = Date.now()
    await office.break({ service: 'github', kind: '503' })
    const opened = await card('Incident: GitHub is not working', 'No run waits for it yet')
    const ms = Date.now() - brokenAt
    console.info(`a service that is down was told after ${(ms / 1000).toFixed(1)} s`)
    expect(ms).toBeLessThan(TOLD_MS)
    expect(JSON.stringify(opened.blocks)).toContain('"type":"usergroup"')
    const struck = (await office.log('github')).requests.filter(({ fault }) => fault === '503')
    expect(struck.length).toBeGreaterThanOrEqual(2)

    await people.onboard('Jane Doe')
    await people.runCard('Jane Doe', '5 of 7 steps finished')
    await card('Incident: GitHub is not working', '1 run waits')
    expect(await people.failureCards('Jane Doe')).toEqual([])
    expect((await office.effects('github')).length).toBe(0)

    await office.mend('github')
    const [message] = await incidents()
    if (!message) throw new Error('no card')
    await office.click('ops', people.at(message), actionIds.probeHold)
    await people.runCard('Jane Doe', '✅ Done')
    await card('Incident over: GitHub', 'It answered again', '1 run went on')
    expect(await incidents()).toHaveLength(1)
  })

  it('is told as refused credentials where that is the matter, with who must do what', async () => {
    await office.break({ service: 'jira', kind: '401' })
    const opened = await card('Incident: Jira refuses Purser’s credentials')
    expect(wordsOf(opened)).toContain('set JIRA_API_TOKEN')
    await office.mend('jira')
    await card('Incident over: Jira', 'No run had to wait')
  })
})
