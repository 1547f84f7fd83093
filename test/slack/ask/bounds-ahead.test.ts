import { expect, test } from 'vitest'
import { boundsAhead } from '../../../src/slack/ask/bounds-ahead.ts'
import { readPeriod } from '../../../src/slack/ask/period.ts'

/** A Wednesday, 02:30 in Berlin. */
const NOW = Date.parse('2026-11-04T01:30:00Z')

function ahead(said: string): [string, string] | null {
  const { period } = readPeriod(said, said)
  if (!period) throw new Error(`no time in ${said}`)
  const found = boundsAhead(period, NOW, 'Europe/Berlin')
  return found && [new Date(found.since).toISOString().slice(0, 16), new Date(found.until).toISOString().slice(0, 16)]
}

test.each([
  ['today', '2026-11-04T01:30', '2026-11-04T23:00'],
  ['by the end of today', '2026-11-04T01:30', '2026-11-04T23:00'],
  ['tomorrow', '2026-11-04T23:00', '2026-11-05T23:00'],
  ['until tomorrow', '2026-11-04T01:30', '2026-11-05T23:00'],
  ['this week', '2026-11-04T01:30', '2026-11-08T23:00'],
  ['next week', '2026-11-08T23:00', '2026-11-15T23:00'],
  ['by next week', '2026-11-04T01:30', '2026-11-15T23:00'],
  ['this month', '2026-11-04T01:30', '2026-11-30T23:00'],
  ['next month', '2026-11-30T23:00', '2026-12-31T23:00'],
  ['on friday', '2026-11-05T23:00', '2026-11-06T23:00'],
  ['on wednesday', '2026-11-04T01:30', '2026-11-04T23:00'],
  ['by friday', '2026-11-04T01:30', '2026-11-06T23:00'],
  ['next wednesday', '2026-11-10T23:00', '2026-11-11T23:00'],
  ['in the next 3 days', '2026-11-04T01:30', '2026-11-07T01:30'],
  ['in the next couple of hours', '2026-11-04T01:30', '2026-11-04T03:30'],
])('what is due %s is looked for in that time, by the clocks of the asker', (said, since, until) => {
  expect(ahead(`what is due ${said}`)).toEqual([since, until])
})

test('what is over has nothing due in it', () => {
  expect(['yesterday', 'last week', 'in the last 3 hours', 'last month'].map((said) => ahead(said))).toEqual([
    ...[null, null, null, null],
  ])
})
