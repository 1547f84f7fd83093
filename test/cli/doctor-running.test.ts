import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { openDoctorEgress } from '../../src/cli/doctor-egress.ts'
import { checkRunning, runningEndpoint } from '../../src/cli/doctor-running.ts'
import { systemClock } from '../../src/clock.ts'
import type { ServiceHealth } from '../../src/engine/watch-services.ts'
import { metrics } from '../../src/ingress/metrics.ts'
import { TEAM } from '../support/test-ids.ts'
import { memoryStore } from '../support/test-store.ts'

const service = (name: string, state: ServiceHealth['state']): ServiceHealth => ({
  service: name,
  title: name,
  state,
  detail: null,
  at: 1,
})

/** A Purser of which only what monitoring asks is there. */
async function running(health: readonly ServiceHealth[]) {
  const opened = memoryStore()
  const text = await metrics({
    store: opened.store,
    clock: systemClock,
    team: TEAM,
    waiting: () => ({}),
    commits: () => 0,
    engine: { holds: { health: () => health } },
  })
  const server = createServer((_req, res) => res.writeHead(200, { 'content-type': 'text/plain' }).end(text))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const egress = await openDoctorEgress([runningEndpoint({ host: '0.0.0.0', port, metricsToken: null })], systemClock)
  return {
    text,
    check: () => checkRunning(egress.call, new Map([['github', 'GitHub']])),
    async stop() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
    async [Symbol.asyncDispose]() {
      await egress.close()
      await opened[Symbol.asyncDispose]()
      server.closeAllConnections()
      server.close()
    },
  }
}

describe('what the doctor hears of a Purser that runs', () => {
  it('names the service that does not work for it', async () => {
    await using at = await running([service('github', 'down'), service('gusto', 'up'), service('jira', 'unknown')])
    expect(at.text).toContain('purser_service_up{service="github"} 0\n')
    expect(at.text).toContain('purser_service_up{service="gusto"} 1\n')
    expect(at.text).not.toContain('jira')
    expect(await at.check()).toMatchObject([{ verdict: 'wrong', what: 'GitHub, as Purser finds it' }])
  })

  it('is that all of them work, or that it could not be asked', async () => {
    await using at = await running([service('github', 'up'), service('gusto', 'troubled')])
    expect(await at.check()).toMatchObject([{ verdict: 'ok', says: '2 of 2 are working' }])
    await at.stop()
    expect(await at.check()).toMatchObject([{ verdict: 'note', says: expect.stringContaining('PURSER_PORT') }])
  })
})
