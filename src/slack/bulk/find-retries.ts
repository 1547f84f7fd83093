import type { RunInAnswer } from '../../../views/answers/status-answer.ts'
import type { BulkPreview, RetryInPreview } from '../../../views/modals/bulk-retry-modal.ts'
import { safeRetry } from '../../../views/safe-retry.ts'
import { MOST_IN_BULK } from '../../domain/bulk.ts'
import type { TeamId } from '../../domain/ids.ts'
import { outlineOf, type WorkflowOutline } from '../../domain/outline.ts'
import type { Step, StepIn } from '../../domain/run.ts'
import { OPEN_STATUSES } from '../../domain/run-status.ts'
import { stepName } from '../../domain/step-key.ts'
import { decoded } from '../ask/find-runs.ts'
import { everyPage, withOutlines } from '../ask/list-runs.ts'
import type { HandlerPorts } from '../handler.ts'
import type { RetryFilter } from './parse-retry-filter.ts'

/** Runs that are opened in one go; other work has its turn between two pages. */
const PAGE = 200
const MOST_SUBJECTS = 500
/** Of those that ask for a person so many are shown; the others are counted. */
const MOST_ASKING = 50

type Ports = Pick<HandlerPorts, 'store' | 'engine' | 'workflows'>
type Retries = Omit<BulkPreview, 'id' | 'filter'>

/** Failed steps that fit a filter, oldest run first: those that are safely retried, and those that ask for a person. All runs are looked through, however many there are. */
export async function findRetries(
  ports: Ports,
  { team, filter, may }: { team: TeamId; filter: RetryFilter; may(workflow: string): boolean },
): Promise<Retries> {
  const subjects = filter.words.length === 0 ? null : await ports.store.findSubjects(team, filter.words, MOST_SUBJECTS)
  const bounds = {
    ...(subjects ? { subjects: subjects.map(({ id }) => id) } : {}),
    ...(filter.workflow ? { workflow: filter.workflow } : {}),
  }
  const [safe, asking] = [createOldest(MOST_IN_BULK), createOldest(MOST_ASKING)]
  let held = 0
  let notAllowed = 0
  const look = ({ run, outline }: RunInAnswer): void => {
    // Of a run that is paused or held back nothing goes on.
    const stands = run.status === 'paused' || run.status === 'held'
    for (const step of run.steps.toReversed()) {
      if (step.status === 'held' ? isHeldFor(step, outline, filter) : stands && fits(step, filter)) held += 1
      if (stands || !fits(step, filter)) continue
      const isSafe = step.status !== 'unknown' && safeRetry(step, String).overall !== 'ask'
      ;(isSafe ? safe : asking).add({ run, outline, step })
    }
  }
  if (subjects?.length !== 0) {
    const all = { filter: { team, statuses: OPEN_STATUSES, ...bounds }, page: PAGE }
    await everyPage(ports.store.runs, all, async (rows) => {
      const allowed = rows.filter(({ workflow }) => may(workflow))
      notAllowed += rows.length - allowed.length
      for (const each of withOutlines(ports, await decoded(ports, allowed))) look(each)
    })
  }
  const members = safe.oldestFirst()
  return {
    ...{ members, more: safe.count() - members.length, held, notAllowed },
    ...{ asking: asking.oldestFirst(), askingCount: asking.count() },
  }
}

/** Keeps the oldest of what comes newest first, and counts all: what is found may be more than memory should hold. */
function createOldest(most: number) {
  const kept: RetryInPreview[] = []
  let count = 0
  return {
    add(found: RetryInPreview): void {
      count += 1
      kept.push(found)
      if (kept.length > most) kept.shift()
    },
    count: () => count,
    oldestFirst: () => kept.toReversed(),
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
