import { isObject } from '../slack/block-kit/checks.ts'
import type { SandboxIncident, SandboxService } from '../state.ts'

const FRESH_MS = 1000
const PATIENCE_MS = 500

/** What the sandbox knows of the processes beside it. */
export interface Outside {
  services: SandboxService[]
  /** Of PagerDuty, newest last. */
  incidents: SandboxIncident[]
  purserReachable: boolean
}

export interface OutsideView {
  /** As of at most a second ago. */
  look(): Promise<Outside>
  /** Looks anew the next time. */
  forget(): void
}

interface Beside {
  now: () => number
  servicesUrl: () => string | null
  purserUrl: () => string | null
}

/** Asks the services' process for its figures and Purser whether it is there. */
export function createOutsideView({ now, servicesUrl, purserUrl }: Beside): OutsideView {
  let seen: Promise<Outside> | null = null
  let seenAt = 0
  const lookNow = async (): Promise<Outside> => {
    const [services, incidents, purserReachable] = await Promise.all([
      summary(servicesUrl()),
      incidentsAt(servicesUrl()),
      answers(purserUrl()),
    ])
    return { services, incidents, purserReachable }
  }
  return {
    look() {
      if (seen === null || now() - seenAt >= FRESH_MS) {
        seenAt = now()
        seen = lookNow()
      }
      return seen
    },
    forget() {
      seen = null
    },
  }
}

async function summary(base: string | null): Promise<SandboxService[]> {
  const body = await read(base, '/control/summary')
  return Array.isArray(body) ? body.filter(isService) : []
}

/** As many as fit on the page. */
const INCIDENTS_SHOWN = 50

async function incidentsAt(base: string | null): Promise<SandboxIncident[]> {
  const body = await read(base, '/control/state/pagerduty')
  return isObject(body) && Array.isArray(body.incidents) ? body.incidents.slice(-INCIDENTS_SHOWN) : []
}

/** Null when nobody answers. */
async function read(base: string | null, path: string): Promise<unknown> {
  if (base === null) return null
  try {
    const response = await fetch(new URL(path, base), { signal: AbortSignal.timeout(PATIENCE_MS) })
    return await response.json()
  } catch {
    return null
  }
}

function isService(value: unknown): value is SandboxService {
  return isObject(value) && typeof value.name === 'string' && Array.isArray(value.faults)
}

/** Any HTTP answer counts: the question is whether somebody listens. */
async function answers(base: string | null): Promise<boolean> {
  if (base === null) return false
  try {
    const response = await fetch(new URL('/healthz', base), { signal: AbortSignal.timeout(PATIENCE_MS) })
    await response.body?.cancel()
    return true
  } catch {
    return false
  }
}
