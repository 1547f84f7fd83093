import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRedactor } from '../../src/secrets/redact.ts'
import { cpuMs } from '../support/cpu-time.ts'

const SECRET = 'pl4nted/Secret+with=odd&signs "quoted" 0123456789'
const PEM = `-----BEGIN PRIVATE KEY-----\n${'MIIEvQ'.repeat(10)}\n${'kqhkiG'.repeat(10)}\n-----END PRIVATE KEY-----\n`
const redactor = createRedactor({ secrets: () => [SECRET, PEM, 'short'] })
const redact = (body: unknown, secretFields: readonly string[] = []) =>
  redactor.redactCall({ headers: {}, body, secretFields }).body

describe('headers', () => {
  test('those that are listed are kept, of all others the name alone', () => {
    const { headers } = redactor.redactCall({
      headers: {
        'Content-Type': 'application/json',
        'retry-after': '30',
        'X-RateLimit-Remaining': '12',
        'x-github-request-id': 'ABCD:1',
        'x-slack-req-id': 'f00',
        'Idempotency-Key': 'run/step',
        AUTHORIZATION: 'Basic dXNlcjpwYXNz',
        'x-api-key': 'k',
        'Set-Cookie': 'session=1',
        'x-forwarded-user': 'jane',
        location: `https://api.example/users/1?token=abc&x=1#${SECRET}`,
        date: `Mon ${SECRET}`,
        absent: undefined,
      },
      body: undefined,
      secretFields: [],
    })
    expect(headers).toEqual({
      'Content-Type': 'application/json',
      'retry-after': '30',
      'X-RateLimit-Remaining': '12',
      'x-github-request-id': 'ABCD:1',
      'x-slack-req-id': 'f00',
      'Idempotency-Key': 'run/step',
      AUTHORIZATION: '[hidden: header]',
      'x-api-key': '[hidden: header]',
      'Set-Cookie': '[hidden: header]',
      'x-forwarded-user': '[hidden: header]',
      location: 'https://api.example/users/1',
      date: 'Mon [hidden: secret]',
    })
  })
})

describe('fields', () => {
  const names = [
    ...['password', 'Pass_Word', 'newPassword', 'token', 'access_token', 'accessToken', 'REFRESH-TOKEN', 'id_token'],
    ...['client_secret', 'clientSecret', 'assertion', 'ssn', 'date_of_birth', 'dateOfBirth', 'hashFunction'],
    ...['upload_url', 'response_url', 'Authorization', 'private_key', 'api_key', 'X-Api-Key', 'bot_access_token'],
  ]
  test.each(names)('%s is hidden at any depth, whatever it holds', (name) => {
    const value = { [name]: 'v-123' }
    expect(redact(value)).toEqual({ [name]: '[hidden: field]' })
    expect(redact({ a: [{ b: value }] })).toEqual({ a: [{ b: { [name]: '[hidden: field]' } }] })
    expect(redact({ [name]: { inner: ['v-123'] } })).toEqual({ [name]: '[hidden: field]' })
    expect(redact({ [name]: 42 })).toEqual({ [name]: '[hidden: field]' })
    expect(redact(JSON.stringify(value))).toBe(JSON.stringify({ [name]: '[hidden: field]' }))
  })

  test('the operation’s own names are hidden for it alone, however they are written', () => {
    expect(redact({ compensationRate: 100, other: 1 }, ['compensation_rate'])).toEqual({
      compensationRate: '[hidden: field]',
      other: 1,
    })
    expect(redact({ compensationRate: 100 })).toEqual({ compensationRate: 100 })
  })

  test('a pair of name and value is a field, too', () => {
    expect(
      redact([
        { name: 'password', value: 'v-123' },
        { key: 'color', value: 'red' },
      ]),
    ).toEqual([
      { name: 'password', value: '[hidden: field]' },
      { key: 'color', value: 'red' },
    ])
  })

  test('what is empty, and tokens that are places in a list, are shown', () => {
    const body = {
      password: null,
      token: '',
      ssn: false,
      nextPageToken: 'p2',
      syncToken: 's',
      tokens: 3,
      secretary: 'J',
    }
    expect(redact(body)).toEqual(body)
  })

  test.each([
    ['https://a.example/x?token=abc&page=2', 'https://a.example/x?token=[hidden: field]&page=2'],
    ['grant_type=x&client_secret=abc', 'grant_type=x&client_secret=[hidden: field]'],
    ['https://a.example/cb#access_token=abc', 'https://a.example/cb#access_token=[hidden: field]'],
    ['https://user:pw@a.example/', 'https://[hidden: secret]@a.example/'],
    ['failed: {"password":"ab\\"c","n":1}', 'failed: {"password":"[hidden: field]","n":1}'],
    ['said "{\\"token\\":\\"abc\\"}"', 'said "{\\"token\\":\\"[hidden: field]\\"}"'],
    ['failed {"ssn":123456789}', 'failed {"ssn":"[hidden: field]"}'],
    ['Authorization: Basic YWJj', 'Authorization: [hidden: field]'],
  ])('a text that holds them is cleaned: %s', (text, clean) => {
    expect(redactor.scrubText(text)).toBe(clean)
    expect(redact({ text })).toEqual({ text: clean })
  })
})

