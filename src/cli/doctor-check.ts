import { PurserError } from '../domain/errors.ts'

/** One thing that was looked at; `note` is worth knowing and stops nothing. */
export type Check =
  | { verdict: 'ok' | 'note'; what: string; says: string }
  /** `todo`: what to do, and where to click. */
  | { verdict: 'wrong'; what: string; says: string; todo: string }

export const ok = (what: string, says: string): Check => ({ verdict: 'ok', what, says })
export const note = (what: string, says: string): Check => ({ verdict: 'note', what, says })
export const wrong = (what: string, says: string, todo: string): Check => ({ verdict: 'wrong', what, says, todo })

/** What an error of ours says, as a check; any other error is a fault of Purser's and goes on. */
export function wrongBy(what: string, error: unknown): Check {
  if (!(error instanceof PurserError)) throw error
  return wrong(what, error.message, error.hint)
}
