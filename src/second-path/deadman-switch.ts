import type { Clock } from '../clock.ts'
import { deadmanPing } from '../connectors/deadman/ping.ts'
import type { TeamId } from '../domain/ids.ts'
import type { Egress } from '../egress/scope.ts'

const PING_EVERY_MS = 60_000
const ONCE = { tries: 2, withinMs: 20_000, firstDelayMs: 1_000 }

interface DeadmanOptions {
  egress: Egress
  clock: Clock
  team: TeamId
  url: string
  /** Whether all is well; the switch is left to fall when it is not. */
  isWell(): Promise<boolean>
  onError(error: unknown): void
}

/** Calls the outside switch every minute while all is well, so that somebody notices when everything is gone. */
export function createDeadmanSwitch(options: DeadmanOptions): { start(): void; stop(): Promise<void> } {
  const { clock } = options
  let stopTimer = (): void => undefined
  let pinging: Promise<void> = Promise.resolve()
  let stopped = false
  const ping = async (): Promise<void> => {
    if (!(await options.isWell())) return
    await options.egress.call({
      operation: deadmanPing,
      input: { url: options.url },
      scope: {
        ...{ team: options.team, subjects: [], urgent: false, tries: ONCE },
        actor: { kind: 'machine', part: 'alerts' },
        purpose: { key: 'deadman', run: null, step: null, earlierCalls: false },
      },
    })
  }
  const round = (): void => {
    if (stopped) return
    pinging = ping()
      .catch(options.onError)
      .finally(() => {
        if (!stopped) stopTimer = clock.after(PING_EVERY_MS, round)
      })
  }
  return {
    start: round,
    async stop() {
      stopped = true
      stopTimer()
      await pinging
    },
  }
}
