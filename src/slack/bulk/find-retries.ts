import type { BulkPreview, RetryInPreview } from '../../../views/modals/bulk-retry-modal.ts'
import { safeRetry } from '../../../views/safe-retry.ts'
import { MOST_IN_BULK } from '../../domain/bulk.ts'
import type { TeamId } from '../../domain/ids.ts'
import { outlineOf, type WorkflowOutline } from '../../domain/outline.ts'
import type { Step, StepIn } from '../../domain/run.ts'
import { OPEN_STATUSES } from '../../domain/run-status.ts'
import { stepName } from '../../domain/step-key.ts'
import { decoded } from '../ask/find-runs.ts'
import { withOutlines } from '../ask/list-runs.ts'
import type { HandlerPorts } from '../handler.ts'
import type { RetryFilter } from './parse-retry-filter.ts'

const MOST_RUNS = 2_000
const MOST_SUBJECTS = 500

type Ports = Pick<HandlerPorts, 'store' | 'engine' | 'workflows'>

/** Failed steps that fit a filter, oldest run first: those that are safely retried, and those that ask for a person. */
export async function findRetries(
  ports: Ports,
  { team, filter, may }: { team: TeamId; filter: RetryFilter; may(workflow: string): boolean },
): Promise<Omit<BulkPreview, 'id' | 'filter'>> {
  const subjects = filter.words.length === 0 ? null : await ports.store.findSubjects(team, filter.words, MOST_SUBJECTS)
  const bounds = {
    ...(subjects ? { subjects: subjects.map(({ id }) => id) } : {}),
    ...(filter.workflow ? { workflow: filter.workflow } : {}),
  }
  const rows =
    subjects?.length === 0 ? [] : await ports.store.runs({ team, statuses: OPEN_STATUSES, ...bounds }, MOST_RUNS)
  const allowed = rows.filter(({ workflow }) => may(workflow))
  const runs = withOutlines(ports, await decoded(ports, allowed)).reverse()
  const safe: RetryInPreview[] = []
  const asking: RetryInPreview[] = []
  let held = 0
  for (const { run, outline } of runs) {
    // Of a run that is paused or held back nothing goes on.
    const stands = run.status === 'paused' || run.status === 'held'
    for (const step of run.steps) {
      if (step.status === 'held' ? isHeldFor(step, outline, filter) : stands && fits(step, filter)) held += 1
      if (stands || !fits(step, filter)) continue
      const isSafe = step.status !== 'unknown' && safeRetry(step, String).overall !== 'ask'
      ;(isSafe ? safe : asking).push({ run, outline, step })
    }
  }
  return {
    members: safe.slice(0, MOST_IN_BULK),
    more: Math.max(0, safe.length - MOST_IN_BULK),
    asking,
    held,
    notAllowed: rows.length - allowed.length,
  }
}

/** One that has not been tried yet is held for the services that it calls. */
function isHeldFor(step: StepIn<'held'>, outline: WorkflowOutline, filter: RetryFilter): boolean {
  if (step.failing !== null) return fitsFailing(step.key, step.failing, filter)
  const services = outlineOf(outline, step.key)?.services ?? []
  const { service, step: name, code, since } = filter
  const isNamed = name === null || stepName(step.key) === name
  return code === null && isNamed && (service === null || services.includes(service)) && (since ?? 0) <= step.since
}

function fits(step: Step, filter: RetryFilter): boolean {
  if (step.status !== 'failed' && step.status !== 'unknown' && step.status !== 'backing-off') return false
  return fitsFailing(step.key, step.failing, filter)
}

function fitsFailing(key: Step['key'], failing: StepIn<'failed'>['failing'], filter: RetryFilter): boolean {
  const { service, step: name, code, since } = filter
  const { failure, since: failingSince } = failing
  if (service !== null && failure.service !== service) return false
  if (code !== null && failure.code !== code) return false
  if (name !== null && stepName(key) !== name) return false
  return since === null || failingSince >= since
}
