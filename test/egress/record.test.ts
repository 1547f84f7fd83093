import { describe, expect, test } from 'vitest'
import { PermanentFailure, PersonNeeded, RetryLater } from '../../src/domain/errors.ts'
import type { HttpRequest } from '../../src/domain/operation.ts'
import { openEgress } from './open-egress.ts'
import { WRITES } from './operations.ts'

describe('the record of a call', () => {
  test('holds the intent before the request arrives and the outcome before the caller acts on it', async () => {
    await using at = await openEgress()
    const atArrival: string[][] = []
    at.vendor.hooks.onRequest = async () => {
      atArrival.push((await at.calls()).map(({ core }) => core.kind))
    }
    at.vendor.faults.push({ kind: 'status', status: 503 })
    const kinds = await at.call(await at.attempt(), WRITES.U).then(() => at.calls())
    expect(atArrival).toEqual([['call.intended'], ['call.intended', 'call.answered', 'call.intended']])
    expect(kinds.map(({ core }) => [core.kind, core.try, core.status])).toEqual([
      ['call.intended', 1, undefined],
      ['call.answered', 1, 503],
      ['call.intended', 2, undefined],
      ['call.answered', 2, 200],
    ])
  })

  test('says who, what, where and under which key, with names and secrets nowhere in the open', async () => {
    await using at = await openEgress()
    await at.call(await at.attempt(), WRITES.U, 'jane@acme.example')
    const [intended, answered] = await at.calls()
    expect(intended?.core).toMatchObject({
      actor: 'purser:engine',
      service: 'vendor',
      operation: 'thing.put',
      class: 'U',
      method: 'PUT',
      url: `${at.vendor.url}/things/{name}`,
      key: expect.stringMatching(/\/make-thing\/-\/vendor\.thing\.put\/0$/),
      digest: expect.stringMatching(/^[\w-]{43}$/),
    })
    for (const entry of [intended, answered]) {
      expect(entry?.bytes).not.toMatch(/jane|swordfish/)
      const opened = entry && at.ledger.open(entry)
      expect(opened?.kind).toBe('open')
      expect(JSON.stringify(opened)).toContain('jane')
      expect(JSON.stringify(opened)).not.toContain('swordfish')
    }
  })

  test('keeps what the operation calls secret of neither the request nor the answer', async () => {
    await using at = await openEgress()
    await at.call(await at.attempt(), { ...WRITES.K, secretFields: ['name'] }, 'open-sesame-1')
    await at.call(await at.attempt(), { ...WRITES.K, name: 'thing.swap', dropBodies: true }, 'open-sesame-2')
    const entries = await at.calls()
    expect(entries.map(({ core }) => core.kind)).toEqual([
      ...['call.intended', 'call.answered'],
      ...['call.intended', 'call.answered'],
    ])
    const kept = entries.map((entry) => JSON.stringify(at.ledger.open(entry)))
    for (const text of kept) expect(text).not.toContain('open-sesame')
    for (const text of kept.slice(0, 2)) expect(text).toContain('[hidden: field]')
  })

  test('nothing is sent when the intent cannot be written, and it is done when there is room again', async () => {
    await using at = await openEgress()
    at.fillDisk(4)
    await expect(at.call(await at.attempt(), WRITES.K)).rejects.toBeInstanceOf(RetryLater)
    expect(at.vendor.received).toEqual([])
    expect(at.summaries).toMatchObject([{ outcome: 'not-sent' }])
    await at.call(await at.attempt(), WRITES.K)
    expect(at.vendor.things).toHaveLength(1)
  })

  test('nothing is sent for an attempt that its step no longer waits for', async () => {
    await using at = await openEgress()
    const scope = await at.attempt()
    await at.loseAttempt()
    await expect(at.call(scope, WRITES.K)).rejects.toMatchObject({ code: 'attempt-lost', consequence: 'permanent' })
    expect(at.vendor.received).toEqual([])
    expect(await at.calls()).toEqual([])
  })

  test('an answer that cannot be written down is no answer: what it may have done is asked for again', async () => {
    await using at = await openEgress()
    let struck = false
    at.vendor.hooks.onRequest = async () => {
      if (!struck) at.fillDisk(1)
      struck = true
    }
    await at.call(await at.attempt(), WRITES.K)
    expect(at.vendor.received).toHaveLength(2)
    expect(at.vendor.things).toHaveLength(1)
    const kinds = (await at.calls()).map(({ core }) => core.kind)
    expect(kinds).toEqual(['call.intended', 'call.intended', 'call.answered'])
  })

  test('an attempt that is lost between two tries sends no second one', async () => {
    await using at = await openEgress()
    at.vendor.faults.push({ kind: 'status', status: 503 })
    at.vendor.hooks.onRequest = () => at.loseAttempt()
    await expect(at.call(await at.attempt(), WRITES.K)).rejects.toMatchObject({ code: 'attempt-lost' })
    expect(at.vendor.received).toHaveLength(1)
  })
})

