import { expect } from 'vitest'
import type { StormReport } from './run-storm.ts'

/** What must be true after a storm, whatever was killed and broken in it. */
export function expectNothingLost(
  report: StormReport,
  storm: { people: number; forced: number; sudden: number },
): void {
  const { services, slack, runs, acknowledged } = report
  process.stdout.write(
    `storm: ${report.forcedKills} kills between a request and its record, ${report.suddenKills} at any moment, ` +
      `${services.faults + slack.faults} faults fired, ${report.lostAttempts} attempts taken up again, ` +
      `${services.requests + slack.requests} requests, ${report.intents} intents, ${report.withoutOutcome} without outcome, ` +
      `${report.failureCards.length} failure cards, decided ${JSON.stringify(report.decided)}\n`,
  )
  expect(report.forcedKills).toBe(storm.forced)
  expect(report.suddenKills).toBe(storm.sudden)
  expect(services.faults + slack.faults).toBeGreaterThan(storm.forced)
  expect(report.lostAttempts).toBeGreaterThan(0)
  expect(report.withoutOutcome).toBeGreaterThanOrEqual(storm.forced)

  expect(acknowledged).toHaveLength(storm.people)
  expect(runs.map(({ email }) => email).sort()).toEqual([...acknowledged].sort())
  expect(runs.filter(({ status }) => status !== 'succeeded')).toEqual([])

  expect(services.twice).toEqual([])
  expect(services.unaccounted).toEqual([])
  expect(slack.unaccounted).toEqual([])

  const ids = runs.map(({ id }) => id).sort()
  expect(report.messagesTwice).toEqual([])
  const cards = new Set(ids.map((id) => `run/${id}`))
  expect(report.runCards.filter((key) => !cards.has(key))).toEqual([])
  // Runs that end far behind what Slack takes have none of their own: how many depends on the machine, and their board stands.
  if (report.runCards.length < ids.length) expect(report.boards).not.toEqual([])
  expect(report.welcomes.sort()).toEqual(ids.map((id) => `welcome/${id}`))
}
