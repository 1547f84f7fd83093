import { describe, expect, test } from 'vitest'
import { boundsOf, readPeriod } from '../../../src/slack/ask/period.ts'

/** A Wednesday, 01:30 in Berlin: still Tuesday in UTC. */
const NOW = Date.parse('2026-11-03T23:30:00Z') + 2 * 3_600_000

function bounds(said: string): [string, string] {
  const { period } = readPeriod(said, said)
  if (!period) throw new Error(`no time in ${said}`)
  const { since, until } = boundsOf(period, NOW, 'Europe/Berlin')
  return [new Date(since).toISOString().slice(0, 16), new Date(until).toISOString().slice(0, 16)]
}

describe('a time in a question', () => {
  test.each([
    ['today', '2026-11-03T23:00', '2026-11-04T01:30'],
    ['yesterday', '2026-11-02T23:00', '2026-11-03T23:00'],
    ['this week', '2026-11-01T23:00', '2026-11-04T01:30'],
    ['last week', '2026-10-25T23:00', '2026-11-01T23:00'],
    ['this month', '2026-10-31T23:00', '2026-11-04T01:30'],
    ['last month', '2026-09-30T22:00', '2026-10-31T23:00'],
    ['in the last 3 hours', '2026-11-03T22:30', '2026-11-04T01:30'],
    ['since monday', '2026-11-01T23:00', '2026-11-04T01:30'],
    ['between friday and sunday', '2026-10-29T23:00', '2026-11-01T23:00'],
    ['this quarter', '2026-09-30T22:00', '2026-11-04T01:30'],
    ['last quarter', '2026-06-30T22:00', '2026-09-30T22:00'],
    ['in june', '2026-05-31T22:00', '2026-06-30T22:00'],
    ['in december', '2025-11-30T23:00', '2025-12-31T23:00'],
    ['in february', '2026-01-31T23:00', '2026-02-28T23:00'],
    ['in november', '2026-10-31T23:00', '2026-11-04T01:30'],
    ['since september', '2026-08-31T22:00', '2026-11-04T01:30'],
    ['between 1 and 5 september', '2026-08-31T22:00', '2026-09-05T22:00'],
    ['from 28 december to 3 january', '2025-12-27T23:00', '2026-01-03T23:00'],
    ['on the 3rd of october', '2026-10-02T22:00', '2026-10-03T22:00'],
    ['on oct 3', '2026-10-02T22:00', '2026-10-03T22:00'],
    ['on monday', '2026-11-01T23:00', '2026-11-02T23:00'],
  ])('%s, by the clocks of the asker', (said, since, until) => {
    expect(bounds(`what did you do ${said}`)).toEqual([`${since}`, `${until}`])
  })

  test('is taken out of the sentence, whose words stay as typed', () => {
    expect(readPeriod('what did you do for acme yesterday', 'what did you do for Acme yesterday')).toEqual({
      period: { kind: 'days', from: 1, to: 1 },
      rest: 'what did you do for Acme',
    })
  })
})
