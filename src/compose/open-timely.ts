import { workflows } from '../../workflows/index.ts'
import type { RunningEngine } from '../engine/create-engine.ts'
import { createScheduler } from '../engine/scheduler.ts'
import { createWatch } from '../engine/watch.ts'
import type { KeptAbsences } from '../slack/absence/keep-absences.ts'
import { checkDirectory } from '../slack/check-directory.ts'
import type { Ways } from './open-ways.ts'

/** What starts by the clock, and what looks for that which did not happen. `onStale`: some cards are stale. */
export function openTimely(
  ways: Ways,
  engine: RunningEngine,
  { absences, onStale }: { absences: KeptAbsences; onStale: () => void },
) {
  const scheduler = createScheduler({ ...ways, engine })
  const heard = { outOfReach: absences.outOfReach, refusals: ways.refusals.found }
  const watch = createWatch({ ...ways, workflows, engine, onStale, ...heard, onClockSet: engine.clockWasSet })
  const check = checkDirectory(ways)
  return {
    async start(): Promise<void> {
      await scheduler.start()
      watch.start()
      absences.start()
      check.start()
    },
    async stop(): Promise<void> {
      await check.stop()
      await absences.stop()
      await scheduler.stop()
      await watch.stop()
    },
  }
}
