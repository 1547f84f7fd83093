import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { ledger as command } from '../../src/cli/ledger-command.ts'
import { openSealed, type SealedLedger } from '../ledger/seal/open-sealed.ts'

const VERIFIER = fileURLToPath(new URL('../../verify/verify.mjs', import.meta.url))

interface Ended {
  code: number | null
  out: string
  err: string
}

/** `purser ledger …`, in this process: what it writes, and with what it would end. */
async function purser(...args: string[]): Promise<Ended> {
  const [out, err] = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')]
  for (const each of [out, err]) each.mockReturnValue(true)
  try {
    await command(args)
    const written = (spy: typeof out): string => spy.mock.calls.map(([text]) => String(text)).join('')
    return { code: Number(process.exitCode ?? 0), out: written(out), err: written(err) }
  } finally {
    process.exitCode = undefined
    for (const each of [out, err]) each.mockRestore()
  }
}

function verifier(args: readonly string[]): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [VERIFIER, ...args], { encoding: 'utf8' })
  return { code: status, out: stdout, err: stderr }
}

/** Each test needs the ledger, none changes it: 330 entries, checkpoints of 100, 203 and 330. */
let at: SealedLedger
let key: string
const inFolder = (name: string): string => join(at.folder, name)
const ledger = (...args: string[]): Promise<Ended> => purser(...args, '--data', at.folder)
const audit = (file: string, ...more: string[]): Ended => verifier([file, key, ...more])
const checkpoint = (index: number): string => {
  const file = inFolder(`checkpoint-${index}.txt`)
  writeFileSync(file, readFileSync(at.anchorFile, 'utf8').split(/\n(?=\npurser)/)[index] ?? '')
  return file
}

beforeAll(async () => {
  at = await openSealed()
  for (const count of [100, 101, 125]) {
    await at.write(count)
    await at.seal()
  }
  key = (await ledger('key')).out.trim()
})
afterAll(async () => {
  await at[Symbol.asyncDispose]()
})

describe('purser ledger, beside a Purser that has the database open', () => {
  test('verify says that all is well, and what that rests on', async () => {
    const ended = await ledger('verify')
    expect(ended).toMatchObject({ code: 0, err: '' })
    expect(ended.out).toContain('The ledger is as it was written.')
    expect(ended.out).toContain('Read 330 sealed entries; 2 newer entries are not sealed yet.')
    expect(ended.out).toContain('stands on this host')
    const kept = await ledger('verify', '--against', checkpoint(1), '--key', key)
    expect(kept.out).toContain('1 anchored checkpoint agrees, 3 stored ones.')
    expect(kept.out).not.toContain('But ')
  })

  test('verify ends with 1 and the first wrong entry when something was changed', async () => {
    const folder = inFolder('changed')
    const copy = new Database(at.path, { readonly: true })
    mkdirSync(folder)
    copy.exec(`VACUUM INTO '${folder}/purser.db'`)
    copy.close()
    const db = new Database(join(folder, 'purser.db'))
    db.exec('DROP TRIGGER entries_are_not_removed; DELETE FROM entries WHERE rowid = 8')
    const id = db.prepare<[], string>('SELECT entry FROM leaves WHERE leaf = 7').pluck().get()
    db.close()
    const ended = await purser('verify', '--data', folder, '--key', key)
    expect(ended.out).toContain(`THE LEDGER WAS CHANGED.\nFirst: leaf 7, entry ${id}, removed`)
    expect(ended.code).toBe(1)
  })

  test('ends with 2 when it cannot tell: no ledger, no key, no checkpoint in the file, words that it does not know', async () => {
    const cases = [
      await purser('verify', '--data', inFolder('nowhere')),
      await ledger('verify', '--against', VERIFIER),
      await ledger('verify', '--against', inFolder('none.txt')),
      await ledger('verify', '--key', 'nonsense'),
      await ledger('verify', '--nonsense'),
      await ledger('export'),
      await ledger('export', '--out', inFolder('e.jsonl'), '--since', 'yesterday-ish'),
      await ledger('proof', '0199aaaa'),
      await purser('nonsense'),
    ]
    expect(cases.map(({ code }) => code)).toEqual(cases.map(() => 2))
    expect(cases.slice(0, -1).every(({ err }) => err !== '')).toBe(true)
  })
})

