import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadMasterKey } from '../../src/secrets/master-key.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'purser-master-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const load = (environment?: string) =>
  loadMasterKey({ environment, file: join(folder, 'master.key'), keysPath: join(folder, 'keys.db') })
const refused = (code: string) => expect.objectContaining({ code, consequence: 'person' })

test('the environment’s key is taken, with or without padding and line end', () => {
  const text = randomBytes(32).toString('base64')
  for (const given of [text, `${text}\n`, text.replace('=', ''), Buffer.from(text, 'base64').toString('base64url')]) {
    expect(load(given)).toMatchObject({ text, from: 'environment' })
  }
  expect(readdirSync(folder)).toEqual([])
})

test('the first start makes a file that only its owner can read, the next ones read it', () => {
  const made = load()
  expect(made.from).toBe('made')
  expect(statSync(join(folder, 'master.key')).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(['master.key'])
  const again = load('  ')
  expect(again.from).toBe('file')
  expect(again.text).toBe(made.text)
  expect(again.key.equals(made.key)).toBe(true)
  expect(readFileSync(join(folder, 'master.key'), 'utf8')).toBe(`${made.text}\n`)
})

test.each([
  ['31 bytes', randomBytes(31).toString('base64'), 'holds 31 bytes'],
  ['33 bytes', randomBytes(33).toString('base64'), 'holds 33 bytes'],
  ['words', 'correct horse battery staple!', 'is not base64'],
])('a key of %s is refused with what it is and where it stands', (_, text, said) => {
  expect(() => load(text)).toThrow(refused('master-key-malformed'))
  expect(() => load(text)).toThrow(said)
  expect(() => load(text)).toThrow('PURSER_MASTER_KEY')
  writeFileSync(join(folder, 'master.key'), text, { mode: 0o600 })
  expect(() => load()).toThrow(join(folder, 'master.key'))
})

test('the message about a malformed key does not repeat it', () => {
  const text = randomBytes(31).toString('base64')
  expect(() => load(text)).toThrow(expect.objectContaining({ message: expect.not.stringContaining(text) }))
})

test.each([0o640, 0o604, 0o660])('a file with mode %o is refused', (mode) => {
  load()
  chmodSync(join(folder, 'master.key'), mode)
  expect(() => load()).toThrow(refused('master-key-open-to-others'))
  expect(() => load()).toThrow(mode.toString(8))
})

test('a file that cannot be read is told as such', () => {
  const file = join(folder, 'folder')
  expect(() => loadMasterKey({ environment: undefined, file: folder, keysPath: file })).toThrow(
    refused('master-key-unreadable'),
  )
})

test('a folder that is not there is told as such', () => {
  const file = join(folder, 'gone', 'master.key')
  expect(() => loadMasterKey({ environment: undefined, file, keysPath: `${file}.db` })).toThrow(
    refused('master-key-not-made'),
  )
})

test('no new key is made beside keys that were written under another one', () => {
  writeFileSync(join(folder, 'keys.db'), '')
  expect(() => load()).toThrow(refused('master-key-missing'))
  expect(readdirSync(folder)).toEqual(['keys.db'])
})
