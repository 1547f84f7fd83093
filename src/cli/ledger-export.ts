import { closeSync, openSync, writeSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { UserMistake } from '../domain/errors.ts'
import { exportLines, leafOf, proofLines, rangeOfTime } from '../ledger/verify/export-ledger.ts'
import { dataFolder, openForReading, readAnchored, segmentsFolder } from './ledger-files.ts'

/** `purser ledger export`: writes entries' exact bytes with what proves them, for `verify/verify.mjs`. */
export function ledgerExport(args: readonly string[]): void {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      out: { type: 'string' },
      since: { type: 'string' },
      until: { type: 'string' },
      against: { type: 'string', multiple: true },
      segments: { type: 'string' },
    },
  })
  if (values.out === undefined) throw missing('--out FILE', 'Say where to write it: --out export.jsonl')
  const against = readAnchored(values.against ?? [])
  const folder = dataFolder(values.data)
  const db = openForReading(folder)
  try {
    const range = rangeOfTime(db, time('since', values.since), time('until', values.until))
    const file = openSync(values.out, 'w', 0o600)
    try {
      writeLines(file, exportLines({ db, range, against, segments: segmentsFolder(values.segments, folder) }))
    } finally {
      closeSync(file)
    }
    process.stdout.write(
      `Wrote leaves ${range.from} to ${range.to - 1} to ${values.out}. Check it with: node verify.mjs ${values.out} PUBLIC_KEY\n`,
    )
  } finally {
    db.close()
  }
}

/** `purser ledger proof ENTRY`: prints one entry with the proof that it is in the ledger. */
export function ledgerProof(args: readonly string[]): void {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      segments: { type: 'string' },
      against: { type: 'string', multiple: true },
    },
  })
  const [entry] = positionals
  if (entry === undefined) throw missing('ENTRY', 'Name the entry: purser ledger proof 0199…')
  const against = readAnchored(values.against ?? [])
  const folder = dataFolder(values.data)
  const db = openForReading(folder)
  try {
    const segments = segmentsFolder(values.segments, folder)
    process.stdout.write([...proofLines({ db, leaf: leafOf(db, entry), against, segments })].join(''))
  } finally {
    db.close()
  }
}

const CHUNK = 1 << 20

function writeLines(file: number, lines: Iterable<string>): void {
  let text = ''
  const write = (): void => {
    const bytes = Buffer.from(text)
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
    text = ''
  }
  for (const line of lines) {
    text += line
    if (text.length > CHUNK) write()
  }
  write()
}

function time(name: string, text: string | undefined): number | null {
  if (text === undefined) return null
  const at = Date.parse(text)
  if (!Number.isNaN(at)) return at
  throw new UserMistake({
    code: 'no-time',
    message: `--${name} ${text} is not a time.`,
    hint: 'Write it like 2026-11-01 or 2026-11-01T09:00:00+01:00.',
  })
}

const missing = (what: string, hint: string): UserMistake =>
  new UserMistake({ code: 'argument-missing', message: `${what} is missing.`, hint })
