import type { Clock } from '../clock.ts'
import type { TeamId } from '../domain/ids.ts'
import type { WholeDirectory } from './directory.ts'
import type { Refusals } from './refusals.ts'

/** Milliseconds between two rounds of reads: while all is well, and while something was refused, also between two rounds. */
const EVERY_MS = 600_000
const SOON_MS = 60_000

interface Ports {
  directory: Pick<WholeDirectory, 'check'>
  refusals: Pick<Refusals, 'isAny' | 'knowAll'>
  clock: Clock
  team: TeamId
  onError(error: unknown): void
}

/** Tries now and then whether Slack still tells who people are: a token that was revoked is found before somebody clicks. */
export function checkDirectory({ directory, refusals, clock, team, onError }: Ports) {
  let cancel = (): void => {}
  let stopped = false
  let checking: Promise<void> = Promise.resolve()
  let checkedAt = Number.NEGATIVE_INFINITY
  const check = async (): Promise<void> => {
    if (!refusals.isAny() && clock.elapsed() - checkedAt < EVERY_MS) return
    checkedAt = clock.elapsed()
    if (await directory.check(team)) refusals.knowAll()
  }
  const round = (): void => {
    checking = check()
      .catch(onError)
      .finally(() => {
        if (!stopped) cancel = clock.after(SOON_MS, round)
      })
  }
  return {
    start: round,
    async stop(): Promise<void> {
      stopped = true
      cancel()
      await checking
    },
  }
}