describe('loaded secrets', () => {
  const twice = JSON.stringify(JSON.stringify(SECRET)).slice(3, -3)
  const forms: [string, string][] = [
    ['as it is', SECRET],
    ['URL-encoded', encodeURIComponent(SECRET)],
    ['URL-encoded in lower case', encodeURIComponent(SECRET).replace(/%../g, (code) => code.toLowerCase())],
    ['in a form', new URLSearchParams({ a: SECRET }).toString().slice(2)],
    ['JSON-escaped', JSON.stringify(SECRET).slice(1, -1)],
    ['JSON-escaped twice', twice],
    ['base64', Buffer.from(SECRET).toString('base64')],
    ['base64url', Buffer.from(SECRET).toString('base64url')],
    ['base64 behind one byte', Buffer.from(`u${SECRET}:x`).toString('base64')],
    ['base64 behind two bytes', Buffer.from(`u:${SECRET}:x`).toString('base64')],
    ['base64 behind three bytes', Buffer.from(`us:${SECRET}:x`).toString('base64')],
    ['a line of a key in several lines', PEM.split('\n')[1] ?? ''],
    ['a key in several lines', PEM],
    ['a key in several lines, JSON-escaped', JSON.stringify(PEM)],
  ]
  test.each(forms)('are hidden %s', (_, form) => {
    const shown = redactor.scrubText(`before ${form} after`)
    expect(shown).toMatch(/^before .*\[hidden: secret\].* after$/s)
    // At the edges of base64 a character or two belong to the neighbours as well.
    const left = shown
      .replace(/^before /, '')
      .replace(/ after$/, '')
      .replaceAll('[hidden: secret]', '')
    expect(left.length).toBeLessThanOrEqual(form.startsWith('-----') || form.startsWith('"') ? 60 : 8)
    expect(redact({ deep: [{ x: form }] })).not.toEqual({ deep: [{ x: form }] })
    expect(redact({ [form]: 1 })).not.toHaveProperty([form])
  })

  test('shorter ones than eight characters are left: they occur by chance', () => {
    expect(redactor.scrubText('a short text')).toBe('a short text')
  })

  test('one that begins with another is hidden whole', () => {
    const both = createRedactor({ secrets: () => ['abcdefgh', 'abcdefgh-and-more'] })
    expect(both.scrubText('abcdefgh-and-more')).toBe('[hidden: secret]')
  })

  test('one that was rotated is hidden on, and so is the new one', () => {
    let secrets = ['first-token-1']
    const rotating = createRedactor({ secrets: () => secrets })
    rotating.scrubText('a text that is long enough')
    secrets = ['second-token-2']
    expect(rotating.scrubText('first-token-1 second-token-2')).toBe('[hidden: secret] [hidden: secret]')
  })

  test.each([
    'xoxb-1234567890-abcdef',
    'xoxe.xoxp-1-Mi0yLTEyMzQ',
    'ghp_abcdefghijklmnopqrstuvwxyz0123456789',
    'sk_live_abcdefgh12345678',
    'Bearer abcdefgh.ijkl',
    'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJhIn0.c2lnbmF0dXJl',
    'hooks.slack.com/services/T0/B0/abcdefgh',
  ])('what looks like a token is hidden though nobody loaded it: %s', (token) => {
    expect(redact({ note: `see ${token}, please` })).toEqual({ note: 'see [hidden: secret], please' })
  })

  test('JSON stays JSON when it is scrubbed as a text (property)', () => {
    const word = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'token',
        'password',
        '-----BEGIN PRIVATE KEY-----',
        '-----END PRIVATE KEY-----',
        '?token=',
        '":"',
      ),
      fc.constantFrom(
        ...forms.map(([, form]) => form),
        'ends\\\\',
        '{"token":"x"}',
        'Bearer 12345678',
        'authorization: "',
      ),
    )
    const value = fc.oneof(word, fc.array(word), fc.dictionary(word, word), fc.integer())
    let hidden = 0
    fc.assert(
      fc.property(fc.dictionary(word, value), (body) => {
        const text = redactor.scrubText(JSON.stringify(body))
        if (text.includes('[hidden: ')) hidden += 1
        expect(() => JSON.parse(text) as unknown).not.toThrow()
      }),
      { numRuns: 500 },
    )
    expect(hidden).toBeGreaterThan(100)
  })

  test('no text made of secrets and noise shows one (property)', () => {
    const part = fc.oneof(fc.string(), fc.constantFrom(...forms.slice(0, 6).map(([, form]) => form)))
    let planted = 0
    fc.assert(
      fc.property(fc.array(part), fc.constantFrom(' ', '/', '"', '&a=', '\n'), (parts, between) => {
        const text = parts.join(between)
        if (text.includes('pl4nted')) planted += 1
        expect(redactor.scrubText(text)).not.toContain('pl4nted')
      }),
      { numRuns: 200 },
    )
    expect(planted).toBeGreaterThan(50)
  })
})