describe('an auditor without Purser', () => {
  test('checks a whole export, and holds it against each checkpoint that was kept', async () => {
    const file = inFolder('whole.jsonl')
    expect(await ledger('export', '--out', file)).toMatchObject({ code: 0, err: '' })
    expect(audit(file)).toMatchObject({ code: 0, out: expect.stringContaining('Give a checkpoint that you kept') })
    for (const index of [0, 1, 2]) {
      const ended = audit(file, '--checkpoint', checkpoint(index))
      expect(ended).toMatchObject({ code: 0, out: expect.stringContaining('1 checkpoint(s) that you kept agree') })
    }
  })

  test('checks a part of the ledger, and checkpoints outside that part by proofs made for them', async () => {
    const file = inFolder('part.jsonl')
    const [since, until] = timesOf([149, 180])
    expect(await ledger('export', '--out', file, '--since', since, '--until', until)).toMatchObject({ code: 0 })
    expect(audit(file).out).toContain('Every byte of the 31 entries (leaf 149 to 179)')
    expect(audit(file, '--checkpoint', checkpoint(2)).code).toBe(0)
    expect(audit(file, '--checkpoint', checkpoint(0))).toMatchObject({
      code: 2,
      err: expect.stringContaining('lies outside the export'),
    })
    const proven = ['--against', checkpoint(0), '--against', checkpoint(1)]
    await ledger('export', '--out', file, '--since', since, '--until', until, ...proven)
    expect(audit(file, '--checkpoint', checkpoint(0)).code).toBe(0)
    expect(audit(file, '--checkpoint', checkpoint(1)).code).toBe(0)
  })

  test('checks the proof of one entry', async () => {
    const db = new Database(at.path, { readonly: true })
    const id = db.prepare<[], string>('SELECT entry FROM leaves WHERE leaf = 222').pluck().get() ?? ''
    db.close()
    const file = inFolder('proof.jsonl')
    const { code, out } = await ledger('proof', id)
    expect(code).toBe(0)
    writeFileSync(file, out)
    expect(audit(file).out).toContain('Every byte of the entry (leaf 222 to 222)')
    expect(audit(file, '--checkpoint', checkpoint(0))).toMatchObject({ code: 2 })
    const { out: held } = await ledger('proof', id, '--against', checkpoint(0))
    const heldFile = inFolder('proof-held.jsonl')
    writeFileSync(heldFile, held)
    expect(audit(heldFile, '--checkpoint', checkpoint(0)).out).toContain('1 checkpoint(s) that you kept agree')
    const lines = out.trim().split('\n')
    const proof = JSON.parse(lines.at(-1) ?? '') as { inclusion: { hashes: string[] } }
    proof.inclusion.hashes.reverse()
    writeFileSync(file, [...lines.slice(0, -1), JSON.stringify(proof)].join('\n'))
    expect(audit(file)).toMatchObject({ code: 1, err: expect.stringContaining('inclusion proof does not lead') })
  })

  test('takes no export in which anything was changed, left out, doubled or cut', async () => {
    const file = inFolder('whole.jsonl')
    await ledger('export', '--out', file)
    const lines = readFileSync(file, 'utf8').trim().split('\n')
    const entry = lines.findIndex((line) => line.startsWith('{"leaf":9,'))
    const changed: [string, string[]][] = [
      ['a byte', lines.with(entry, (lines[entry] ?? '').replace('purser:engine', 'purser:forged'))],
      ['a line left out', lines.toSpliced(entry, 1)],
      ['a line twice', lines.toSpliced(entry, 0, lines[entry] ?? '')],
      ['the end cut', lines.slice(0, -5)],
      ['an entry taken out', lines.with(entry, JSON.stringify({ ...JSON.parse(lines[entry] ?? ''), bytes: null }))],
      ['another id', lines.with(entry, (lines[entry] ?? '').replace(/"id":"01/, '"id":"02'))],
      ['a checkpoint', lines.with(1, (lines[1] ?? '').replace('\\n100\\n', '\\n101\\n'))],
    ].map(([name, all]) => [name as string, all as string[]])
    const codes = changed.map(([name, all]) => {
      writeFileSync(file, all.join('\n'))
      return [name, audit(file).code]
    })
    expect(codes).toEqual(changed.map(([name]) => [name, 1]))
    writeFileSync(file, 'nonsense')
    expect(audit(file).code).toBe(2)
    expect(verifier([file]).code).toBe(2)
    expect(verifier([inFolder('none'), key]).code).toBe(2)
  })
})

/** The times of the entries at these leaves, as somebody types them. */
function timesOf([from, to]: [number, number]): [string, string] {
  const db = new Database(at.path, { readonly: true })
  const time = db.prepare<[number], number>('SELECT at FROM entries WHERE rowid = ?').pluck()
  const text = (leaf: number): string => new Date(time.get(leaf + 1) ?? 0).toISOString()
  const both: [string, string] = [text(from), text(to)]
  db.close()
  return both
}
