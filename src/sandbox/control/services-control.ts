import type { Faults } from '../faults.ts'
import { type Answer, json } from '../http.ts'
import type { RequestLog } from '../slack/request-log.ts'
import type { FaultOrder } from '../state.ts'
import { ControlMistake } from './mistake.ts'
import { type Fields, neededText, optionalText } from './read-control.ts'

interface Parts {
  faults: Faults
  log: RequestLog
  servicesUrl: () => string | null
}

export interface ServicesControl {
  order(fields: Fields): Promise<Answer>
  list(service: string | null): Promise<Answer>
  clear(service: string | null): Promise<Answer>
  log(service: string): Promise<Answer>
}

/** Faults and logs: those of Slack are kept here, those of the other services in their own process. */
export function createServicesControl({ faults, log, servicesUrl }: Parts): ServicesControl {
  const forward = async (method: string, path: string, body?: Fields): Promise<Answer> => {
    const base = servicesUrl()
    if (base === null) {
      const hint = 'The sandbox runs without the services; only "slack" can be asked for.'
      throw new ControlMistake({ status: 404, code: 'service_not_found', hint })
    }
    try {
      const response = await fetch(new URL(path, base), {
        method,
        ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(5000),
      })
      return { status: response.status, headers: { 'content-type': 'application/json' }, body: await response.text() }
    } catch {
      throw new ControlMistake({ status: 502, code: 'services_unreachable', hint: `No answer from ${base}.` })
    }
  }
  const query = (service: string | null) => (service === null ? '' : `?service=${encodeURIComponent(service)}`)
  return {
    async order(fields) {
      if (neededText(fields, 'service') !== 'slack') return forward('POST', '/control/faults', fields)
      try {
        return json(faults.order(fields as unknown as FaultOrder), 201)
      } catch (error) {
        if (!(error instanceof TypeError)) throw error
        throw new ControlMistake({ code: 'invalid_fault', hint: error.message })
      }
    },
    async list(service) {
      if (service === 'slack' || servicesUrl() === null) return json(faults.list(service ?? undefined))
      const others = await forward('GET', `/control/faults${query(service)}`)
      if (service !== null || others.status !== 200) return others
      return json([...faults.list('slack'), ...JSON.parse(others.body.toString())])
    },
    async clear(service) {
      if (service === null || service === 'slack') faults.clear('slack')
      if (service === 'slack' || (service === null && servicesUrl() === null))
        return json({ cleared: service ?? 'all' })
      return forward('DELETE', `/control/faults${query(service)}`)
    },
    async log(service) {
      if (service === 'slack') return json({ requests: log.requests, effects: log.effects })
      return forward('GET', `/control/log/${encodeURIComponent(service)}`)
    },
  }
}

/** The service that a call means: in its address or in its body. */
export function serviceAsked(query: URLSearchParams, fields: Fields): string | null {
  return query.get('service') ?? optionalText(fields, 'service')
}
