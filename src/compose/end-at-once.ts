import type { Log } from '../log.ts'

/** What a supervisor starts again: the next process reads what is true. */
const DISK_FAILED = 75

/** The disk did not say whether a commit is on it. The next start reads what is true. */
export function endAtOnce(log: Pick<Log, 'error'>, error: unknown): never {
  log.error('the disk failed; Purser ends, and goes on from what is on disk when it is started again', { err: error })
  process.exit(DISK_FAILED)
}