describe('any body', () => {
  test('ordinary ones come out as they went in, and are not changed themselves', () => {
    const body = { id: 1, name: 'Jane Doe', list: [true, null, 'text', { n: 1.5 }], empty: {}, '': 'x' }
    const before = structuredClone(body)
    const kept = redact(body)
    expect(kept).toEqual(before)
    expect(kept).not.toBe(body)
    expect(redact(undefined)).toBeUndefined()
    expect(redact('plain')).toBe('plain')
  })

  test('what JSON does not know is named', () => {
    const cycle: Record<string, unknown> = { a: 1 }
    cycle.self = cycle
    expect(redact(cycle)).toEqual({ a: 1, self: '[cycle]' })
    const shared = { x: 1 }
    expect(redact([shared, shared])).toEqual([shared, shared])
    expect(redact(Buffer.alloc(3))).toBe('[binary: 3 bytes]')
    expect(redact(new Date(0))).toBe('1970-01-01T00:00:00.000Z')
    expect(redact(new Date(Number.NaN))).toBe('[no date]')
    expect(redact(10n)).toBe('10')
    expect(redact(Symbol('x'))).toBe('[symbol]')
    expect(redact(() => 1)).toBe('[function]')
    expect(redact(new Map([['token', 'abc']]))).toEqual({ token: '[hidden: field]' })
    expect(redact(new Set([1]))).toEqual([1])
    expect(redact(new Error(`no ${SECRET}`))).toBe('Error: no [hidden: secret]')
  })

  test('a getter that throws makes the body unreadable, not the call impossible', () => {
    const trap = {
      get broken(): string {
        throw new Error('trap')
      },
    }
    expect(redact(trap)).toBe('[unreadable]')
  })

  test('a member named __proto__ is kept as a member', () => {
    const kept = redact(JSON.parse('{"__proto__":{"token":"abc"}}'))
    expect(JSON.stringify(kept)).toBe('{"__proto__":{"token":"[hidden: field]"}}')
    expect(Object.getPrototypeOf(kept)).toBe(Object.prototype)
  })

  test('nesting without end is cut', () => {
    let deep: unknown = 'end'
    for (let level = 0; level < 5000; level += 1) deep = [deep]
    const text = JSON.stringify(redact(deep))
    expect(text).toContain('[too deep]')
    expect(text.length).toBeLessThan(200)
  })

  test.each([
    ['a list', Array.from({ length: 5000 }, (_, index) => ({ index, text: 'some text of a list' }))],
    ['a text', 'some text '.repeat(20_000)],
    ['an object', Object.fromEntries(Array.from({ length: 9000 }, (_, index) => [`name-${index}`, 'text']))],
    ['a text in an object', { text: 'x'.repeat(300_000) }],
    ['JSON as text', JSON.stringify({ list: Array.from({ length: 9000 }, () => 'some text') })],
  ])('%s beyond 64 kB is cut, with the size and the digest of the whole', (_, body) => {
    const text = JSON.stringify(redact(body))
    expect(text.length).toBeLessThan(80_000)
    expect(text.length).toBeGreaterThan(40_000)
    const whole = typeof body === 'string' ? body : JSON.stringify(body)
    expect(text).toContain(`[cut: the whole has ${Buffer.byteLength(whole)} bytes, SHA-256 `)
  })

  test('no half of a secret is left at the cut', () => {
    for (let shift = 0; shift < 60; shift += 7) {
      const text = JSON.stringify(redact(`${'x'.repeat(65_536 - shift)}${SECRET}${'y'.repeat(90_000)}`))
      expect(text).not.toContain('pl4n')
    }
  })

  test('whatever it is, it comes out as JSON and without the secret (property)', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true }), (value) => {
        const { body } = redactor.redactCall({ headers: {}, body: { value, note: SECRET }, secretFields: ['x'] })
        expect(JSON.stringify(body)).not.toContain('pl4nted')
      }),
      { numRuns: 300 },
    )
  })
})

test('texts that are made to be slow are not', async () => {
  const slow = ['eyJaaaaaaaa-', '-----BEGIN PRIVATE KEY-----', '"a"', '\\"a\\":\\"', 'a://b', 'xoxb-', '?a', 'a@']
  const took = await cpuMs(() => {
    for (const part of slow) redactor.scrubText(part.repeat(Math.ceil(64_000 / part.length)))
  })
  expect(took).toBeLessThan(10_000)
})
