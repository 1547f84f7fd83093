import { describe, expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { CONNECTORS } from '../../src/connectors/index.ts'
import { causeOf } from '../../src/domain/cause.ts'
import { toStepFailure } from '../../src/domain/step-failure.ts'
import { openServices } from '../sandbox/services/open-services.ts'
import { openWire, sandboxEnvironment } from './open-wire.ts'
import { SETTINGS } from './samples.ts'

const HOUR = 3_600_000
/** A clock that is wrong by hours: Google takes no assertion of such a time. */
const wrongClock = { ...systemClock, now: () => systemClock.now() - 3 * HOUR }

/** What is set wrong, and what the hint names. */
const REFUSED: Readonly<Record<string, { env: Record<string, string>; names: string }>> = {
  google: { env: {}, names: 'GOOGLE_SERVICE_ACCOUNT_KEY' },
  jira: { env: { JIRA_API_TOKEN: 'revoked' }, names: 'JIRA_API_TOKEN' },
  github: { env: { GITHUB_TOKEN: 'revoked' }, names: 'GITHUB_TOKEN' },
  salesforce: { env: { SALESFORCE_CLIENT_SECRET: 'revoked' }, names: 'SALESFORCE_CLIENT_SECRET' },
  gusto: { env: { GUSTO_API_TOKEN: 'revoked' }, names: 'GUSTO_API_TOKEN' },
}
const others = CONNECTORS.map(({ connector }) => connector).filter(({ service }) => service !== 'slack')

it('every connector has a probe: a read of its own service that says nothing of anybody', () => {
  expect(CONNECTORS.map(({ connector }) => connector.service).sort()).toEqual(Object.keys(SETTINGS).sort())
  for (const { connector } of CONNECTORS) {
    const { probe, service } = connector
    expect([service, probe.class, probe.service]).toEqual([service, 'R', service])
    expect(probe.anonymous ?? false).toBe(false)
    if (service !== 'slack') expect(probe.keep?.({ somebody: 'jane@acme.example' }, {})).toBeNull()
  }
})

describe.each(others)('a look at $service', ({ service, probe }) => {
  const once = { tries: 1, withinMs: 10_000, firstDelayMs: 0 }
  const look = async (wire: ReturnType<typeof openWire>) => {
    return await wire.egress.call({ operation: probe, input: {}, scope: { ...wire.scope, tries: once } }).then(
      () => null,
      (error: unknown) => toStepFailure(error),
    )
  }

  it('finds that it answers, and that it is down as long as it is', async () => {
    const services = await openServices()
    await using wire = openWire(sandboxEnvironment({ services: services.url }))
    expect(await look(wire)).toBeNull()
    await services.control('POST', '/faults', { service, kind: '503' })
    const failure = await look(wire)
    expect(failure).toMatchObject({ service, status: 503 })
    expect(failure && causeOf(failure)).toBe('failing')
    await services.control('DELETE', '/faults')
    expect(await look(wire)).toBeNull()
    await services.close()
  })

  it('tells refused credentials apart, with the setting that mends them', async () => {
    const { env, names } = REFUSED[service] ?? { env: {}, names: '' }
    const services = await openServices()
    const settings = { ...sandboxEnvironment({ services: services.url }), ...env }
    await using wire = openWire(settings, service === 'google' ? wrongClock : systemClock)
    const failure = await look(wire)
    expect(failure?.hint).toContain(names)
    expect(failure && causeOf(failure)).toBe('credentials')
    await services.close()
  })

  it('neither meets nor uses up a fault that is counted for what processes send', async () => {
    const services = await openServices()
    await using wire = openWire(sandboxEnvironment({ services: services.url }))
    await services.control('POST', '/faults', { service, kind: '503', times: 1 })
    expect(await look(wire)).toBeNull()
    expect(await services.control('GET', `/faults?service=${service}`)).toMatchObject([{ fired: 0 }])
    await services.close()
  })
})
