import { describe, expect, it } from 'vitest'
import { eventSend, type PagerDutyEvent } from '../../src/connectors/pagerduty/events.ts'
import { createDeadmanSwitch } from '../../src/second-path/deadman-switch.ts'
import { readSecondPath } from '../../src/second-path/read-second-path.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { TEAM } from '../support/test-ids.ts'
import { PagerDutyBody } from './pagerduty-body.ts'

const KEY = 'k'.repeat(32)
const EVENT: PagerDutyEvent = {
  ...{ routingKey: KEY, action: 'trigger', dedupKey: 'x'.repeat(400), summary: 's'.repeat(3_000), source: 'host' },
  ...{ severity: 'error', at: 0, details: { text: 'why' } },
}

describe('an event for PagerDuty', () => {
  it('is as the Events API v2 documents it, whatever the length of what it says', () => {
    const { body, path, method } = eventSend.request(EVENT, {})
    expect({ path, method }).toEqual({ path: '/v2/enqueue', method: 'POST' })
    expect(PagerDutyBody.safeParse(body).error).toBeUndefined()
    const resolved = eventSend.request({ ...EVENT, action: 'resolve' }, {}).body
    expect(PagerDutyBody.parse(resolved)).not.toHaveProperty('payload')
  })

  it('was taken, is refused for good, or is to be sent again, as PagerDuty answers', () => {
    const taken = { status: 'success', message: 'Event processed', dedup_key: 'x' }
    expect(eventSend.answer.parse(taken)).toEqual({ dedupKey: 'x' })
    const judge = (status: number, body: unknown) => eventSend.judge?.({ status, headers: {}, body })
    expect(judge(202, taken)).toBeNull()
    const invalid = {
      status: 'invalid event',
      message: 'Event object is invalid',
      errors: ["'routing_key' is invalid"],
    }
    expect(judge(400, invalid)).toMatchObject({ kind: 'permanent', message: expect.stringContaining('routing_key') })
    expect(judge(429, '')).toMatchObject({ kind: 'retry' })
    expect(judge(503, '')).toMatchObject({ kind: 'retry' })
  })
})

describe('the settings of the second path', () => {
  it('are used when they are right, left alone when they are not set, and told of when they are wrong', () => {
    expect(readSecondPath({})).toEqual({ routingKey: null, deadmanUrl: null, endpoints: [], missing: [] })
    const url = 'https://hc-ping.example/0b1e-secret'
    const read = readSecondPath({ PAGERDUTY_ROUTING_KEY: KEY, DEADMAN_URL: url })
    expect(read).toMatchObject({ routingKey: KEY, deadmanUrl: url, missing: [] })
    expect(read.endpoints.flatMap((endpoint) => endpoint.secrets())).toEqual([KEY, '/0b1e-secret'])
    const wrong = readSecondPath({ PAGERDUTY_ROUTING_KEY: 'short', DEADMAN_URL: 'http://hc-ping.example/x' })
    expect(wrong.missing.map(({ variable }) => variable)).toEqual(['PAGERDUTY_ROUTING_KEY', 'DEADMAN_URL'])
  })
})

describe('the outside switch', () => {
  it('is called every minute while all is well, and left to fall when it is not', async () => {
    const clock = createFakeClock()
    const state = { well: true, calls: 0, errors: 0 }
    const egress = {
      async call() {
        state.calls += 1
      },
    }
    const deadman = createDeadmanSwitch({
      ...{ clock, team: TEAM, url: 'https://hc-ping.example/x', egress: egress as never },
      isWell: async () => state.well,
      onError: () => undefined,
    })
    deadman.start()
    await clock.advance(10 * 60_000)
    expect(state.calls).toBe(11)
    state.well = false
    await clock.advance(10 * 60_000)
    expect(state.calls).toBe(11)
    await deadman.stop()
    expect(clock.waiting()).toBe(0)
  })
})
