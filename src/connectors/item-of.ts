import { createHash } from 'node:crypto'

/** Tells calls of one operation in one step apart by what they are about, without naming it: keys stand in the ledger for good. */
export function itemOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16)
}
