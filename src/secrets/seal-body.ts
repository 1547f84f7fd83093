import { createSecretKey, type KeyObject } from 'node:crypto'
import type { SealedBody } from '../domain/entry.ts'
import { encrypt, IV_BYTES, KEY_BYTES } from './aes-gcm.ts'
import { BODY_CONTEXT, wrapContext } from './open-body.ts'
import type { OwnerKey } from './owner-keys.ts'

interface SealingPorts {
  keyOf(owner: string): OwnerKey | 'erased'
  /** Random bytes that were given to nobody else. */
  random(size: number): Buffer
}

/** Encrypts a body under a key of its own, and wraps that key for every owner. */
export function sealBody(
  { keyOf, random }: SealingPorts,
  wanted: readonly string[],
  plaintext: Uint8Array,
): SealedBody {
  const [first] = wanted
  if (first === undefined) throw new Error('A body is sealed for at least one owner')
  const keyBytes = random(KEY_BYTES)
  const body = encrypt(createSecretKey(keyBytes), plaintext, { context: BODY_CONTEXT, iv: random(IV_BYTES) })

  const keys: SealedBody['keys'] = []
  const wrap = (owner: string, key: KeyObject): void => {
    const iv = random(IV_BYTES)
    const { ciphertext, tag } = encrypt(key, keyBytes, { context: wrapContext(owner), iv })
    keys.push({ for: owner, iv: text(iv), wrapped: text(ciphertext), tag: text(tag) })
  }
  for (const owner of wanted) {
    const key = keyOf(owner)
    if (key !== 'erased') wrap(owner, key.encryption)
  }
  // A late answer about somebody who was erased meanwhile: the entry stands, its body is closed to everybody.
  if (keys.length === 0) wrap(first, createSecretKey(random(KEY_BYTES)))
  return { alg: 'A256GCM', iv: text(body.iv), ciphertext: text(body.ciphertext), tag: text(body.tag), keys }
}

const text = (bytes: Buffer): string => bytes.toString('base64url')
