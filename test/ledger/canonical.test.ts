import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EntryCore, EntryKind } from '../../src/domain/entry.ts'
import { canonical } from '../../src/ledger/canonical.ts'

const uuid = fc.uuid({ version: 7 })
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }).map((value) => value.toWellFormed()),
  fc.constantFrom('"', '\\', '\u2028', '\u0000', '\u001f', '\u007f', '😀', 'é', 'é', '/', '\n'),
)
const factName = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_.-]{0,4}$/)
const int = fc.oneof(fc.maxSafeInteger(), fc.constantFrom(0, -0, 2 ** 53 - 1, -(2 ** 53 - 1)))
const natural = fc.maxSafeNat()
const fact = fc.oneof(text, int, fc.boolean())
const sealed = fc.record({
  alg: fc.constant('A256GCM' as const),
  iv: text,
  ciphertext: text,
  tag: text,
  keys: fc.array(fc.record({ for: text, iv: text, wrapped: text, tag: text }), { minLength: 1, maxLength: 3 }),
})
const required = {
  v: fc.constant(1 as const),
  id: uuid,
  team: fc.constant('T0ACME'),
  at: natural,
  kind: fc.constantFrom(...EntryKind.options),
  actor: text,
  subjects: fc.array(uuid, { maxLength: 3 }),
}
const optional = {
  run: uuid,
  step: fc.constantFrom('github-org', 'each:item'),
  attempt: uuid,
  call: uuid,
  try: fc.integer({ min: 1 }),
  service: text,
  operation: text,
  class: fc.constantFrom('R', 'U', 'K', 'C', 'L'),
  method: text,
  url: text,
  status: int,
  duration: natural,
  key: text,
  digest: text,
  facts: fc.dictionary(factName, fact),
  body: sealed,
}
const cores = fc
  .record({ ...required, ...optional }, { requiredKeys: Object.keys(required) as (keyof typeof required)[] })
  .chain((core) => fc.shuffledSubarray(Object.entries(core), { minLength: Object.keys(core).length }))
  .map((members) => Object.fromEntries(members) as unknown as EntryCore)

test('agrees with an implementation of RFC 8785 on any core, and reads back as the same core', () => {
  let compared = 0
  fc.assert(
    fc.property(cores, (core) => {
      const bytes = canonical(core)
      expect(bytes).toBe(canonicalize(core))
      expect(canonical(EntryCore.parse(JSON.parse(bytes)))).toBe(bytes)
      compared += 1
    }),
    { numRuns: 500 },
  )
  expect(compared).toBe(500)
})

const core = EntryCore.parse({
  v: 1,
  id: '01980000-0000-7000-8000-000000000001',
  team: 'T0ACME',
  at: 1,
  kind: 'run.started',
  actor: 'purser:engine',
  subjects: [],
})

test('the form itself, once by hand', () => {
  const facts = { b: 'é\u2028\n"', a10: true, a9: -1 }
  expect(canonical({ ...core, facts, status: 201 })).toBe(
    '{"actor":"purser:engine","at":1,"facts":{"a10":true,"a9":-1,"b":"é\u2028\\n\\""},' +
      '"id":"01980000-0000-7000-8000-000000000001","kind":"run.started","status":201,"subjects":[],"team":"T0ACME","v":1}',
  )
})

test('a member that was given as undefined is as good as none', () => {
  expect(canonical({ ...core, run: undefined })).toBe(canonical(core))
})

const refusals: [string, Record<string, unknown>][] = [
  ['a fraction', { duration: 1.5 }],
  ['an integer beyond the safe ones', { status: 2 ** 53 }],
  ['infinity', { at: Number.POSITIVE_INFINITY }],
  ['no number', { at: Number.NaN }],
  ['half a surrogate pair', { actor: 'a\ud800b' }],
  ['a fact whose name is no name', { facts: { 'Jane Doe': 1 } }],
  ['a fact whose name needs an escape', { facts: { '"': 1 } }],
  ['a fact without a name', { facts: { '': 1 } }],
  ['half a surrogate pair in a fact', { facts: { a: '\udc00' } }],
  ['a fraction as a fact', { facts: { a: 0.1 } }],
  ['a fact that parsers drop', { facts: JSON.parse('{"__proto__":1}') }],
  ['an object as a fact', { facts: { a: {} } }],
  ['nothing as a fact', { facts: { a: undefined } }],
  ['null', { run: null }],
  ['a member that is not of the format', { email: 'x' }],
  ['a number among the subjects', { subjects: [1] }],
  ['true instead of a text', { service: true }],
  ['a sealed body with one more member', { body: { alg: 'A256GCM', iv: '', ciphertext: '', tag: '', keys: [], x: 1 } }],
  ['a sealed body without its tag', { body: { alg: 'A256GCM', iv: '', ciphertext: '', keys: [] } }],
]
test.each(refusals)('refuses %s', (_, members) => {
  expect(() => canonical({ ...core, ...members } as unknown as EntryCore)).toThrow(TypeError)
})
