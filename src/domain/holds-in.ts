import type { HoldId } from './ids.ts'
import type { Run } from './run.ts'

/** The holds that this run has to do with: each is told when they end. */
export const holdsIn = (run: Run): HoldId[] => {
  const holds = new Set<HoldId>()
  for (const step of run.steps) {
    if (step.status === 'held' && step.hold !== null) holds.add(step.hold)
    if (step.status === 'running' && step.failing?.incident) holds.add(step.failing.incident)
  }
  return [...holds]
}
