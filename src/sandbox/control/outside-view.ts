import { isObject } from '../slack/block-kit/checks.ts'
import type { SandboxService } from '../state.ts'

const FRESH_MS = 1000
const PATIENCE_MS = 500

/** What the sandbox knows of the processes beside it. */
export interface Outside {
  services: SandboxService[]
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
    const [services, purserReachable] = await Promise.all([summary(servicesUrl()), answers(purserUrl())])
    return { services, purserReachable }
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
  if (base === null) return []
  try {
    const response = await fetch(new URL('/control/summary', base), { signal: AbortSignal.timeout(PATIENCE_MS) })
    const body: unknown = await response.json()
    return Array.isArray(body) ? body.filter(isService) : []
  } catch {
    return []
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
