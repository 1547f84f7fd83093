import { existsSync, readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { findCheckpoints } from '../../../src/ledger/checkpoint.ts'
import { verifyLedger } from '../../../src/ledger/verify/verify-ledger.ts'
import { openSealed } from '../seal/open-sealed.ts'

const PER_LEDGER = 25

/** Random histories of writing and sealing, verified after each step: how many there were, and how often one was accused. */
export async function cleanHistories(ledgers: number, seed: number): Promise<{ histories: number; accused: number }> {
  let [histories, accused] = [0, 0]
  const step = fc.record({ count: fc.nat(12), seal: fc.boolean() })
  const steps = fc.array(step, { minLength: PER_LEDGER, maxLength: PER_LEDGER })
  for (const history of fc.sample(steps, { numRuns: ledgers, seed })) {
    await using at = await openSealed()
    for (const { count, seal } of history) {
      await at.write(count)
      if (seal) await at.seal()
      const anchored = existsSync(at.anchorFile) ? findCheckpoints(readFileSync(at.anchorFile, 'utf8')) : []
      const db = new Database(at.path, { readonly: true })
      accused += verifyLedger({ db, keys: [at.key], anchored, segments: null }).wrong
      db.close()
      histories += 1
    }
    if (at.errors.length > 0) throw new AggregateError(at.errors, 'The sealer met errors')
  }
  return { histories, accused }
}
