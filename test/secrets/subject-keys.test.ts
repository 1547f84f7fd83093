import { createSecretKey, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { SealedBody } from '../../src/domain/entry.ts'
import { createSubjectKeys } from '../../src/secrets/create-subject-keys.ts'
import { readSubjectKeys } from '../../src/secrets/read-subject-keys.ts'
import { JANE, JOHN, keyFolder, TEAM } from './key-folder.ts'

const bytesOf = (text: string): Uint8Array => Buffer.from(text)
const textOf = (bytes: Uint8Array | null): string | null => (bytes ? Buffer.from(bytes).toString() : null)

describe('sealing for subjects', () => {
  test('each of several owners alone can open a body, and it is a body of the ledger’s format', async () => {
    using place = keyFolder()
    const keys = place.open()
    await keys.ensure([JANE, JOHN])
    const sealed = keys.seal([JANE, JOHN], bytesOf('hello Jane'))
    expect(SealedBody.parse(sealed)).toEqual(sealed)
    expect(sealed.keys.map((key) => key.for)).toEqual([JANE, JOHN])
    for (const one of sealed.keys) expect(textOf(keys.open({ ...sealed, keys: [one] }))).toBe('hello Jane')
    expect(Buffer.from(sealed.ciphertext, 'base64url').toString()).not.toContain('Jane')
  })

  test('survives being closed and opened again', async () => {
    using place = keyFolder()
    const before = place.open()
    await before.ensure([JANE])
    const body = before.seal([JANE], bytesOf('kept'))
    const state = before.sealState(JANE, bytesOf('state'))
    const fingerprint = before.fingerprint(JANE, 'digest')
    const after = place.open()
    expect(textOf(after.open(body))).toBe('kept')
    expect(textOf(after.openState(JANE, state))).toBe('state')
    expect(after.fingerprint(JANE, 'digest')).toBe(fingerprint)
  })

  test('refuses a changed byte in each of the six parts', async () => {
    using place = keyFolder()
    const keys = place.open()
    await keys.ensure([JANE])
    const sealed = keys.seal([JANE], bytesOf('hello'))
    const [wrap] = sealed.keys
    if (!wrap) throw new Error('sealed for nobody')
    const flip = (text: string): string => {
      const bytes = Buffer.from(text, 'base64url')
      bytes[0] = (bytes[0] ?? 0) ^ 1
      return bytes.toString('base64url')
    }
    const altered: SealedBody[] = [
      { ...sealed, iv: flip(sealed.iv) },
      { ...sealed, ciphertext: flip(sealed.ciphertext) },
      { ...sealed, tag: flip(sealed.tag) },
      { ...sealed, tag: sealed.tag.slice(0, 8) },
      { ...sealed, keys: [{ ...wrap, iv: flip(wrap.iv) }] },
      { ...sealed, keys: [{ ...wrap, wrapped: flip(wrap.wrapped) }] },
      { ...sealed, keys: [{ ...wrap, tag: flip(wrap.tag) }] },
    ]
    let refused = 0
    for (const body of altered) {
      expect(() => keys.open(body)).toThrow(expect.objectContaining({ code: 'sealed-bytes-changed' }))
      refused += 1
    }
    expect(refused).toBe(7)
  })

  test('one owner’s wrap and state do not open as another’s', async () => {
    using place = keyFolder()
    const keys = place.open()
    await keys.ensure([JANE, JOHN])
    const sealed = keys.seal([JANE], bytesOf('hello'))
    const stolen = { ...sealed, keys: sealed.keys.map((key) => ({ ...key, for: JOHN })) }
    expect(() => keys.open(stolen)).toThrow(expect.objectContaining({ code: 'sealed-bytes-changed' }))
    const state = keys.sealState(JANE, bytesOf('state'))
    expect(() => keys.openState(JOHN, state)).toThrow(expect.objectContaining({ code: 'sealed-bytes-changed' }))
  })

  test('an owner without a key is a mistake of the code, told before anything is sealed', () => {
    using place = keyFolder()
    const keys = place.open()
    expect(() => keys.seal([JANE], bytesOf('x'))).toThrow('ensure has to come before')
    expect(() => keys.seal([], bytesOf('x'))).toThrow('at least one owner')
  })

  test('fingerprints are the same for the same text and differ from owner to owner', async () => {
    using place = keyFolder()
    const keys = place.open()
    await keys.ensure([JANE, JOHN])
    expect(keys.fingerprint(JANE, 'a')).toMatch(/^[\w-]{43}$/)
    expect(keys.fingerprint(JANE, 'a')).toBe(keys.fingerprint(JANE, 'a'))
    expect(keys.fingerprint(JANE, 'a')).not.toBe(keys.fingerprint(JANE, 'b'))
    expect(keys.fingerprint(JANE, 'a')).not.toBe(keys.fingerprint(JOHN, 'a'))
  })
})

describe('making keys', () => {
  test('all that one turn asks for share one commit, and each is on disk when it is answered', async () => {
    using place = keyFolder()
    const keys = place.open()
    const other = new Database(place.path, { readonly: true })
    const commits = () => Number(other.pragma('data_version', { simple: true }))
    const stored = other.prepare<[string], number>('SELECT count(*) FROM keys WHERE owner = ?').pluck()
    const before = commits()
    const owners = Array.from({ length: 300 }, (_, index) => `owner-${index}`)
    await Promise.all(owners.map((owner) => keys.ensure([owner, TEAM]).then(() => expect(stored.get(owner)).toBe(1))))
    expect(other.prepare('SELECT count(*) FROM keys').pluck().get()).toBe(301)
    expect(commits() - before).toBe(1)
    other.close()
  })

  test('asking again makes no other key', async () => {
    using place = keyFolder()
    const keys = place.open()
    await Promise.all([keys.ensure([JANE]), keys.ensure([JANE, JANE])])
    const sealed = keys.seal([JANE], bytesOf('first'))
    await keys.ensure([JANE])
    expect(textOf(keys.open(sealed))).toBe('first')
  })

  test('what was asked for just before closing is still written', async () => {
    using place = keyFolder()
    const keys = place.open()
    const asked = keys.ensure([JANE])
    keys.close()
    await asked
    expect(place.open().seal([JANE], bytesOf('x')).keys).toHaveLength(1)
  })

  test('the file is closed to other users, and so are its side files', async () => {
    using place = keyFolder()
    await place.open().ensure([JANE])
    const modes = readdirSync(place.folder).map((name) => statSync(join(place.folder, name)).mode & 0o777)
    expect(modes.length).toBeGreaterThanOrEqual(2)
    expect(new Set(modes)).toEqual(new Set([0o600]))
  })
})

describe('the master key', () => {
  test('another one is noticed when the file is opened, by the writer and by the reader', async () => {
    using place = keyFolder()
    await place.open().ensure([JANE])
    const wrong = createSecretKey(randomBytes(32))
    const clock = { now: () => 0 }
    const refusal = expect.objectContaining({ code: 'wrong-master-key', consequence: 'person' })
    expect(() => createSubjectKeys({ path: place.path, masterKey: wrong, clock })).toThrow(refusal)
    expect(() => readSubjectKeys(place.path, wrong)).toThrow(refusal)
    expect(place.open().seal([JANE], bytesOf('x')).keys).toHaveLength(1)
  })

  test('a file of a later format is left alone', () => {
    using place = keyFolder()
    place.open()
    const db = new Database(place.path)
    db.pragma('user_version = 2')
    db.close()
    expect(() => place.open()).toThrow(expect.objectContaining({ code: 'key-file-format' }))
  })
})

describe('erasing', () => {
  test('closes what was sealed for the owner alone, and leaves what others can open', async () => {
    using place = keyFolder()
    const keys = place.open()
    await keys.ensure([JANE, JOHN])
    const hers = keys.seal([JANE], bytesOf('hers'))
    const both = keys.seal([JANE, JOHN], bytesOf('both'))
    const state = keys.sealState(JANE, bytesOf('state'))
    await keys.erase([JANE])
    expect(keys.open(hers)).toBeNull()
    expect(textOf(keys.open(both))).toBe('both')
    expect(keys.openState(JANE, state)).toBeNull()
    expect(keys.fingerprint(JANE, 'a')).toBeNull()
    await keys.erase([JOHN])
    expect(keys.open(both)).toBeNull()
    expect(place.open().open(both)).toBeNull()
  })

  test('an erased key is never made again, neither by us nor by hand', async () => {
    using place = keyFolder()
    const keys = place.open()
    await keys.ensure([JANE])
    await keys.erase([JANE])
    await expect(keys.ensure([JOHN, JANE])).rejects.toMatchObject({ code: 'subject-erased' })
    await expect(keys.ensure([JOHN])).resolves.toBeUndefined()
    const db = new Database(place.path)
    const insert = "INSERT INTO keys (owner, wrapped, iv, tag, created_at) VALUES (?, x'00', x'00', x'00', 0)"
    expect(() => db.prepare(insert).run(JANE)).toThrow('never made again')
    expect(() => db.prepare('DELETE FROM tombstones').run()).toThrow('never removed')
    expect(() => db.prepare('UPDATE tombstones SET owner = 1').run()).toThrow('never changed')
    db.close()
  })

  test('a late answer about an erased subject is sealed for nobody', async () => {
    using place = keyFolder()
    const keys = place.open()
    await keys.ensure([JANE, JOHN])
    await keys.erase([JANE])
    expect(keys.open(keys.seal([JANE], bytesOf('late')))).toBeNull()
    expect(keys.seal([JANE, JOHN], bytesOf('late')).keys.map((key) => key.for)).toEqual([JOHN])
    expect(() => keys.sealState(JANE, bytesOf('x'))).toThrow(expect.objectContaining({ code: 'subject-erased' }))
  })

  test('leaves no byte of the wrapped key in any file', async () => {
    using place = keyFolder()
    const keys = place.open()
    await keys.ensure([JANE, JOHN])
    const db = new Database(place.path)
    const wrapped = db.prepare<[string], Buffer>('SELECT wrapped FROM keys WHERE owner = ?').pluck()
    const hers = wrapped.get(JANE)
    const his = wrapped.get(JOHN)
    db.close()
    if (!hers || !his) throw new Error('no keys were made')
    const found = (bytes: Buffer): number =>
      readdirSync(place.folder).filter((name) => readFileSync(join(place.folder, name)).includes(bytes)).length
    expect(found(hers)).toBeGreaterThan(0)
    await keys.erase([JANE])
    expect(found(hers)).toBe(0)
    expect(found(his)).toBeGreaterThan(0)
  })

  test('a reader beside the writer opens bodies, and closes them as soon as the key is erased', async () => {
    using place = keyFolder()
    const keys = place.open()
    await keys.ensure([JANE])
    const sealed = keys.seal([JANE], bytesOf('shared'))
    const reader = readSubjectKeys(place.path, place.masterKey)
    expect(textOf(reader.open(sealed))).toBe('shared')
    await keys.erase([JANE])
    expect(reader.open(sealed)).toBeNull()
    reader.close()
  })

  test('a key that is missing without having been erased says that the file is too old', async () => {
    using place = keyFolder()
    const keys = place.open()
    await keys.ensure([JANE])
    const sealed = keys.seal([JANE], bytesOf('x'))
    using older = keyFolder()
    expect(() => older.open().open(sealed)).toThrow(expect.objectContaining({ code: 'subject-key-missing' }))
  })
})
