import { LOOKER } from '../../src/domain/looks.ts'
import type { OpenWorkplace } from '../support/workplace.ts'
import type { KeptCall } from './kept.ts'

const SERVICES = ['google', 'jira', 'github', 'salesforce', 'gusto'] as const
/** The sandbox's services share a host; what a service logs is its own path. */
const PREFIX = /^\/(?:google|jira|github|salesforce|gusto)(?=\/)/

/** Requests that a service got and that no intent in the ledger accounts for, and effects that stand twice. */
export async function compareLogs(office: OpenWorkplace, calls: readonly KeptCall[]) {
  const unaccounted: string[] = []
  const twice: string[] = []
  let requests = 0
  let faults = 0
  for (const service of SERVICES) {
    const log = await office.log(service)
    const ours = calls.filter(({ core }) => core.service === service)
    const intents = counted(ours.filter((call) => !isBareLook(call)).map(intentLine))
    const looks = ours.filter(isBareLook)
    for (const [line, times] of counted(log.requests.map(requestLine))) {
      const looked = looks.filter((look) => mayBe(look, line)).length
      if (times > (intents.get(line) ?? 0) + looked) unaccounted.push(`${service} ${line}`)
    }
    for (const [effect, times] of counted(log.effects.map(({ kind, key }) => `${service} ${kind} ${key}`)))
      if (times > 1) twice.push(effect)
    requests += log.requests.length
    faults += log.requests.filter(({ fault }) => fault !== undefined).length
  }
  return { unaccounted, twice, requests, faults }
}

/** A look at a service that is well: the ledger keeps where it went, and no body. */
const isBareLook = ({ core, body }: KeptCall): boolean => core.actor === LOOKER && body.url === undefined

/** Whether a look is this request, by method and path: of the path the ledger has the pattern, `/orgs/{org}`. */
function mayBe({ core }: KeptCall, line: string): boolean {
  const path = decodeURI(new URL(core.url ?? '').pathname).replace(PREFIX, '')
  const pattern = path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]*\}/g, '[^/]+')
  return new RegExp(`^${core.method} ${pattern}(?:\\?|\\s|$)`).test(line)
}

/** The same for Slack, by method: messages themselves are compared by their keys. */
export async function compareSlackLog(office: OpenWorkplace, calls: readonly KeptCall[]) {
  const log = (await office.control('services/slack/log', undefined, 'GET')) as unknown as {
    requests: { path: string; fault?: string }[]
  }
  const api = log.requests.filter(({ path }) => path.startsWith('/api/'))
  const intents = counted(
    calls.filter(({ core }) => core.service === 'slack').map(({ core }) => new URL(core.url ?? '').pathname),
  )
  const got = counted(api.map(({ path }) => path))
  const unaccounted = [...got].filter(([path, times]) => times > (intents.get(path) ?? 0)).map(([path]) => path)
  return { unaccounted, requests: api.length, faults: api.filter(({ fault }) => fault !== undefined).length }
}

export function counted(lines: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1)
  return counts
}

type ServiceRequest = Awaited<ReturnType<OpenWorkplace['log']>>['requests'][number]

const requestLine = ({ method, path, query, body }: ServiceRequest): string =>
  lineOf(method, `${path}${query === '' ? '' : `?${query}`}`, body)

function intentLine({ core, body }: KeptCall): string {
  const url = new URL(body.url ?? '')
  return lineOf(core.method ?? '', `${url.pathname.replace(PREFIX, '')}${url.search}`, body.body)
}

/** Credentials are hidden by both sides, each in its own words; what is exchanged for tokens is kept by neither. */
function lineOf(method: string, target: string, body: unknown): string {
  const isToken = target.includes('token')
  return `${method} ${target} ${isToken ? '' : stable(body)}`
}

function stable(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stable).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, each]) => !isHidden(each))
    return `{${members
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, each]) => `${name}:${stable(each)}`)
      .join(',')}}`
  }
  return value === undefined ? '' : JSON.stringify(value)
}

const isHidden = (value: unknown): boolean =>
  typeof value === 'string' && (value === 'hidden' || value.startsWith('[hidden'))
