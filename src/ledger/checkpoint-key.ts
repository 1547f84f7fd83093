import { createHash, createPrivateKey, createPublicKey, type KeyObject, randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { PersonNeeded } from '../domain/errors.ts'
import type { SigningKey, VerifierKey } from './checkpoint.ts'

/** Ed25519, as signed notes count algorithms. */
const ALGORITHM = 1
const KEY_BYTES = 32
/** What stands before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')
const OPEN_TO_OTHERS = 0o077

/** The key that signs checkpoints, from its file; made there, with a new name for the ledger, when there is none. */
export function loadSigningKey(file: string): SigningKey & { isNew: boolean } {
  if (existsSync(file)) return { ...readSigningKey(file), isNew: false }
  const origin = `purser-ledger/${randomBytes(8).toString('hex')}`
  const seed = randomBytes(KEY_BYTES)
  const { id } = signingKey(origin, seed)
  const coded = Buffer.concat([Buffer.of(ALGORITHM), seed]).toString('base64')
  writeAtOnce(file, `PRIVATE+KEY+${origin}+${Buffer.from(id).toString('hex')}+${coded}\n`)
  return { ...readSigningKey(file), isNew: true }
}

/** The key of a ledger that signs already. Throws PersonNeeded when there is none, or others can read it. */
export function readSigningKey(file: string): SigningKey {
  if (!existsSync(file)) {
    throw new PersonNeeded({
      code: 'ledger-key-missing',
      message: `There is no ${file}: Purser makes it when it first starts.`,
      hint: 'Name the data folder with --data, or the public key with --key.',
    })
  }
  const { mode } = statSync(file)
  if ((mode & OPEN_TO_OTHERS) !== 0) {
    throw new PersonNeeded({
      code: 'ledger-key-open-to-others',
      message: `The key in ${file} can be read or written by other users (mode ${(mode & 0o777).toString(8)})`,
      hint: `Close it with \`chmod 600 ${file}\`; if others may have read it, treat it as known to them.`,
    })
  }
  const [, origin = '', id, coded = ''] =
    /^PRIVATE\+KEY\+([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(readFileSync(file, 'utf8').trim()) ?? []
  const bytes = Buffer.from(coded, 'base64')
  const key = bytes.length === 1 + KEY_BYTES && bytes[0] === ALGORITHM ? signingKey(origin, bytes.subarray(1)) : null
  if (key && Buffer.from(key.id).toString('hex') === id) return key
  throw new PersonNeeded({
    code: 'ledger-key-malformed',
    message: `${file} does not hold the key that signs the ledger's checkpoints`,
    hint: 'Bring the file back from where the data folder is backed up.',
  })
}

/** The public key in the text form of signed notes: `name+id+key`, for auditors. */
export function verifierKeyText({ origin, id, publicKey }: VerifierKey): string {
  const coded = Buffer.concat([Buffer.of(ALGORITHM), rawPublicKey(publicKey)]).toString('base64')
  return `${origin}+${Buffer.from(id).toString('hex')}+${coded}`
}

/** A public key from its text form; null when it is none. */
export function parseVerifierKey(text: string): VerifierKey | null {
  const [, origin = '', id, coded = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text.trim()) ?? []
  const bytes = Buffer.from(coded, 'base64')
  if (bytes.length !== 1 + KEY_BYTES || bytes[0] !== ALGORITHM) return null
  const raw = bytes.subarray(1)
  const key = { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }
  const known = { origin, id: keyId(origin, raw), publicKey: createPublicKey({ key, format: 'jwk' }) }
  return known.id.toString('hex') === id ? known : null
}

function signingKey(origin: string, seed: Uint8Array): SigningKey {
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(privateKey)
  return { origin, id: keyId(origin, rawPublicKey(publicKey)), publicKey, privateKey }
}

const rawPublicKey = (key: KeyObject): Buffer => Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url')

const keyId = (origin: string, raw: Uint8Array): Buffer =>
  createHash('sha256').update(`${origin}\n`).update(Buffer.of(ALGORITHM)).update(raw).digest().subarray(0, 4)

/** Written aside, flushed, then renamed: a crash leaves no half key. */
function writeAtOnce(file: string, text: string): void {
  const aside = `${file}.new`
  flushing(openSync(aside, 'w', 0o600), (handle) => writeSync(handle, text))
  renameSync(aside, file)
  flushing(openSync(dirname(file), 'r'), () => {})
}

function flushing(handle: number, work: (handle: number) => void): void {
  try {
    work(handle)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
