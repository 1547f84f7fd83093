import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { ReceivedMail } from '../../src/sandbox/mail/smtp-sink.ts'
import { openKept } from '../chaos/kept.ts'
import { peopleAtWork } from '../story/people-at-work.ts'
import { openWorkplace, until } from '../support/workplace.ts'
import { workplaceRules } from '../support/workplace-rules.ts'

const MINUTE = 60_000
const NAMES = ['Jane Doe', 'John Roe'] as const
const rules = `${workplaceRules()}
incidents: { enabled: false }
`
/** Longer than Slack has before the second path takes over. */
const LONG_MS = 50_000

/** What mails about alerts name, a line for each alert. */
const alertsIn = (mails: readonly ReceivedMail[]): string[] =>
  mails.flatMap(({ text }) => [...text.matchAll(/^• (.+)$/gm)].map(([, line = '']) => line))

test.each([
  { when: 'before anybody was told', wait: 15_000 },
  { when: 'after somebody was told', wait: LONG_MS + 15_000 },
])(
  'with all of Slack gone and Purser killed $when, each alert leaves by mail once, within a minute',
  async ({ wait }) => {
    const mails: ReceivedMail[] = []
    await using office = await openWorkplace({ rules, onMail: (mail) => mails.push(mail) })
    const people = peopleAtWork(office)
    const { place } = office
    const named = (name: string): string[] => alertsIn(mails).filter((line) => line.includes(name))
    await place.startPurser()
    await office.break({ service: 'gusto', kind: '503' })
    for (const name of NAMES) await people.onboard(name)
    await office.break({ service: 'slack', kind: '503' })
    const downAt = Date.now()
    await sleep(wait)
    await place.killPurser()
    const startedAt = Date.now()
    await place.startPurser()
    await until('everybody is told of', () => NAMES.every((name) => named(name).length > 0), 3 * MINUTE)
    await sleep(LONG_MS)

    const struck = (await office.state()).services.find(({ name }) => name === 'slack')?.faults[0]?.fired ?? 0
    expect(struck).toBeGreaterThan(NAMES.length)
    await office.mend('gusto')
    await office.control('faults?service=slack', undefined, 'DELETE')
    await place.stopPurser()
    using kept = openKept(office.data)
    const told = kept.entries('alert.told')
    const cards = told.map(({ run, step, facts }) => `${run} ${step} ${facts?.card}`)
    expect(new Set(cards).size).toBe(cards.length)
    expect(told.length).toBeGreaterThanOrEqual(NAMES.length)
    // From the failure, or from the restart where Purser was gone at the moment at which it was due.
    for (const { at, facts } of told) {
      const since = Number(facts?.ms)
      const afterStart = Number(at) - startedAt
      expect(since <= MINUTE || (afterStart >= 0 && afterStart <= MINUTE), `${since} ms, ${afterStart} ms`).toBe(true)
    }
    const lines = alertsIn(mails)
    expect(new Set(lines).size).toBe(lines.length)
    console.info(
      `Slack gone: ${struck} calls refused for ${Math.round((Date.now() - downAt) / 1000)} s, killed once; ${told.length} alerts in ${mails.length} mails, the slowest ${Math.max(...told.map(({ facts }) => Number(facts?.ms))) / 1000} s after its failure`,
    )
  },
)
