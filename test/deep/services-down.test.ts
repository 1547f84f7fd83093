import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { FaultKind } from '../../src/sandbox/state.ts'
import { peopleAtWork } from '../story/people-at-work.ts'
import { openWorkplace, until, wordsOf } from '../support/workplace.ts'
import { workplaceRules } from '../support/workplace-rules.ts'

type Service = Parameters<Awaited<ReturnType<typeof openWorkplace>>['log']>[0]

const BREAKS: readonly { service: Service; title: string; kind: FaultKind; says: string }[] = [
  { service: 'github', title: 'GitHub', kind: '503', says: 'is not working' },
  { service: 'jira', title: 'Jira', kind: '401', says: 'refuses Purser’s credentials' },
  { service: 'google', title: 'Google Workspace', kind: 'timeout', says: 'does not answer' },
  { service: 'gusto', title: 'Gusto', kind: 'reset', says: 'does not answer' },
  { service: 'salesforce', title: 'Salesforce', kind: '503', says: 'is not working' },
]
const MINUTE = 60_000
const ROUNDS = 3

/** By the rules' own pace: services are looked at every half minute. */
test('whatever breaks a service while nothing runs, and whenever, a card tells of it within 60 s', async () => {
  await using office = await openWorkplace({ rules: workplaceRules() })
  await office.place.startPurser()
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    await sleep(round === 0 ? 5_000 : 31_000 + round * 7_000)
    await Promise.all(
      BREAKS.map(async ({ service, title, kind, says }) => {
        const brokenAt = Date.now()
        await office.break({ service, kind })
        await until(
          `a card says that ${title} ${says}`,
          async () =>
            (await office.messages('ops-alerts')).some((message) =>
              wordsOf(message).includes(`Incident: ${title} ${says}`),
            ),
          2 * MINUTE,
        )
        times.push(Date.now() - brokenAt)
      }),
    )
    for (const { service, title } of BREAKS) {
      const struck = (await office.log(service)).requests.filter(({ fault }) => fault !== undefined)
      expect(struck.length, title).toBeGreaterThanOrEqual(2 * (round + 1))
      await office.mend(service)
    }
    await until(
      'all incidents are over',
      async () => !(await office.messages('ops-alerts')).some((message) => /Incident: |Recovering/.test(message.text)),
      3 * MINUTE,
    )
  }
  const worst = Math.max(...times)
  console.info(`services that were down: ${times.length}, told after ${(worst / 1000).toFixed(1)} s at most`)
  expect(times).toHaveLength(BREAKS.length * ROUNDS)
  expect(worst).toBeLessThan(MINUTE)
})

test('one run that fails keeps the card that teammates can act on; a second one makes an incident of both', async () => {
  await using office = await openWorkplace({ rules: `${workplaceRules()}\nincidents: { probe_every: 5s }\n` })
  const people = peopleAtWork(office)
  const incident = (...says: string[]) =>
    until(
      `an incident says ${says.join(' and ')}`,
      async () =>
        (await office.messages('ops-alerts')).find((message) =>
          says.every((words) => wordsOf(message).includes(words)),
        ),
      MINUTE,
    )
  await office.place.startPurser()
  await office.break({ service: 'gusto', kind: '503', match: 'companies' })
  await people.onboard('Jane Doe')
  await people.failureCard('Jane Doe', 'Failed: Payroll record')
  await office.break({ service: 'gusto', kind: '503' })
  await sleep(20_000)
  const looks = (await office.log('gusto')).requests.filter(({ path, fault }) => path === '/v1/token_info' && fault)
  expect(looks.length).toBeGreaterThan(2)
  expect((await office.messages('ops-alerts')).filter((message) => /Incident: /.test(message.text))).toEqual([])
  const card = await people.failureCard('Jane Doe', 'Failed: Payroll record')
  expect(Object.keys(people.buttons(card))).toEqual(['Retry', 'Skip…', 'Escalate…'])

  await people.onboard('John Roe')
  await incident('Incident: Gusto is not working', '2 runs wait')
  await office.mend('gusto')
  for (const name of ['Jane Doe', 'John Roe']) await people.runCard(name, '✅ Done')
  await incident('Incident over: Gusto', '2 runs went on')
  for (const name of ['Jane Doe', 'John Roe']) expect(await people.made(name)).toBe(1)
})