describe('the way out', () => {
  const to = (request: Partial<HttpRequest>) => ({
    ...WRITES.U,
    request: (): HttpRequest => ({ method: 'GET', path: '/things', ...request }),
  })

  test('a host that is not on the list is refused, however it is written', async () => {
    await using at = await openEgress()
    const urls = [
      'https://evil.example/things',
      `http://127.0.0.1:1/things`,
      `http://vendor@evil.example/things`,
      `http://2130706433/things`,
      'https://127.0.0.1.evil.example/',
      `https://evil.example/${at.vendor.host}`,
      `http://${at.vendor.host}@evil.example/`,
    ]
    for (const url of urls) {
      const call = at.call(await at.attempt(), to({ url }))
      await expect(call, url).rejects.toMatchObject({ code: 'host-not-allowed' })
    }
    expect(at.vendor.received).toEqual([])
    expect(await at.calls()).toEqual([])
  })

  test('a host is on the list as it stands there, and not by how it ends', async () => {
    await using at = await openEgress({
      endpoint: { baseUrl: 'https://vendor.example', allowedHosts: ['vendor.example'] },
    })
    for (const host of ['evil-vendor.example', 'evil.vendor.example', 'vendor.example:8443', 'vendor.example.']) {
      const call = at.call(await at.attempt(), to({ url: `https://${host}/things` }))
      await expect(call, host).rejects.toMatchObject({ code: 'host-not-allowed' })
    }
    expect(await at.calls()).toEqual([])
  })

  test('plain http is refused beyond this machine', async () => {
    await using at = await openEgress({
      endpoint: { baseUrl: 'http://vendor.example', allowedHosts: ['vendor.example'] },
    })
    await expect(at.call(await at.attempt(), to({}))).rejects.toMatchObject({ code: 'not-encrypted' })
  })

  test('a name cannot leave its place in the path, and a missing one is refused', async () => {
    await using at = await openEgress()
    await at.call(await at.attempt(), WRITES.U, '../admin?x=1#y')
    expect(at.vendor.received.at(-1)?.path).toBe('/things/..%2Fadmin%3Fx%3D1%23y')
    await expect(at.call(await at.attempt(), WRITES.U, '')).rejects.toMatchObject({ code: 'missing-path-parameter' })
    await expect(at.call(await at.attempt(), WRITES.U, '..')).rejects.toMatchObject({ code: 'bad-path-parameter' })
    expect(at.vendor.received).toHaveLength(1)
  })

  test('a token that cannot be sent was not sent, and the record says so', async () => {
    await using at = await openEgress({
      endpoint: {
        authorize: async ({ headers }) => {
          headers.authorization = 'Bearer sword\nfish'
        },
      },
    })
    await expect(at.call(await at.attempt(), WRITES.L)).rejects.toMatchObject({ code: 'not-reached' })
    expect(at.vendor.received).toEqual([])
    expect(at.summaries).toMatchObject([{ outcome: 'not-sent' }])
  })

  test('a redirect is refused, not followed', async () => {
    await using at = await openEgress()
    at.vendor.faults.push({ kind: 'status', status: 307, headers: { location: `${at.vendor.url}/elsewhere` } })
    const call = at.call(await at.attempt(), WRITES.K)
    await expect(call).rejects.toBeInstanceOf(PermanentFailure)
    await expect(call).rejects.toMatchObject({ code: 'redirected' })
    expect(at.vendor.received.map(({ path }) => path)).toEqual(['/things'])
  })

  test('nothing listens there: nothing was sent, and the record says so', async () => {
    await using at = await openEgress({
      endpoint: { baseUrl: 'http://127.0.0.1:9', allowedHosts: ['127.0.0.1:9'] },
    })
    await expect(at.call(await at.attempt(), WRITES.L)).rejects.toMatchObject({ code: 'not-reached' })
    const unanswered = (await at.calls()).find(({ core }) => core.kind === 'call.unanswered')
    expect(unanswered?.core.facts).toEqual({ code: 'ECONNREFUSED', sent: false })
    expect(at.summaries).toMatchObject([{ outcome: 'not-sent' }])
  })

  test('a service without settings needs a person', async () => {
    await using at = await openEgress()
    const elsewhere = { ...WRITES.U, service: 'elsewhere' }
    await expect(at.call(await at.attempt(), elsewhere)).rejects.toBeInstanceOf(PersonNeeded)
  })
})
