import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { PersonNeeded } from '../../src/domain/errors.ts'
import { findCheckpoints, isSignedBy, signCheckpoint } from '../../src/ledger/checkpoint.ts'
import { loadSigningKey, parseVerifierKey, readSigningKey, verifierKeyText } from '../../src/ledger/checkpoint-key.ts'
import { leafHash } from '../../src/ledger/tree/hash.ts'
import { tempFolder } from '../support/temp-folder.ts'

function withKey(work: (at: { file: string; key: ReturnType<typeof loadSigningKey> }) => void): void {
  using folder = tempFolder()
  const file = join(folder.path, 'ledger.key')
  work({ file, key: loadSigningKey(file) })
}
const root = leafHash('an entry')

describe('the key of a ledger', () => {
  test('is made once, for nobody else to read, and is the same at the next start', () =>
    withKey(({ file, key }) => {
      expect(key.isNew).toBe(true)
      expect(statSync(file).mode & 0o777).toBe(0o600)
      const again = loadSigningKey(file)
      expect(again.isNew).toBe(false)
      expect(verifierKeyText(again)).toBe(verifierKeyText(key))
    }))

  test('is refused when others may read it, or when it is cut', () =>
    withKey(({ file }) => {
      chmodSync(file, 0o644)
      expect(() => readSigningKey(file)).toThrow('can be read or written by other users')
      chmodSync(file, 0o600)
      writeFileSync(file, readFileSync(file, 'utf8').trim().slice(0, -3))
      expect(() => readSigningKey(file)).toThrow(PersonNeeded)
      expect(() => readSigningKey(`${file}.none`)).toThrow('Purser makes it when it first starts')
    }))

  test('has a public half in the text form of signed notes', () => {
    // The example of the specification, c2sp.org/signed-note.
    const example = 'example.com/foo+530d903f+Aekyu1jGm7P2CuXFHBvIAb6OJTuhVpgoKdDFDhCZlKC2'
    const known = parseVerifierKey(example)
    if (known) expect(verifierKeyText(known)).toBe(example)
    withKey(({ key }) => {
      const text = verifierKeyText(key)
      const parsed = parseVerifierKey(`${text}\n`)
      expect(parsed && isSignedBy([parsed], signCheckpoint(key, { size: 1, root }))).toBe(true)
      expect(text).toMatch(/^purser-ledger\/[0-9a-f]{16}\+[0-9a-f]{8}\+/)
      const flipped = text.replace(/\+([0-9a-f])/, (_, digit: string) => `+${digit === '0' ? '1' : '0'}`)
      expect([flipped, text.slice(0, -4), 'nonsense'].map(parseVerifierKey)).toEqual([null, null, null])
    })
  })
})

describe('a checkpoint', () => {
  test('is three lines and a signature, in the form of c2sp.org/tlog-checkpoint', () =>
    withKey(({ key }) => {
      const { note } = signCheckpoint(key, { size: 20_852_163, root })
      const lines = note.split('\n')
      expect(lines.slice(0, 4)).toEqual([key.origin, '20852163', root.toString('base64'), ''])
      expect(lines[4]).toMatch(new RegExp(`^— ${key.origin} [A-Za-z0-9+/=]+$`))
      expect(lines.slice(5)).toEqual([''])
    }))

  test('is found again in a file of many, and in what somebody copied from Slack', () =>
    withKey(({ key }) => {
      const all = [1, 2, 300].map((size) => signCheckpoint(key, { size, root }))
      const copied = [
        `${all[0]?.note}\n${all[1]?.note}`,
        `Purser  9:02 AM\n🔏 300 entries\n\`\`\`${all[2]?.note.trimEnd()}\`\`\`\nthanks`,
        all.map(({ note }) => note.replaceAll('\n', '\r\n')).join('\r\n'),
        all.map(({ note }) => note.replace(/^/gm, '    ')).join('\n\n'),
      ].map(findCheckpoints)
      expect(copied).toEqual([[all[0], all[1]], [all[2]], all, all])
      expect(copied.flat().every((each) => isSignedBy([key], each))).toBe(true)
    }))

  test('is not taken with another size, another root, another name, or a signature of another key', () =>
    withKey(({ key }) => {
      const { note } = signCheckpoint(key, { size: 12, root })
      using folder = tempFolder()
      const stranger = { ...loadSigningKey(join(folder.path, 'k')), origin: key.origin }
      const forged = [
        note.replace('\n12\n', '\n13\n'),
        note.replace(root.toString('base64'), leafHash('another').toString('base64')),
        note.replaceAll(key.origin, 'purser-ledger/other'),
        signCheckpoint(stranger, { size: 12, root }).note,
        signCheckpoint({ ...stranger, id: key.id }, { size: 12, root }).note,
      ].flatMap(findCheckpoints)
      expect(forged).toHaveLength(5)
      expect(forged.filter((each) => isSignedBy([key], each))).toEqual([])
      const cut = [note.slice(0, -120), note.replace('\n12\n', '\n012\n'), note.replace('\n\n', '\n')]
      expect(cut.flatMap(findCheckpoints)).toEqual([])
    }))
})
