import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLog, type LogFields } from '../src/log.ts'
import { createRedactor } from '../src/secrets/redact.ts'

const TOKEN = 'pl4nted-token-0123456789'

function capture(level: 'debug' | 'info' = 'info') {
  const lines: string[] = []
  const { scrubText } = createRedactor({ secrets: () => [TOKEN] })
  const log = createLog({
    level,
    clock: { now: () => 1_760_000_000_000 },
    scrubText,
    destination: { write: (line: string) => void lines.push(line) },
  })
  return { log, lines, last: (): Record<string, unknown> => JSON.parse(lines.at(-1) ?? '') as Record<string, unknown> }
}

test('a line says when, how grave, what and about what', () => {
  const { log, lines, last } = capture()
  log.warn('The service is not configured', { service: 'github', count: 503 })
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(/\n$/)
  expect(last()).toEqual({
    level: 40,
    time: 1_760_000_000_000,
    service: 'github',
    count: 503,
    msg: 'The service is not configured',
  })
  log.debug('not at this level')
  expect(lines).toHaveLength(1)
})

test('fields that are not listed are left out and named', () => {
  const { log, last, lines } = capture()
  const fields = {
    code: 'code-1',
    headers: { Authorization: 'x' },
    body: 'b',
    path: { href: 'h' },
  } as unknown as LogFields
  log.info('x', fields)
  expect(last()).toMatchObject({ code: 'code-1', dropped: ['headers', 'body', 'path'] })
  expect(lines[0]).not.toContain('Authorization')
})

describe('planted tokens', () => {
  const error = (): Error => {
    const failure = new Error(`GET https://a.example/?x=${TOKEN} failed`, { cause: new Error(`cause ${TOKEN}`) })
    return Object.assign(failure, { config: { headers: { Authorization: TOKEN } }, response: TOKEN })
  }
  const unlisted = (fields: unknown): LogFields => fields as LogFields
  const planted: [string, (log: ReturnType<typeof capture>['log']) => void][] = [
    ['in a nested field', (log) => log.info('x', unlisted({ a: { b: { c: { token: TOKEN } } } }))],
    [
      'in a header of another case',
      (log) => log.info('x', unlisted({ headers: { AUTHORIZATION: `Bearer ${TOKEN}` } })),
    ],
    ['in the query of a URL', (log) => log.info('x', { path: `https://a.example/?q=${encodeURIComponent(TOKEN)}` })],
    ['in the message of an error', (log) => log.error('x', { err: error() })],
    ['in the stack of an error', (log) => log.error('x', { err: Object.assign(new Error('y'), { stack: TOKEN }) })],
    ['in the message text', (log) => log.info(`sent ${TOKEN}`)],
    ['in a field', (log) => log.info('x', unlisted({ token: TOKEN, code: TOKEN }))],
    ['in what was thrown', (log) => log.error('x', { err: TOKEN })],
    ['in base64', (log) => log.info(Buffer.from(`user:${TOKEN}`).toString('base64'))],
  ]
  test.each(planted)('none leaks %s', (_, write) => {
    const { log, lines } = capture()
    write(log)
    expect(lines).toHaveLength(1)
    expect(lines[0]).not.toContain('pl4nted')
    expect(lines[0]).not.toContain(Buffer.from('nted-token-0123').toString('base64').slice(2, -4))
    expect(() => JSON.parse(lines[0] ?? '') as unknown).not.toThrow()
  })

  test('without the scrub, the same lines would show six of them', () => {
    const lines: string[] = []
    const destination = { write: (line: string) => void lines.push(line) }
    const log = createLog({ level: 'info', clock: { now: () => 0 }, scrubText: (line) => line, destination })
    for (const [, write] of planted) write(log)
    expect(lines.filter((line) => line.includes('pl4nted')).length).toBe(6)
  })
})

test('an error is told with its code, hint and causes, and without its other fields', () => {
  const { log, last } = capture()
  const cause = Object.assign(new Error('socket'), { code: 'ECONNRESET', request: 'whole request' })
  log.error('x', { err: Object.assign(new Error('failed', { cause }), { hint: 'try again' }) })
  expect(last().err).toEqual({
    name: 'Error',
    message: 'failed',
    hint: 'try again',
    stack: expect.stringContaining('log.test.ts') as string,
    cause: { name: 'Error', message: 'socket', code: 'ECONNRESET', stack: expect.any(String) as string },
  })
  const endless = new Error('round')
  endless.cause = endless
  log.error('y', { err: endless })
  expect(JSON.stringify(last()).match(/"message":"round"/g)).toHaveLength(6)
})

test('addresses are hidden: nobody could erase them here', () => {
  const { log, last } = capture()
  log.info('no account for jane.doe+x@mail.acme.example yet')
  expect(last().msg).toBe('no account for [hidden: address] yet')
})

test('every line stays JSON, whatever is said (property)', () => {
  const { log, lines } = capture()
  let written = 0
  const noise = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('token="', '{"password":"', '\\"token\\":\\"', '?token=\\', 'authorization: "', TOKEN, '@a.b'),
  )
  fc.assert(
    fc.property(fc.array(noise), (parts) => {
      log.info(parts.join(''), { code: parts.join(' '), err: new Error(parts.join('"')) })
      written += 1
      expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ level: 30 })
      expect(lines.at(-1)).not.toContain(TOKEN)
    }),
    { numRuns: 300, examples: [[['\u0000', '@a.b']], [['\\', 'jane@acme.example']]] },
  )
  expect(written).toBeGreaterThanOrEqual(300)
})
