import type { RunningEngine } from '../engine/create-engine.ts'
import { createScheduler } from '../engine/scheduler.ts'
import { createWatch } from '../engine/watch.ts'
import type { Ways } from './open-ways.ts'

/** What starts by the clock, and what looks for that which did not happen. `onStale`: some cards are stale. */
export function openTimely(ways: Ways, engine: RunningEngine, onStale: () => void) {
  const scheduler = createScheduler({ ...ways, engine })
  const watch = createWatch({ ...ways, engine, onStale })
  return {
    async start(): Promise<void> {
      await scheduler.start()
      watch.start()
    },
    async stop(): Promise<void> {
      await scheduler.stop()
      await watch.stop()
    },
  }
}
