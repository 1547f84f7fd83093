import { RetryLater } from './errors.ts'

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}

/** The disk did not say whether what was written is on it: nothing can be promised any more. */
export const isDiskFailure = (error: unknown): boolean => codeOf(error).startsWith('SQLITE_IOERR')

/** That the disk is full, as an error that passes; any other as it is. */
export function translate(error: unknown): unknown {
  if (codeOf(error) !== 'SQLITE_FULL') return error
  return new RetryLater({
    code: 'disk-full',
    message: 'The disk is full: nothing could be written, and nothing was done.',
    hint: 'Make room on the disk; Purser goes on by itself.',
    cause: error,
  })
}
