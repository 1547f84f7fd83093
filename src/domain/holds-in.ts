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

/** The holds for which another number of runs waits once this run has changed: each card says how many. */
export const holdsMoved = (before: Run | null, after: Run): HoldId[] => {
  const [then, now] = [before ? holdsIn(before) : [], holdsIn(after)]
  return [...then.filter((id) => !now.includes(id)), ...now.filter((id) => !then.includes(id))]
}
