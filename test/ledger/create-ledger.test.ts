import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Change, CommitOutcome } from '../../db/store.ts'
import { EntryCore, type EntryDraft, EntryKind } from '../../src/domain/entry.ts'
import { createLedger } from '../../src/ledger/create-ledger.ts'
import { createRedactor } from '../../src/secrets/redact.ts'
import { keyFolder } from '../secrets/key-folder.ts'
import { createDrafts, GITHUB_STEP, JANE, JOHN, START, TEAM } from './sample-drafts.ts'

const SECRET = 'pl4nted-token-0123456789'

async function startLedger() {
  const place = keyFolder()
  const keys = place.open()
  await keys.ensure([TEAM, JANE, JOHN])
  const changes: Change[] = []
  const answer: { outcome: CommitOutcome } = { outcome: { kind: 'committed' } }
  const ledger = createLedger({
    keys,
    store: {
      async commit(change) {
        changes.push(change)
        return answer.outcome
      },
    },
    clock: { now: () => START },
    scrubText: createRedactor({ secrets: () => [SECRET] }).scrubText,
  })
  return { ledger, keys, changes, answer, ...createDrafts(), [Symbol.dispose]: () => place[Symbol.dispose]() }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url')

describe('an entry', () => {
  test('is of the ledger’s format, and its bytes are those of its core', async () => {
    using at = await startLedger()
    const entry = at.ledger.entry(
      at.draft({ kind: 'call.answered', service: 'github', status: 201, body: { answer: { login: 'jane' } } }),
    )
    expect(EntryCore.parse(JSON.parse(entry.bytes))).toEqual(entry.core)
    expect(entry.core).toMatchObject({ v: 1, kind: 'call.answered', service: 'github', status: 201 })
    expect(at.ledger.open(entry)).toEqual({ kind: 'open', body: { answer: { login: 'jane' } } })
  })

  test('holds no word of its body', async () => {
    using at = await startLedger()
    const body = { name: 'Jane Doe', email: 'jane@acme.example', note: 'leaves the team' }
    const { bytes } = at.ledger.entry(at.draft({ kind: 'run.started', body }))
    let looked = 0
    for (const word of ['Jane Doe', 'jane@acme', 'acme.example', 'leaves the team']) {
      expect(bytes).not.toContain(word)
      expect(bytes).not.toContain(Buffer.from(word).toString('base64url').slice(0, -2))
      looked += 1
    }
    expect(looked).toBe(4)
  })

  test('without a body has none to open', async () => {
    using at = await startLedger()
    const entry = at.ledger.entry(at.draft({ kind: 'run.ended', facts: { status: 'succeeded' } }))
    expect(entry.core.body).toBeUndefined()
    expect(at.ledger.open(entry)).toEqual({ kind: 'none' })
  })

  test('is sealed for each of its subjects, and for the team when it is about nobody', async () => {
    using at = await startLedger()
    const sealedFor = (draft: EntryDraft) => at.ledger.entry(draft).core.body?.keys.map((key) => key.for)
    expect(sealedFor(at.draft({ kind: 'run.started', subjects: [JANE, JOHN], body: {} }))).toEqual([JANE, JOHN])
    expect(sealedFor(at.draft({ kind: 'rules.changed', subjects: [], body: {} }))).toEqual([TEAM])
  })

  test('is closed, and still the same entry, when its subject was erased', async () => {
    using at = await startLedger()
    const before = at.ledger.entry(at.draft({ kind: 'run.started', body: { name: 'Jane Doe' } }))
    await at.keys.erase([JANE])
    expect(at.ledger.open(before)).toEqual({ kind: 'erased' })
    const late = at.ledger.entry(at.draft({ kind: 'step.late-answer', digest: sha256('x'), body: { answer: 1 } }))
    expect(at.ledger.open(late)).toEqual({ kind: 'erased' })
    expect(late.core.digest).toBeUndefined()
  })

  test('does not open when its ciphertext was changed', async () => {
    using at = await startLedger()
    const entry = at.ledger.entry(at.draft({ kind: 'run.started', body: { name: 'Jane Doe' } }))
    const { body } = entry.core
    if (!body) throw new Error('no body')
    const altered = { ...body, ciphertext: `${body.ciphertext.startsWith('A') ? 'B' : 'A'}${body.ciphertext.slice(1)}` }
    expect(() => at.ledger.open({ ...entry, core: { ...entry.core, body: altered } })).toThrow(
      expect.objectContaining({ code: 'sealed-bytes-changed' }),
    )
  })

  test('keeps a digest that tells repetitions apart, and from which no body can be guessed', async () => {
    using at = await startLedger()
    const digestOf = (body: string) =>
      at.ledger.entry(at.draft({ kind: 'call.intended', service: 'github', digest: sha256(body) })).core.digest
    const guessable = '{"email":"jane@acme.example"}'
    expect(digestOf(guessable)).toBe(digestOf(guessable))
    expect(digestOf(guessable)).not.toBe(digestOf('{"email":"john@acme.example"}'))
    expect(digestOf(guessable)).not.toBe(sha256(guessable))
  })

  test('scrubs secrets from entries of every kind but calls, which come scrubbed', async () => {
    using at = await startLedger()
    const kinds = EntryKind.options.filter((kind) => !kind.startsWith('call.'))
    expect(kinds.length).toBeGreaterThan(30)
    for (const kind of kinds) {
      const opened = at.ledger.open(at.ledger.entry(at.draft({ kind, body: { text: `it is ${SECRET}` } })))
      expect(opened, kind).toEqual({ kind: 'open', body: { text: 'it is [hidden: secret]' } })
    }
  })

  test('scrubs secrets from what people and parts of Purser say', async () => {
    using at = await startLedger()
    const draft = at.draft({ kind: 'decision.skip', body: { reason: `it works with ${SECRET} "quoted"` } })
    expect(at.ledger.open(at.ledger.entry(draft))).toEqual({
      kind: 'open',
      body: { reason: 'it works with [hidden: secret] "quoted"' },
    })
  })
})

describe('an address in what is kept for good is refused', () => {
  const places: [string, Partial<EntryDraft>][] = [
    ['url', { url: 'https://api.example/users/jane@acme.example' }],
    ['url', { url: 'https://api.example/users/jane%40acme.example' }],
    ['key', { key: 'run/step/jane@acme.example/0' }],
    ['actor', { actor: 'jane@acme.example' }],
    ['operation', { operation: 'user.get jane@acme.example' }],
    ['facts', { facts: { who: 'jane@acme.example' } }],
    ['step', { step: 'each:jane@acme.example' as EntryDraft['step'] & string }],
  ]
  test.each(places)('in %s', async (name, parts) => {
    using at = await startLedger()
    const make = () => at.ledger.entry(at.draft({ kind: 'call.intended', ...parts }))
    expect(make).toThrow(TypeError)
    expect(make).toThrow(`in ${name}: it belongs into the body`)
    expect(make).not.toThrow('jane')
  })

  test('while a lone @ is not taken for one, and a body may hold any', async () => {
    using at = await startLedger()
    const entry = at.ledger.entry(
      at.draft({ kind: 'call.intended', url: 'https://api.example/@me', body: { a: 'b@c.d' } }),
    )
    expect(entry.core.url).toBe('https://api.example/@me')
  })
})

test.each<[string, Record<string, unknown>]>([
  ['an unknown kind', { kind: 'run.exploded' }],
  ['a time before 1970', { at: -1 }],
  ['a duration below zero', { duration: -1 }],
  ['a try that is not counted from 1', { try: 0 }],
  ['a fraction of a millisecond', { duration: 0.5 }],
  ['a member that is not of the format', { name: 'Jane Doe' }],
])('%s is refused', async (_, parts) => {
  using at = await startLedger()
  expect(() => at.ledger.entry({ ...at.draft({ kind: 'run.started' }), ...parts } as EntryDraft)).toThrow(TypeError)
})

test('whatever is taken parses as an entry (property)', async () => {
  using at = await startLedger()
  let taken = 0
  const text = fc.string({ unit: 'binary' })
  const parts = fc.record(
    {
      kind: fc.constantFrom(...EntryKind.options),
      service: text,
      url: text,
      try: fc.integer({ min: 0, max: 9 }),
      status: fc.oneof({ weight: 9, arbitrary: fc.integer() }, fc.double()),
      duration: fc.oneof({ weight: 9, arbitrary: fc.nat() }, fc.double()),
      facts: fc.dictionary(
        fc.constantFrom('a', 'B', 'c.d', ''),
        fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(0.5)),
        { maxKeys: 3 },
      ),
      body: fc.dictionary(text, fc.jsonValue()),
    },
    { requiredKeys: ['kind'] },
  )
  fc.assert(
    fc.property(parts, (given) => {
      const draft = at.draft({ step: GITHUB_STEP, ...given } as Partial<EntryDraft> & Pick<EntryDraft, 'kind'>)
      let bytes: string
      try {
        bytes = at.ledger.entry(draft).bytes
      } catch (error) {
        expect(error).toBeInstanceOf(TypeError)
        return
      }
      taken += 1
      expect(EntryCore.safeParse(JSON.parse(bytes)).success).toBe(true)
    }),
    { numRuns: 400 },
  )
  expect(taken).toBeGreaterThan(50)
})

describe('recording', () => {
  test('commits all drafts in one change', async () => {
    using at = await startLedger()
    await at.ledger.record([at.draft({ kind: 'ledger.read' }), at.draft({ kind: 'rules.changed' })])
    expect(at.changes).toHaveLength(1)
    expect(at.changes[0]?.entries.map(({ core }) => core.kind)).toEqual(['ledger.read', 'rules.changed'])
    await at.ledger.record([])
    expect(at.changes).toHaveLength(1)
  })

  test('is not silent about entries that were not taken', async () => {
    using at = await startLedger()
    at.answer.outcome = { kind: 'seen' }
    await expect(at.ledger.record([at.draft({ kind: 'ledger.read' })])).rejects.toThrow('did not take entries')
  })
})
