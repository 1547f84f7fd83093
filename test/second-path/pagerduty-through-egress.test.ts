import { expect, it } from 'vitest'
import { createEgress } from '../../src/egress/create-egress.ts'
import { createHttpClient } from '../../src/egress/http-client.ts'
import { SANDBOX_ACCESS } from '../../src/sandbox/services/tokens.ts'
import { createPaths } from '../../src/second-path/paths.ts'
import { readSecondPath } from '../../src/second-path/read-second-path.ts'
import { createRedactor } from '../../src/secrets/redact.ts'
import { openServices } from '../sandbox/services/open-services.ts'
import { createLeapingClock } from '../support/leaping-clock.ts'
import { TEAM, testIds } from '../support/test-ids.ts'
import { testKeys } from '../support/test-keys.ts'
import { testLedger } from '../support/test-ledger.ts'
import { memoryStore } from '../support/test-store.ts'

/** Alerts to PagerDuty alone, through the real egress and the real ledger, as the settings of an operator make it. */
async function open({ routingKey = SANDBOX_ACCESS.pagerduty.routingKey as string } = {}) {
  const services = await openServices()
  const settings = readSecondPath({
    PAGERDUTY_ROUTING_KEY: routingKey,
    PAGERDUTY_EVENTS_URL: `${services.url}/pagerduty`,
  })
  expect(settings.missing).toEqual([])
  const clock = createLeapingClock()
  const ids = testIds(clock)
  const opened = memoryStore()
  const held = await testKeys(clock, [TEAM])
  const ledger = testLedger({ store: opened.store, keys: held.keys, clock })
  const { endpoints } = settings
  const redactor = createRedactor({ secrets: () => endpoints.flatMap((endpoint) => [...endpoint.secrets()]) })
  const ports = { store: opened.store, ledger, clock, ids }
  const egress = createEgress({ ...ports, redactor, http: createHttpClient(), random: () => 0, endpoints })
  const errors: unknown[] = []
  const paths = createPaths({
    ...{ ...ports, egress, sendMail: null, routingKey: settings.routingKey },
    onError: (error) => errors.push(error),
  })
  const about = { team: TEAM, subjects: [] }
  const mail = { subject: 'Purser: 1 alert is not in Slack', text: `GitHub answers 503; somebody pasted ${routingKey}` }
  return {
    services,
    clock,
    errors,
    routingKey,
    tell: () => paths.tell({ replaces: [], key: 'purser/1', about, since: clock.now(), mail: () => mail }),
    end: () => paths.end({ keys: ['purser/1'], about, mail, answers: 'purser/1' }),
    fault: (order: object) => services.control('POST', '/faults', { service: 'pagerduty', ...order }),
    /** How often the faults that were ordered struck. */
    async struck(): Promise<number> {
      const { requests } = await services.control('GET', '/log/pagerduty')
      return requests.filter(({ fault }: { fault?: string }) => fault !== undefined).length
    },
    incidents: async () => (await services.control('GET', '/state/pagerduty')).incidents,
    /** Entries in order; each whole, as an auditor with all keys reads it. */
    async record() {
      const entries = (await opened.store.entries({ team: TEAM }, null, 100)).toReversed()
      return entries.map((entry) => ({ core: entry.core, opened: ledger.open(entry), bytes: entry.bytes }))
    },
    async [Symbol.asyncDispose]() {
      await egress.close()
      held[Symbol.dispose]()
      await opened[Symbol.asyncDispose]()
      await services.close()
    },
  }
}

type At = Awaited<ReturnType<typeof open>>

const callsOf = async (at: At) =>
  (await at.record()).map(({ core }) => `${core.kind} ${core.try}${core.status === undefined ? '' : ` ${core.status}`}`)

async function expectNoKey(at: At): Promise<void> {
  const record = await at.record()
  expect(record.length).toBeGreaterThan(0)
  // What was sent is there to be read, or the absence of the key would show nothing.
  expect(JSON.stringify(record.map(({ opened }) => opened))).toContain('purser/1')
  expect(JSON.stringify(record)).not.toContain(at.routingKey)
  expect(JSON.stringify(at.errors.map(String))).not.toContain(at.routingKey)
}

it('an alert that PagerDuty takes, and its end, are in the ledger with intent and outcome, without the key', async () => {
  await using at = await open()
  expect(await at.tell()).toEqual(['pagerduty'])
  expect(await at.incidents()).toMatchObject([{ key: 'purser/1', status: 'triggered', events: 1 }])
  expect(await at.end()).toBe(true)
  expect(await at.incidents()).toMatchObject([{ key: 'purser/1', status: 'resolved', events: 1 }])
  const record = await at.record()
  expect(await callsOf(at)).toEqual([
    ...['call.intended 1', 'call.answered 1 202'],
    ...['call.intended 1', 'call.answered 1 202'],
  ])
  for (const { core } of record) {
    expect(core).toMatchObject({ actor: 'purser:alerts', service: 'pagerduty', operation: 'event.send' })
  }
  const shown = JSON.stringify(record.map(({ opened }) => opened))
  expect(shown).toContain('GitHub answers 503')
  expect(shown).toContain('[hidden')
  await expectNoKey(at)
})

it.each([
  ['503', 503],
  ['429', 429],
])(
  'an alert that PagerDuty answers with %s is sent again, with each try in the ledger, and is one incident',
  async (kind, status) => {
    await using at = await open()
    await at.fault({ kind, times: 1 })
    expect(await at.tell()).toEqual(['pagerduty'])
    expect(await at.struck()).toBe(1)
    expect(await callsOf(at)).toEqual([
      ...['call.intended 1', `call.answered 1 ${status}`],
      ...['call.intended 2', 'call.answered 2 202'],
    ])
    expect(at.clock.sleeps.length).toBeGreaterThan(0)
    expect(await at.incidents()).toMatchObject([{ key: 'purser/1', events: 1 }])
    await expectNoKey(at)
  },
)

it('an alert whose answer was lost is sent again under its key, and stays one incident', async () => {
  await using at = await open()
  await at.fault({ kind: 'lost-answer', times: 1 })
  expect(await at.tell()).toEqual(['pagerduty'])
  expect(await at.struck()).toBe(1)
  expect((await callsOf(at)).map((call) => call.replace(/ .*/, ''))).toEqual([
    ...['call.intended', 'call.unanswered'],
    ...['call.intended', 'call.answered'],
  ])
  expect(await at.incidents()).toMatchObject([{ key: 'purser/1', status: 'triggered', events: 2 }])
  await expectNoKey(at)
})

it('an alert that PagerDuty does not take in two tries was told to nobody, and is no incident', async () => {
  await using at = await open()
  await at.fault({ kind: '503' })
  expect(await at.tell()).toEqual([])
  expect(await at.struck()).toBe(2)
  expect(at.errors).toHaveLength(1)
  expect(await at.incidents()).toEqual([])
  await expectNoKey(at)
})

it('a wrong key is refused once and not tried again; what says so does not name it', async () => {
  await using at = await open({ routingKey: 'wrongKeyOfNobody0123456789abcdef' })
  expect(await at.tell()).toEqual([])
  expect(await callsOf(at)).toEqual(['call.intended 1', 'call.answered 1 400'])
  expect(String(at.errors[0])).toContain("'routing_key' is invalid")
  await expectNoKey(at)
})
