import { expect, it } from 'vitest'
import { openSecondPath } from './open-second-path.ts'

const MINUTE = 60_000

type At = Awaited<ReturnType<typeof openSecondPath>>

/** A step fails for this cause just now; answers with the id of its card. */
async function fail(at: At, code: string) {
  const run = await at.newRun()
  const steps = run.steps.map((step) => {
    if (step.status !== 'failed') throw new Error('it has failed')
    return { ...step, failing: { ...step.failing, failure: { ...step.failing.failure, code } } }
  })
  at.runs.set(run.id, { ...run, steps: steps as typeof run.steps })
  return await at.mark(run, 'failure')
}

const lateness = async (at: At, cause: string): Promise<unknown[]> =>
  (await at.entries('alert.told'))
    .filter(({ facts }) => String(facts?.cause).endsWith(cause))
    .map(({ facts }) => facts?.ms)

it('tells of a new cause within 60 s, however many messages left just before', async () => {
  await using at = await openSecondPath()
  at.slackDown.begin()
  for (let made = 0; made < 8; made++) {
    await fail(at, 'http-503')
    await at.clock.advance(8_000)
  }
  const causes = ['http-401', 'http-403', 'http-404', 'http-410']
  for (const cause of causes) {
    await fail(at, cause)
    await at.clock.advance(7_000)
  }
  await at.clock.advance(2 * MINUTE)
  for (const cause of causes) {
    const [ms, ...more] = await lateness(at, cause)
    expect([cause, more]).toEqual([cause, []])
    expect(ms, cause).toBeLessThanOrEqual(MINUTE)
  }
  console.log(`new causes among many of one: ${at.mails.length} mails, each cause within 60 s`)
  expect(at.mails.length).toBeLessThanOrEqual(9)
  expect(at.slackDown.count.struck).toBeGreaterThan(0)
})

it('gathers new causes that come close together', async () => {
  await using at = await openSecondPath()
  at.slackDown.begin()
  for (let made = 0; made < 60; made++) {
    await fail(at, `code-${made}`)
    await at.clock.advance(1_000)
  }
  await at.clock.advance(2 * MINUTE)
  const told = await at.entries('alert.told')
  expect(told).toHaveLength(60)
  for (const { facts } of told) expect(facts?.ms).toBeLessThanOrEqual(MINUTE)
  expect(at.mails.length).toBeLessThanOrEqual(13)
})

it('tells two new causes that come within seconds in one message, when all that may leave has left', async () => {
  await using at = await openSecondPath()
  at.slackDown.begin()
  for (let made = 0; made < 16; made++) {
    await fail(at, 'http-503')
    await at.clock.advance(5_000)
  }
  const before = at.mails.length
  await fail(at, 'http-401')
  await at.clock.advance(4_000)
  await fail(at, 'http-403')
  await at.clock.advance(46_000)
  const told = [...(await lateness(at, 'http-401')), ...(await lateness(at, 'http-403'))]
  const keys = new Set(
    (await at.entries('alert.told'))
      .filter(({ facts }) => /http-40[13]$/.test(String(facts?.cause)))
      .map(({ key }) => key),
  )
  expect(told).toHaveLength(2)
  for (const ms of told) expect(ms).toBeLessThanOrEqual(MINUTE)
  expect(keys.size).toBe(1)
  expect(at.mails.length).toBeGreaterThan(before)
})

it('keeps its pace over restarts: a process that ends again and again sends no more than one that lives', async () => {
  await using at = await openSecondPath()
  at.slackDown.begin()
  for (let life = 0; life < 30; life++) {
    await fail(at, 'http-503')
    await at.clock.advance(10_000)
    await at.restartPath()
  }
  await at.clock.advance(2 * MINUTE)
  expect(await at.entries('alert.told')).toHaveLength(30)
  // Five minutes and two: three, and one a minute.
  expect(at.mails.length).toBeLessThanOrEqual(9)
})

it('repeats a message that was never noted at its pace alone, life after life', async () => {
  await using at = await openSecondPath()
  at.slackDown.begin()
  const { commit } = at.store
  let died = 0
  at.store.commit = async (change) => {
    if (!change.told) return await commit(change)
    died += 1
    throw new Error('the process ended here')
  }
  await fail(at, 'http-503')
  for (let life = 0; life < 60; life++) {
    await at.clock.advance(10_000)
    await at.restartPath()
  }
  expect(died).toBeGreaterThan(2)
  expect(at.mails.length).toBeLessThanOrEqual(14)
  expect(new Set(at.mails.map(({ key }) => key)).size).toBe(1)
  at.store.commit = commit
})

it('tells of what a storm has grown by since Slack took its card', async () => {
  await using at = await openSecondPath()
  await at.alert({ settledAt: null, cases: ['one'] })
  await at.clock.advance(1_000)
  expect(at.slack.messages).toHaveLength(1)
  at.slackDown.begin()
  await at.clock.advance(MINUTE)
  expect(at.mails).toEqual([])
  await at.alert({ settledAt: null, cases: ['two', 'three'] })
  await at.clock.advance(MINUTE)
  expect(at.slackDown.count.struck).toBeGreaterThan(0)
  expect(at.mails).toHaveLength(1)
  expect(at.mails[0]?.text).toContain('3 things that came from outside cannot be used')
  const [told] = await at.entries('alert.told')
  expect(told?.facts).toMatchObject({ things: 2 })
  expect(told?.facts?.ms).toBeLessThanOrEqual(MINUTE)
})
