import type { ServiceNow } from '../../views/answers/services-answer.ts'
import type { RunInAnswer } from '../../views/answers/status-answer.ts'
import type { TeamId } from '../domain/ids.ts'
import type { Step } from '../domain/run.ts'
import type { Holds } from '../engine/hold-desk.ts'
import type { HandlerPorts } from './handler.ts'

/** How each service is, as looks and steps' calls found it last, with the runs among `runs` that meet its trouble. */
export function servicesNow(
  { engine }: Pick<HandlerPorts, 'engine'>,
  { team, runs }: { team: TeamId; runs: readonly RunInAnswer[] },
): ServiceNow[] {
  const incidents = engine.holds.standing(team).filter(({ kind, status }) => kind === 'incident' && status === 'open')
  return engine.holds.health().map((health) => {
    const isWell = health.state === 'up' || health.state === 'unknown'
    const meet = isWell ? [] : runs.filter(({ run }) => run.steps.some((step) => meets(step, health.service, engine)))
    const incident = incidents.find(({ scope }) => scope.of === 'service' && scope.service === health.service)
    return { ...health, incidentSince: incident?.since ?? null, runs: meet.map(({ run }) => run.id) }
  })
}

/** Whether a step fails of the service, or waits for it. */
function meets(step: Step, service: string, { holds }: { holds: Holds }): boolean {
  if ('failing' in step && step.failing?.failure.service === service) return true
  const hold = step.status === 'held' && step.hold !== null ? holds.known(step.hold) : null
  return hold?.scope.of === 'service' && hold.scope.service === service
}
