import { PurserError } from '../domain/errors.ts'

/** Ends a command that could not be carried out: what happened and the way out, in words; 2 when it was typed wrong. */
export function tellFailure(error: unknown): void {
  if (error instanceof PurserError) {
    process.stderr.write(`${error.message}\n${error.hint}\n`)
    process.exitCode = error.consequence === 'mistake' ? 2 : 1
  } else if (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 2
  } else throw error
}
