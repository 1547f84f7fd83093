import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import type { SealedBody } from '../domain/entry.ts'
import { encrypt, IV_BYTES, KEY_BYTES } from './aes-gcm.ts'
import { BODY_CONTEXT, wrapContext } from './open-body.ts'
import type { OwnerKey } from './owner-keys.ts'

/** Encrypts a body under a key of its own, and wraps that key for every owner; all from one draw of random bytes. */
export function sealBody(
  keyOf: (owner: string) => OwnerKey | 'erased',
  wanted: readonly string[],
  plaintext: Uint8Array,
): SealedBody {
  const [first] = wanted
  if (first === undefined) throw new Error('A body is sealed for at least one owner')
  const random = randomBytes(KEY_BYTES + IV_BYTES * (1 + wanted.length))
  const draw = (from: number): Uint8Array => random.subarray(from, from + IV_BYTES)
  const keyBytes = random.subarray(0, KEY_BYTES)
  const body = encrypt(createSecretKey(keyBytes), plaintext, { context: BODY_CONTEXT, iv: draw(KEY_BYTES) })

  const wrap = (owner: string, key: KeyObject, index: number): SealedBody['keys'][number] => {
    const iv = draw(KEY_BYTES + IV_BYTES * (1 + index))
    const wrapped = encrypt(key, keyBytes, { context: wrapContext(owner), iv })
    return { for: owner, iv: text(iv), wrapped: text(wrapped.ciphertext), tag: text(wrapped.tag) }
  }
  const keys = wanted.flatMap((owner, index) => {
    const key = keyOf(owner)
    return key === 'erased' ? [] : [wrap(owner, key.encryption, index)]
  })
  // A late answer about somebody who was erased meanwhile: the entry stands, its body is closed to everybody.
  if (keys.length === 0) keys.push(wrap(first, createSecretKey(randomBytes(KEY_BYTES)), 0))
  return { alg: 'A256GCM', iv: text(body.iv), ciphertext: text(body.ciphertext), tag: text(body.tag), keys }
}

const text = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url')
