import { createHash } from 'node:crypto'
import { copyFileSync, createReadStream, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { UserMistake } from '../domain/errors.ts'
import { SEGMENTS } from '../ledger/retention/segment-file.ts'

/** What lies in a backup's folder. */
export const BACKUP_FILES = {
  note: 'backup.json',
  database: 'purser.db',
  rules: 'rules.yml',
  tombstones: 'tombstones.json',
} as const

/** The note that is written last: a folder without it is no backup. */
export const BackupNote = z.object({
  v: z.literal(1),
  /** When the copy was made, in milliseconds since 1970. */
  at: z.int().nonnegative(),
  /** SHA-256 of the database's copy, hexadecimal. */
  sha256: z.string(),
  counts: z.record(z.string(), z.int()),
})
export type BackupNote = z.infer<typeof BackupNote>

/** The note of a backup; a mistake when the folder holds none. */
export function readBackupNote(folder: string): BackupNote {
  const file = join(folder, BACKUP_FILES.note)
  const text = existsSync(file) ? readFileSync(file, 'utf8') : null
  const read = text === null ? null : BackupNote.safeParse(parsed(text))
  if (read?.success) return read.data
  throw new UserMistake({
    code: 'no-backup',
    message: text === null ? `${folder} holds no whole backup: there is no ${file}.` : `${file} cannot be read.`,
    hint: 'Name a folder that `purser backup --to` wrote to its end.',
  })
}

/** Copies the parts of the ledger that stand in files, from one folder to another. */
export function copySegments(from: string, to: string): void {
  const source = join(from, SEGMENTS)
  if (!existsSync(source)) return
  mkdirSync(join(to, SEGMENTS), { recursive: true, mode: 0o700 })
  for (const file of readdirSync(source)) {
    // What is being written has another name until it is whole.
    if (file.endsWith('.gz')) copyFileSync(join(source, file), join(to, SEGMENTS, file))
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Whether nothing lies at the path, or only an empty folder. */
export const isFree = (folder: string): boolean => !existsSync(folder) || readdirSync(folder).length === 0

/** SHA-256 of a file, hexadecimal. */
export async function digestOfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
