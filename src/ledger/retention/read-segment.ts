import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

/** An entry as a segment's file holds it. */
export interface SegmentEntry {
  leaf: number
  id: string
  /** The hash of its leaf, in base64. */
  hash: string
  bytes: string
}

/** The entries of a segment's file, in their order. Throws where it cannot be read. */
export function* readSegment(path: string): Generator<SegmentEntry> {
  for (const line of gunzipSync(readFileSync(path)).toString().split('\n')) {
    if (line.startsWith('{"leaf"')) yield JSON.parse(line) as SegmentEntry
  }
}

/** SHA-256 of what a segment's file holds, hexadecimal. */
export const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
