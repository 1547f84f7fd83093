import { describe, expect, it } from 'vitest'
import { SANDBOX_ACCESS } from '../../../src/sandbox/services/tokens.ts'
import { openServices } from './open-services.ts'

const { routingKey } = SANDBOX_ACCESS.pagerduty
const event = (parts: object = {}) => ({
  routing_key: routingKey,
  event_action: 'trigger',
  dedup_key: 'purser/1',
  payload: { summary: 'GitHub fails', source: 'purser', severity: 'critical', custom_details: { run: '1a2b3c4d' } },
  ...parts,
})

describe('the PagerDuty fake', () => {
  it('makes one incident of the events with one key, until it is resolved', async () => {
    await using services = await openServices()
    const send = (body: object) => services.send('POST', '/pagerduty/v2/enqueue', { body })
    const answers = [await send(event()), await send(event()), await send(event({ event_action: 'resolve' }))]
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202])
    expect(answers[0]?.body).toEqual({ status: 'success', message: 'Event processed', dedup_key: 'purser/1' })
    await send(event())
    expect((await services.control('GET', '/state/pagerduty')).incidents).toMatchObject([
      { key: 'purser/1', status: 'resolved', events: 2, summary: 'GitHub fails', details: { run: '1a2b3c4d' } },
      { key: 'purser/1', status: 'triggered', events: 1, resolvedAt: null },
    ])
    const { effects } = await services.control('GET', '/log/pagerduty')
    const kinds = effects.map(({ kind }: { kind: string }) => kind)
    expect(kinds).toEqual(['incident.triggered', 'incident.resolved', 'incident.triggered'])
  })

  it('takes a resolve of what is not open, and does nothing', async () => {
    await using services = await openServices()
    const resolve = event({ event_action: 'resolve', payload: undefined })
    expect((await services.send('POST', '/pagerduty/v2/enqueue', { body: resolve })).status).toBe(202)
    expect((await services.control('GET', '/state/pagerduty')).incidents).toEqual([])
  })

  it.each([
    ['a key that is not the service’s', { routing_key: 'x'.repeat(32) }, /routing_key/],
    ['nothing that says what happened', { payload: undefined }, /payload/],
    ['a severity that it does not know', { payload: { ...event().payload, severity: 'bad' } }, /severity/],
  ])('refuses %s', async (_, parts, says) => {
    await using services = await openServices()
    const answer = await services.send('POST', '/pagerduty/v2/enqueue', { body: event(parts) })
    expect(answer).toMatchObject({ status: 400, body: { status: 'invalid event' } })
    expect(answer.body.errors.join()).toMatch(says)
  })

  it('can be broken like the others', async () => {
    await using services = await openServices()
    await services.control('POST', '/faults', { service: 'pagerduty', kind: '503', times: 1 })
    expect((await services.send('POST', '/pagerduty/v2/enqueue', { body: event() })).status).toBe(503)
    expect((await services.send('POST', '/pagerduty/v2/enqueue', { body: event() })).status).toBe(202)
  })
})
