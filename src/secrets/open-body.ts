import { createSecretKey } from 'node:crypto'
import type { SealedBody } from '../domain/entry.ts'
import { PersonNeeded } from '../domain/errors.ts'
import { decrypt } from './aes-gcm.ts'
import type { OwnerKeys } from './owner-keys.ts'
import { unaltered } from './unaltered.ts'

/** What a body's encryption is bound to; its own key makes it unique. */
export const BODY_CONTEXT = 'purser: body'
/** What the wrapping of a body's key is bound to. */
export const wrapContext = (owner: string): string => `purser: body key of ${owner}`

/** Decrypts a body with the first of its owners' keys that is still there; null when all of them were erased. */
export function openBody(keys: OwnerKeys, sealed: SealedBody): Uint8Array | null {
  const missing: string[] = []
  for (const wrapped of sealed.keys) {
    const owner = keys.find(wrapped.for)
    if (owner === null) missing.push(wrapped.for)
    if (owner === null || owner === 'erased') continue
    return unaltered(() => {
      const parts = { ciphertext: bytes(wrapped.wrapped), iv: bytes(wrapped.iv), tag: bytes(wrapped.tag) }
      const bodyKey = createSecretKey(decrypt(owner.encryption, parts, wrapContext(wrapped.for)))
      const body = { ciphertext: bytes(sealed.ciphertext), iv: bytes(sealed.iv), tag: bytes(sealed.tag) }
      return decrypt(bodyKey, body, BODY_CONTEXT)
    })
  }
  if (missing.length === 0) return null
  throw new PersonNeeded({
    code: 'subject-key-missing',
    message: `The keys of ${missing.join(', ')} are not in the key file, and were not erased either`,
    hint: 'The key file is older than the ledger: bring back the newer one.',
  })
}

const bytes = (text: string): Buffer => Buffer.from(text, 'base64url')
