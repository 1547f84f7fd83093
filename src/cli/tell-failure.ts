import { PurserError } from '../domain/errors.ts'

interface Told {
  message: string
  hint: string
  /** Whether it was typed wrong. */
  isMistake: boolean
}

/** Ends a command that could not be carried out: what happened and the way out, in words; 2 when it was typed wrong. */
export function tellFailure(error: unknown, command: string): void {
  const { message, hint, isMistake } = failureInWords(error, command)
  process.stderr.write(`${message}\n${hint}\n`)
  process.exitCode = isMistake ? 2 : 1
}

/** What went wrong and the way out; throws what nobody at a terminal could put right. */
export function failureInWords(error: unknown, command: string): Told {
  if (error instanceof PurserError) {
    return { message: error.message, hint: error.hint, isMistake: error.consequence === 'mistake' }
  }
  if (!(error instanceof Error)) throw error
  const code = 'code' in error ? String(error.code) : ''
  if (code.startsWith('ERR_PARSE_ARGS')) {
    const message = error.message.replace(/(?:\. To specify a positional argument.*)?$/, '.')
    return { message, hint: `\`purser help ${command}\` says what it takes.`, isMistake: true }
  }
  const known = ofFile(code, error) ?? ofDatabase(code, error)
  if (known === null) throw error
  return { ...known, isMistake: false }
}

const FILE_TROUBLE: Readonly<Record<string, readonly [says: string, hint: string]>> = {
  ENOENT: ['is not there', 'Make the folder first, or name another one.'],
  ENOTDIR: ['lies below a file, not in a folder', 'Name another place.'],
  EISDIR: ['is a folder', 'Name a file.'],
  EEXIST: ['is there already', 'Name another one.'],
  EACCES: ['is closed to you', 'Do it as the user that Purser runs as, or name a place that you may write to.'],
  EPERM: ['is closed to you', 'Do it as the user that Purser runs as, or name a place that you may write to.'],
  EROFS: ['lies on a disk that nothing can be written to', 'Name a place on another disk.'],
  ENOSPC: ['could not be written: the disk is full', 'Make room, or name a place on another disk.'],
}

function ofFile(code: string, error: Error): Omit<Told, 'isMistake'> | null {
  const trouble = FILE_TROUBLE[code]
  if (!trouble || !('path' in error)) return null
  const [says, hint] = trouble
  return { message: `${String(error.path)} ${says}.`, hint }
}

const DATABASE_TROUBLE: readonly (readonly [pattern: RegExp, says: string, hint: string])[] = [
  [
    /^SQLITE_(CORRUPT|NOTADB)/,
    'The database is damaged',
    'Stop Purser, keep a copy of the folder, and restore the last backup: docs/runbook.md.',
  ],
  [/^SQLITE_(BUSY|LOCKED)/, 'Something else holds the database', 'Try it again; if it stays so, see what holds it.'],
  [
    /^SQLITE_(CANTOPEN|READONLY|PERM|AUTH)/,
    'The database is closed to you',
    'Do it as the user that Purser runs as, and look at the rights of the folder.',
  ],
  [/^SQLITE_FULL/, 'The disk is full', 'Make room, or name a place on another disk.'],
  [/^SQLITE_IOERR/, 'The disk fails', 'Look at the disk (dmesg).'],
]

function ofDatabase(code: string, error: Error): Omit<Told, 'isMistake'> | null {
  const found = DATABASE_TROUBLE.find(([pattern]) => pattern.test(code))
  return found ? { message: `${found[1]}: ${error.message}.`, hint: found[2] } : null
}
