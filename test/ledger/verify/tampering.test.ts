import { spawnSync } from 'node:child_process'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findCheckpoints, type SigningKey } from '../../../src/ledger/checkpoint.ts'
import { loadSigningKey, verifierKeyText } from '../../../src/ledger/checkpoint-key.ts'
import { exportLines, rangeOfTime } from '../../../src/ledger/verify/export-ledger.ts'
import { verifyLedger } from '../../../src/ledger/verify/verify-ledger.ts'
import { openSealed } from '../seal/open-sealed.ts'
import { ATTACKS, type Victim } from './attacks.ts'

const VERIFIER = fileURLToPath(new URL('../../../verify/verify.mjs', import.meta.url))

const check = (path: string, key: SigningKey, anchors: string) => {
  const db = new Database(path, { readonly: true })
  try {
    return verifyLedger({ db, keys: [key], anchored: findCheckpoints(anchors), segments: null })
  } finally {
    db.close()
  }
}

/** A ledger of 330 entries under three checkpoints, as it lies on the disk of a Purser that was stopped. */
async function makeVictim() {
  const at = await openSealed()
  const sizes: number[] = []
  const backup = join(at.folder, 'backup.db')
  for (const size of [100, 203, 330]) {
    await at.write(size - (sizes.at(-1) ?? 0) - (sizes.length > 0 ? 2 : 0))
    await at.seal()
    sizes.push(size)
    // Beside a WAL that is empty, the file is the whole database.
    const db = new Database(at.path)
    db.pragma('wal_checkpoint(TRUNCATE)')
    db.close()
    if (size === 100) copyFileSync(at.path, backup)
  }
  const anchors = readFileSync(at.anchorFile, 'utf8')
  const otherLedgersKey = loadSigningKey(join(at.folder, 'other.key'))
  const forgedKey = { ...loadSigningKey(join(at.folder, 'forged.key')), origin: at.key.origin }
  const copy = join(at.folder, 'copy.db')
  copyFileSync(at.path, copy)
  return { at, anchors, copy, victim: { path: at.path, backup, key: at.key, forgedKey, otherLedgersKey, sizes } }
}

describe('somebody who has the host', () => {
  let made: Awaited<ReturnType<typeof makeVictim>>
  beforeAll(async () => {
    made = await makeVictim()
    await made.at.store.close()
  })
  afterAll(async () => {
    await made.at[Symbol.asyncDispose]()
  })
  const victimOf = (): Victim => {
    copyFileSync(made.copy, made.victim.path)
    return made.victim
  }
  /** What an auditor finds without Purser: the exit code, and what was said. */
  const audited = (path: string): { code: number | null; says: string } => {
    const db = new Database(path, { readonly: true })
    const file = join(made.at.folder, 'export.jsonl')
    const anchored = join(made.at.folder, 'anchored.txt')
    const range = rangeOfTime(db, null, null)
    writeFileSync(
      file,
      [...exportLines({ db, range, against: findCheckpoints(made.anchors), segments: null })].join(''),
    )
    writeFileSync(anchored, made.anchors)
    db.close()
    const key = verifierKeyText(made.victim.key)
    const ended = spawnSync(process.execPath, [VERIFIER, file, key, '--checkpoint', anchored], { encoding: 'utf8' })
    return { code: ended.status, says: ended.stdout + ended.stderr }
  }

  test('and has changed nothing is not accused', () => {
    const { path, key } = victimOf()
    expect(check(path, key, made.anchors)).toMatchObject({
      findings: [],
      sealed: 330,
      unsealed: 2,
      held: { anchored: 3, stored: 3 },
    })
    expect(audited(path)).toMatchObject({ code: 0 })
  })

  test.each(ATTACKS)('$name: is found, and the first wrong entry named', ({ strike, leaf, hidden = false }) => {
    const victim = victimOf()
    strike(victim)
    const verdict = check(victim.path, victim.key, made.anchors)
    expect(verdict.wrong).toBeGreaterThan(0)
    expect(verdict.findings[0]).toMatchObject({ leaf })
    // Without an anchor, a database that agrees with itself is believed: that is what anchors are for.
    expect(check(victim.path, victim.key, '').wrong > 0).toBe(!hidden)
  })

  test.each(ATTACKS.filter(({ beside }) => !beside))(
    '$name: an auditor finds it without Purser',
    ({ strike, leaf, auditor }) => {
      const victim = victimOf()
      strike(victim)
      const { code, says } = audited(victim.path)
      expect(says).toContain('THE LEDGER WAS CHANGED')
      expect(says).toMatch(auditor ?? new RegExp(`leaf ${leaf}\\b`, 'i'))
      expect(code).toBe(1)
    },
  )

  test.each(['id', 'team', 'at', 'kind', 'actor', 'run', 'step', 'service', 'method', 'status'])(
    'an entry that searches would find by another %s is named',
    (column) => {
      const victim = victimOf()
      const db = new Database(victim.path)
      const triggers = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all()
      for (const name of triggers) db.exec(`DROP TRIGGER ${name}`)
      db.prepare(`UPDATE entries SET ${column} = ? WHERE rowid = 151`).run(
        ['at', 'status'].includes(column) ? 7 : 'other',
      )
      db.close()
      expect(check(victim.path, victim.key, made.anchors).findings[0]).toMatchObject({ leaf: 150 })
    },
  )

  test('found in all: counted', () => {
    const found = ATTACKS.filter(({ strike }) => {
      const victim = victimOf()
      strike(victim)
      return check(victim.path, victim.key, made.anchors).wrong > 0
    })
    process.stdout.write(`tampering: ${found.length} of ${ATTACKS.length} attacks found\n`)
    expect(ATTACKS.length).toBeGreaterThanOrEqual(14)
    expect(found).toHaveLength(ATTACKS.length)
  })
})
