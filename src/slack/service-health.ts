import type { ServiceHealth } from '../../views/answers/services-answer.ts'
import type { RunInAnswer } from '../../views/answers/status-answer.ts'
import { isBlocking, type Step } from '../domain/run.ts'

interface From {
  /** Titles of services by name. */
  services: ReadonlyMap<string, string>
  /** Runs that are under way. */
  runs: readonly RunInAnswer[]
}

/** A service that fails for so many steps at once is taken for down. */
const DOWN_FROM = 3

/** How the services are, as the runs that are under way find them. */
export function serviceHealth({ services, runs }: From): ServiceHealth[] {
  const troubles = runs.flatMap(({ run }) =>
    run.steps.flatMap((step) => troubleIn(step)).map((each) => ({ ...each, run: run.id })),
  )
  return [...services].map(([service, title]) => {
    const own = troubles.filter((each) => each.service === service)
    const state = own.length === 0 ? 'up' : own.length >= DOWN_FROM ? 'down' : 'troubled'
    return { service, title, state, detail: own.at(-1)?.message ?? null, runs: [...new Set(own.map(({ run }) => run))] }
  })
}

/** What is wrong with a step may be wrong with its input; only what a later try may mend is the service's. */
function troubleIn(step: Step): { service: string; message: string }[] {
  const failure = 'failing' in step ? step.failing?.failure : undefined
  if (!failure?.service) return []
  const ofService =
    failure.consequence === 'retry' ||
    failure.consequence === 'unknown' ||
    (!isBlocking(step) && failure.status === null)
  return ofService ? [{ service: failure.service, message: failure.message }] : []
}
