import type { CauseKind } from '../domain/hold.ts'
import type { RunId, StepKey, TeamId } from '../domain/ids.ts'
import type { StepFailure } from '../domain/run.ts'

/** A step that fails of a cause which others may share. */
export interface FailingStep {
  team: TeamId
  run: RunId
  step: StepKey
  cause: CauseKind
  failure: StepFailure
  since: number
  /** Its attempt is over: it did not pass by itself. */
  isLasting: boolean
}

interface Threshold {
  steps: number
  runs: number
  withinMs: number
}

export interface Verdict {
  cause: CauseKind
  failure: StepFailure
  /** Those that make the incident. */
  steps: readonly FailingStep[]
}

/** Milliseconds for which a step has to fail, while its attempt goes on, until it counts: a blip is no incident. */
export const LASTING_MS = 10_000
/** Steps remembered for each service; more change nothing. */
const REMEMBERED = 2_000

/** Which steps fail now, by the service that fails them; what succeeds speaks for its service. */
export function createEvidence() {
  const services = new Map<string, Map<string, FailingStep>>()
  const keyOf = ({ run, step }: { run: RunId; step: StepKey }): string => `${run}/${step}`

  return {
    fails(service: string, failing: FailingStep): void {
      const key = `${failing.team}/${service}`
      const steps = services.get(key) ?? new Map<string, FailingStep>()
      services.set(key, steps)
      const before = steps.get(keyOf(failing))
      steps.delete(keyOf(failing))
      // What failed at last counts from then; what only goes on failing from its beginning.
      const since = failing.isLasting ? failing.since : (before?.since ?? failing.since)
      steps.set(keyOf(failing), { ...failing, since, isLasting: failing.isLasting || (before?.isLasting ?? false) })
      const [oldest] = steps.keys()
      if (steps.size > REMEMBERED && oldest) steps.delete(oldest)
    },
    /** A step is done: the services that it called work, so that what else fails of them just now may pass too. */
    succeeds(step: { team: TeamId; run: RunId; step: StepKey }, called: readonly string[]): void {
      for (const steps of services.values()) steps.delete(keyOf(step))
      for (const service of called) {
        const steps = services.get(`${step.team}/${service}`)
        for (const [key, { isLasting }] of steps ?? []) if (!isLasting) steps?.delete(key)
      }
    },
    /** Whether the steps that fail of this service are one incident; null when not. */
    verdict(team: TeamId, service: string, { rule, now }: { rule: Threshold; now: number }): Verdict | null {
      const steps = services.get(`${team}/${service}`)
      const counted: FailingStep[] = []
      for (const [key, failing] of steps ?? []) {
        if (now - failing.since > rule.withinMs) steps?.delete(key)
        else if (failing.isLasting || now - failing.since >= LASTING_MS) counted.push(failing)
      }
      const last = counted.at(-1)
      const runs = new Set(counted.map(({ run }) => run)).size
      if (!last || (counted.length < rule.steps && runs < rule.runs)) return null
      return { cause: last.cause, failure: last.failure, steps: [...(steps?.values() ?? [])] }
    },
    /** Whether a step has failed of this service within the time that counts. */
    isFresh(team: TeamId, service: string, { rule, now }: { rule: Threshold; now: number }): boolean {
      const steps = [...(services.get(`${team}/${service}`)?.values() ?? [])]
      return steps.some(({ since }) => now - since <= rule.withinMs)
    },
    /** All that have failed of it, which count no more from here on. */
    take(team: TeamId, service: string): FailingStep[] {
      const steps = [...(services.get(`${team}/${service}`)?.values() ?? [])]
      services.delete(`${team}/${service}`)
      return steps
    },
  }
}
