import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { ReceivedMail } from '../../src/sandbox/mail/smtp-sink.ts'
import type { SandboxIncident, SandboxMessage } from '../../src/sandbox/state.ts'
import { openKept } from '../chaos/kept.ts'
import { peopleAtWork } from '../story/people-at-work.ts'
import { openWorkplace, until } from '../support/workplace.ts'
import { workplaceRules } from '../support/workplace-rules.ts'

const MINUTE = 60_000
const NAMES = ['Jane Doe', 'John Roe'] as const
/** Longer than the minute between two messages of ends. */
const QUIET_MS = 70_000
/** Each failed step has a card of its own. */
const rules = `${workplaceRules()}
incidents: { enabled: false }
`

/** What these mails name, a line for each alert. */
const alertsIn = (mails: readonly ReceivedMail[]): string[] =>
  mails.flatMap(({ text }) => [...text.matchAll(/^• (.+)$/gm)].map(([, line = '']) => line))

test('alerts that Slack does not take reach on-call once, are in Slack once when it is back, and end once', async () => {
  const mails: ReceivedMail[] = []
  await using office = await openWorkplace({ rules, onMail: (mail) => mails.push(mail) })
  const people = peopleAtWork(office)
  const pages = async (): Promise<SandboxIncident[]> =>
    ((await office.services('GET', '/state/pagerduty')) as { incidents: SandboxIncident[] }).incidents
  const cards = async (): Promise<SandboxMessage[]> => (await Promise.all(NAMES.map(people.failureCards))).flat()
  await office.place.startPurser()

  await office.break({ service: 'gusto', kind: '503' })
  // What people press still gets through; what Purser writes does not.
  await office.break({ service: 'slack', kind: '503', match: 'chat.' })
  for (const name of NAMES) await people.onboard(name)
  const isTold = (): boolean => NAMES.every((name) => alertsIn(mails).some((line) => line.includes(name)))
  await until('on-call is told of everybody by e-mail', isTold, 90_000)
  await sleep(20_000)
  expect(await cards()).toEqual([])
  const struck = (await office.state()).services.find(({ name }) => name === 'slack')?.faults[0]?.fired ?? 0
  expect(struck).toBeGreaterThan(NAMES.length)
  const tells = [...mails]
  const alerts = alertsIn(tells)
  expect(new Set(alerts).size).toBe(alerts.length)
  const open = await pages()
  expect(open).toHaveLength(tells.length)
  expect(open.map(({ status, events }) => [status, events])).toEqual(open.map(() => ['triggered', 1]))

  await office.control('faults?service=slack', undefined, 'DELETE')
  await until('the cards are in Slack', async () => (await cards()).length >= alerts.length, 2 * MINUTE)
  const isOver = async (): Promise<boolean> => (await pages()).every(({ status }) => status === 'resolved')
  await until('PagerDuty’s alerts are over', isOver, 2 * MINUTE)
  await sleep(QUIET_MS)

  const texts = (await cards()).map(({ text }) => text.split('\n')[0])
  expect(new Set(texts).size).toBe(alerts.length)
  expect(texts).toHaveLength(alerts.length)
  const over = await pages()
  expect(over.map(({ key }) => key)).toEqual(open.map(({ key }) => key))
  expect(over.map(({ status, events }) => [status, events])).toEqual(over.map(() => ['resolved', 1]))
  const ends = mails.slice(tells.length)
  expect(ends.map(({ subject }) => subject.includes('in Slack now'))).toEqual(ends.map(() => true))
  expect(alertsIn(ends)).toHaveLength(alerts.length)
  expect(new Set(alertsIn(ends)).size).toBe(alerts.length)

  await office.place.stopPurser()
  using kept = openKept(office.data)
  const told = kept.entries('alert.told')
  expect(new Set(told.map(({ run, step }) => `${run} ${step}`)).size).toBe(alerts.length)
  expect(told).toHaveLength(alerts.length)
  const after = told.map(({ facts }) => Number(facts?.ms))
  expect(told.map(({ facts }) => facts?.by)).toEqual(told.map(() => 'pagerduty+mail'))
  expect(Math.max(...after)).toBeLessThanOrEqual(MINUTE)
  console.info(
    `Slack down: ${struck} calls refused; ${alerts.length} alerts told in ${tells.length} mails, the last ${(Math.max(...after) / 1000).toFixed(1)} s after its failure; ended in ${ends.length}`,
  )
})
