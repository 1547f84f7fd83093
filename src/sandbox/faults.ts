import { z } from 'zod'
import type { ActiveFault, FaultOrder } from './state.ts'

const Order = z.strictObject({
  service: z.string().min(1),
  kind: z.enum(['503', '429', '401', 'timeout', 'reset', 'lost-answer', 'unanswered', 'slow']),
  times: z.exactOptional(z.int().positive()),
  seconds: z.exactOptional(z.number().positive()),
  match: z.exactOptional(z.string().min(1)),
  retry_after: z.exactOptional(z.number().nonnegative()),
})

/** The faults that were ordered and have not ended yet, of all services. */
export interface Faults {
  /** Adds a fault; throws with the place of the mistake when the order is not a valid one. */
  order: (order: FaultOrder) => ActiveFault
  /** The fault that hits this "METHOD /path", counted as fired; the one ordered first wins. */
  strike: (service: string, request: string) => ActiveFault | null
  /** The same for what shows only that a service answers: faults that are counted in `times` are not for it. */
  strikeUncounted: (service: string, request: string) => ActiveFault | null
  /** Those that still hold, the oldest first. */
  list: (service?: string) => ActiveFault[]
  clear: (service?: string) => void
}

interface Held {
  fault: ActiveFault
  endsAt: number
}

/** Keeps faults: one with `times` ends after so many strikes, one with `seconds` after that time, others when cleared. */
export function createFaults(now: () => number): Faults {
  let held: Held[] = []
  let made = 0

  const dropEnded = () => {
    const at = now()
    if (held.some((each) => isOver(each, at))) held = held.filter((each) => !isOver(each, at))
  }

  const strike = (service: string, request: string, may: (fault: ActiveFault) => boolean): ActiveFault | null => {
    if (held.length === 0) return null
    dropEnded()
    const hit = held.find(({ fault }) => fault.service === service && request.includes(fault.match ?? '') && may(fault))
    if (!hit) return null
    hit.fault.fired += 1
    return { ...hit.fault }
  }

  return {
    order(order) {
      const parsed = Order.safeParse(order)
      if (!parsed.success) throw new TypeError(`Not a fault order: ${z.prettifyError(parsed.error)}`)
      const fault: ActiveFault = { ...parsed.data, id: `fault-${++made}`, fired: 0 }
      held.push({
        fault,
        endsAt: fault.seconds === undefined ? Number.POSITIVE_INFINITY : now() + fault.seconds * 1000,
      })
      return { ...fault }
    },
    strike: (service, request) => strike(service, request, () => true),
    strikeUncounted: (service, request) => strike(service, request, ({ times }) => times === undefined),
    list(service) {
      dropEnded()
      return held.filter(({ fault }) => (service ?? fault.service) === fault.service).map(({ fault }) => ({ ...fault }))
    },
    clear(service) {
      held = service === undefined ? [] : held.filter(({ fault }) => fault.service !== service)
    },
  }
}

function isOver({ fault, endsAt }: Held, at: number): boolean {
  return at >= endsAt || (fault.times !== undefined && fault.fired >= fault.times)
}
