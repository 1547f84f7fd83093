import { createHash } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { z } from 'zod'

const SLOTS = 64
const SLOT_BYTES = 1024
/** What a record's text may take, so that the record fits its slot whatever is in it. */
const TEXT = 300

export const TROUBLES = ['main-blocked', 'main-dead', 'disk-full', 'database-broken', 'alerts-stuck'] as const

const SpoolRecord = z.object({
  /** The same trouble in another hour is another record. */
  id: z.string(),
  /** Milliseconds since 1970. */
  at: z.int(),
  trouble: z.enum(TROUBLES),
  /** Whether it tells that the trouble began, or that it is over. */
  tells: z.enum(['begun', 'over']),
  path: z.enum(['mail', 'pagerduty']),
  state: z.enum(['sending', 'sent', 'failed']),
  text: z.string(),
})
export type SpoolRecord = z.infer<typeof SpoolRecord>

export interface Spool {
  /** On disk when it returns; a record of the same id takes the place of the earlier one. */
  write(record: SpoolRecord): void
  read(): SpoolRecord[]
  close(): void
}

/** A file of a fixed size, written in place: it works on a full disk, where nothing can grow. */
export function openSpool(path: string): Spool {
  if (!existsSync(path) || readFileSync(path).length !== SLOTS * SLOT_BYTES) allocate(path)
  const file = openSync(path, 'r+')
  return {
    write(record) {
      const bytes = encode({ ...record, text: record.text.slice(0, TEXT) })
      writeSync(file, bytes, 0, SLOT_BYTES, slotFor(slotsOf(readFileSync(path)), record.id) * SLOT_BYTES)
      fsyncSync(file)
    },
    read: () => readSpool(path),
    close: () => closeSync(file),
  }
}

/** The records of a spool, oldest first; a slot that was torn by a crash is left out. */
export function readSpool(path: string): SpoolRecord[] {
  if (!existsSync(path)) return []
  return slotsOf(readFileSync(path))
    .flatMap((record) => (record ? [record] : []))
    .sort((a, b) => a.at - b.at)
}

/** Real bytes on disk: a hole would have to be filled when there is no room. */
function allocate(path: string): void {
  const file = openSync(path, 'w', 0o600)
  try {
    writeSync(file, Buffer.alloc(SLOTS * SLOT_BYTES, ' '))
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Its own slot, else an empty one, else that of the oldest record. */
function slotFor(slots: readonly (SpoolRecord | null)[], id: string): number {
  const own = slots.findIndex((record) => record?.id === id)
  if (own >= 0) return own
  const empty = slots.indexOf(null)
  if (empty >= 0) return empty
  return slots.reduce((oldest, record, index) => ((record?.at ?? 0) < (slots[oldest]?.at ?? 0) ? index : oldest), 0)
}

const sumOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)

function encode(record: SpoolRecord): Buffer {
  const text = JSON.stringify(record)
  const bytes = Buffer.alloc(SLOT_BYTES, ' ')
  // Letters beyond ASCII could outgrow the slot: what does not fit is said without its text.
  if (Buffer.byteLength(text) + 18 > SLOT_BYTES) return encode({ ...record, text: '' })
  bytes.write(`${sumOf(text)} ${text}`)
  bytes.write('\n', SLOT_BYTES - 1)
  return bytes
}

const slotsOf = (bytes: Buffer): (SpoolRecord | null)[] =>
  Array.from({ length: SLOTS }, (_, index) =>
    decode(bytes.toString('utf8', index * SLOT_BYTES, (index + 1) * SLOT_BYTES)),
  )

function decode(slot: string): SpoolRecord | null {
  const text = slot.slice(17).trimEnd()
  if (text === '' || sumOf(text) !== slot.slice(0, 16)) return null
  return SpoolRecord.parse(JSON.parse(text))
}
