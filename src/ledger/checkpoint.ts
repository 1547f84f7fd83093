import { type KeyObject, sign, verify } from 'node:crypto'
import { HASH_BYTES } from './tree/hash.ts'

/** Who signs: a public key, and the name of the ledger that it signs for (C2SP signed-note). */
export interface VerifierKey {
  /** The ledger's own name, the first line of its checkpoints. */
  origin: string
  /** Four bytes by which signatures name their key. */
  id: Uint8Array
  publicKey: KeyObject
}

export interface SigningKey extends VerifierKey {
  privateKey: KeyObject
}

/** A signed statement about the ledger: so many entries, and this root over them (C2SP tlog-checkpoint). */
export interface Checkpoint {
  origin: string
  /** Leaves that it covers. */
  size: number
  root: Buffer
  /** The whole note, as it is signed, stored and anchored. */
  note: string
}

const ID_BYTES = 4

/** Signs the root over the first `size` leaves. */
export function signCheckpoint(key: SigningKey, { size, root }: { size: number; root: Uint8Array }): Checkpoint {
  const body = `${key.origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`
  const signature = Buffer.concat([key.id, sign(null, Buffer.from(body), key.privateKey)])
  const note = `${body}\n— ${key.origin} ${signature.toString('base64')}\n`
  return { origin: key.origin, size, root: Buffer.from(root), note }
}

const BODY = String.raw`(?<body>(?<origin>[^\s+]+)\n(?<size>0|[1-9]\d{0,14})\n(?<root>[A-Za-z0-9+/]{43}=)\n(?:[^\n—]+\n)*)`
const NOTE = new RegExp(String.raw`(?<=^|\n)${BODY}\n(?<signatures>(?:— [^\s+]+ [A-Za-z0-9+/]+={0,2}(?:\n|$))+)`, 'gu')

/** Every checkpoint in a text, in the order in which they stand there: an anchor's file, or what was copied from Slack. */
export function findCheckpoints(text: string): Checkpoint[] {
  const plain = text
    .replace(/\r\n?/g, '\n')
    .replace(/```/g, '\n')
    .replace(/^[ \t]+|[ \t]+$/gm, '')
  return [...plain.matchAll(NOTE)].flatMap(({ groups }) => {
    const { body = '', origin = '', size = '', root = '', signatures = '' } = groups ?? {}
    const rootBytes = Buffer.from(root, 'base64')
    if (rootBytes.length !== HASH_BYTES) return []
    return [{ origin, size: Number(size), root: rootBytes, note: `${body}\n${signatures.trimEnd()}\n` }]
  })
}

/** Whether one of the keys signed it, for the ledger that it names. */
export function isSignedBy(keys: readonly VerifierKey[], { note, origin }: Checkpoint): boolean {
  const end = note.indexOf('\n\n')
  const body = Buffer.from(note.slice(0, end + 1))
  const lines = note.slice(end + 2).split('\n')
  return keys
    .filter((key) => key.origin === origin)
    .some((key) =>
      lines.some((line) => {
        const [dash, name, base64 = ''] = line.split(' ')
        const bytes = Buffer.from(base64, 'base64')
        if (dash !== '—' || name !== key.origin || Buffer.compare(bytes.subarray(0, ID_BYTES), key.id) !== 0)
          return false
        return verify(null, body, key.publicKey, bytes.subarray(ID_BYTES))
      }),
    )
}
