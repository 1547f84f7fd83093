import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type Signed, VERIFIERS } from '../../src/ingress/signatures.ts'

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()

describe('Standard Webhooks', () => {
  // The vector that the specification's own libraries are tested with.
  const vector = {
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    at: 1_614_265_330,
    body: '{"test": 2432232314}',
    signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  }
  const verify = (parts: Partial<Signed> & { signature?: string; at?: string; id?: string } = {}) =>
    VERIFIERS['standard-webhooks']({
      body: Buffer.from(vector.body),
      headers: {
        'webhook-id': parts.id ?? vector.id,
        'webhook-timestamp': parts.at ?? String(vector.at),
        'webhook-signature': parts.signature ?? vector.signature,
      },
      secrets: [vector.secret],
      now: vector.at * 1000,
      ...parts,
    })

  it('takes the published vector, for five minutes either way', () => {
    expect(verify()).toBe(true)
    expect(verify({ now: (vector.at + 300) * 1000 })).toBe(true)
    expect(verify({ now: (vector.at - 300) * 1000 })).toBe(true)
    expect(verify({ now: (vector.at + 301) * 1000 })).toBe(false)
    expect(verify({ now: (vector.at - 301) * 1000 })).toBe(false)
  })

  it('takes one of several signatures, and one of several secrets', () => {
    expect(verify({ signature: `v1,AAAA v1a,other ${vector.signature}` })).toBe(true)
    expect(verify({ secrets: ['whsec_b3RoZXI=', vector.secret] })).toBe(true)
  })

  it.each<[string, Parameters<typeof verify>[0]]>([
    ['another body', { body: Buffer.from('{"test": 2432232315}') }],
    ['another id', { id: 'msg_other' }],
    ['no id', { id: '' }],
    ['another time', { at: String(vector.at + 1) }],
    ['a time that is none', { at: '1e9' }],
    ['no signature', { signature: '' }],
    ['another version of signatures', { signature: vector.signature.replace('v1,', 'v2,') }],
    ['a signature that is cut', { signature: vector.signature.slice(0, -6) }],
    ['another secret', { secrets: ['whsec_b3RoZXI='] }],
    ['no secret', { secrets: [] }],
  ])('refuses %s', (_what, parts) => {
    expect(verify(parts)).toBe(false)
  })
})

describe('Stripe', () => {
  const body = '{"id":"evt_1"}'
  const sign = (at: number, secret = 'whsec_a') => hmac(secret, `${at}.${body}`).toString('hex')
  const verify = (header: string, now = 1_000) =>
    VERIFIERS.stripe({
      ...{ body: Buffer.from(body), headers: { 'stripe-signature': header }, secrets: ['whsec_a'], now: now * 1000 },
    })

  it('takes t and v1, also beside an older scheme and another secret’s', () => {
    expect(verify(`t=1000,v1=${sign(1000)}`)).toBe(true)
    expect(verify(`t=1000, v0=00, v1=${sign(1000, 'old')}, v1=${sign(1000)}`, 1_300)).toBe(true)
  })

  it.each([
    ['too old', `t=699,v1=${sign(699)}`],
    ['of the future', `t=1301,v1=${sign(1301)}`],
    ['of another time', `t=1001,v1=${sign(1000)}`],
    ['of another secret', `t=1000,v1=${sign(1000, 'old')}`],
    ['without a time', `v1=${sign(1000)}`],
    ['of the older scheme', `t=1000,v0=${sign(1000)}`],
    ['that is none', 'x'],
  ])('refuses one %s', (_what, header) => {
    expect(verify(header)).toBe(false)
  })
})

describe('GitHub', () => {
  const verify = (header: string, body = 'Hello, World!') =>
    VERIFIERS.github({
      ...{ body: Buffer.from(body), headers: { 'x-hub-signature-256': header }, now: 0 },
      secrets: ["It's a Secret to Everybody"],
    })
  const vector = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17'

  it('takes the published vector', () => {
    expect(verify(vector)).toBe(true)
    expect(verify(vector.toUpperCase().replace('SHA256', 'sha256'))).toBe(true)
  })

  it.each([
    ['another body', vector, 'Hello, World?'],
    ['the older scheme', vector.replace('sha256', 'sha1'), undefined],
    ['no scheme', vector.slice(7), undefined],
    ['a signature that is cut', vector.slice(0, -2), undefined],
    ['none', '', undefined],
  ])('refuses %s', (_what, header, body) => {
    expect(verify(header, body)).toBe(false)
  })
})
