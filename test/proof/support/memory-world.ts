import type { HttpResponse } from '../../../src/domain/operation.ts'
import { type HttpClient, NoAnswer, type WireRequest } from '../../../src/egress/http-client.ts'
import { type Ask, type Fake, Refused } from '../../../src/sandbox/services/fake.ts'
import { createGithubFake } from '../../../src/sandbox/services/github/github-fake.ts'
import { createGoogleFake } from '../../../src/sandbox/services/google/google-fake.ts'
import { createGustoFake } from '../../../src/sandbox/services/gusto/gusto-fake.ts'
import { createJiraFake } from '../../../src/sandbox/services/jira/jira-fake.ts'
import { createRouteFinder } from '../../../src/sandbox/services/match-route.ts'
import { createSalesforceFake } from '../../../src/sandbox/services/salesforce/salesforce-fake.ts'
import { createMemorySlack, type SlackContents } from './memory-slack.ts'

export const WORLD_URL = 'https://world.example'

/** How a request goes wrong: `lost` is done, and its answer is not heard. */
export type Trouble = 'unavailable' | 'lost' | 'not-reached'

export interface WorldRequest {
  service: string
  method: string
  path: string
  trouble: Trouble | null
}

export interface WorldEffect {
  service: string
  kind: string
  key: string
}

/** Everything outside at one moment. */
export interface WorldState {
  services: Readonly<Record<string, unknown>>
  slack: SlackContents
  requests: readonly WorldRequest[]
  effects: readonly WorldEffect[]
}

interface WorldOptions {
  now(): number
  from?: WorldState
  /** What goes wrong with the request of this number, counted from 1 over restarts. */
  trouble?(number: number, request: WorldRequest, now: number): Trouble | null
  /** Told after each request, before it is answered. */
  changed?(): void
}

/** Slack and the services in memory, as stateful as the sandbox's; the whole of it can be kept and taken up again. */
export function createMemoryWorld({ now, from, trouble = () => null, changed }: WorldOptions) {
  const fakes = new Map(
    [createGoogleFake(), createJiraFake(), createGithubFake(), createSalesforceFake(), createGustoFake()].map(
      (fake) => [fake.name as string, { fake, find: createRouteFinder(fake.routes) }],
    ),
  )
  for (const [name, { fake }] of fakes) if (from) fake.restore(structuredClone(from.services[name]))
  const requests: WorldRequest[] = [...(from?.requests ?? [])]
  const effects: WorldEffect[] = [...(from?.effects ?? [])]
  const slack = createMemorySlack(now, `${WORLD_URL}/slack`, from?.slack)

  const act = async (service: string, request: WireRequest): Promise<HttpResponse> => {
    const did = (kind: string, key: string): void => void effects.push({ service, kind, key })
    if (service === 'slack') return await slack.answer(request, did)
    const known = fakes.get(service)
    if (!known) throw new Error(`nobody answers at ${request.url.href}`)
    const answer = answerOf(known, request, now())
    for (const { kind, key } of answer.effects ?? []) did(kind, key)
    return responseOf(answer, known.fake.headers(now()))
  }

  const http: HttpClient = {
    async send(request) {
      const service = request.url.pathname.split('/')[1] ?? ''
      const path = request.url.pathname.slice(service.length + 1)
      const noted: WorldRequest = { service, method: request.method, path, trouble: null }
      requests.push(noted)
      noted.trouble = trouble(requests.length, noted, now())
      if (noted.trouble === 'not-reached') throw new NoAnswer('ECONNREFUSED', false, null)
      if (noted.trouble === 'unavailable') {
        return { status: 503, headers: { 'content-type': 'application/json' }, body: { error: 'not now' } }
      }
      const response = await act(service, request)
      changed?.()
      if (noted.trouble === 'lost') throw new NoAnswer('ECONNRESET', true, null)
      return response
    },
    close: async () => undefined,
  }

  return {
    http,
    slack,
    requests,
    effects,
    keep: (): WorldState => ({
      services: structuredClone(Object.fromEntries([...fakes].map(([name, { fake }]) => [name, fake.snapshot()]))),
      slack: slack.keep(),
      requests: structuredClone(requests),
      effects: [...effects],
    }),
  }
}

export type MemoryWorld = ReturnType<typeof createMemoryWorld>

function answerOf(
  { fake, find }: { fake: Fake; find: ReturnType<typeof createRouteFinder> },
  request: WireRequest,
  now: number,
) {
  const path = request.url.pathname.slice(fake.name.length + 1)
  const match = find(request.method, path)
  const ask: Ask = {
    method: request.method,
    path,
    param: match?.param ?? (() => ''),
    query: request.url.searchParams,
    headers: request.headers,
    body: bodyOf(request),
    now,
    base: `${WORLD_URL}/${fake.name}`,
  }
  const turnedAway = fake.turnAway?.(ask)
  if (turnedAway) return turnedAway
  if (match?.route.use !== 'token' && !fake.accepts(request.headers.authorization ?? '', now)) {
    return fake.refusals.unauthorized()
  }
  if (!match) return fake.refusals.noSuchPath(ask)
  try {
    return match.route.answer(ask)
  } catch (error) {
    if (error instanceof Refused) return error.answer
    throw error
  }
}

function bodyOf({ body, headers }: WireRequest): unknown {
  if (body === null) return undefined
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded')
  const text = Buffer.from(body).toString('utf8')
  return isForm ? Object.fromEntries(new URLSearchParams(text)) : JSON.parse(text)
}

/** As it comes off the wire: through JSON, with the names of headers in lower case. */
function responseOf(answer: ReturnType<typeof answerOf>, own: Record<string, string>): HttpResponse {
  const headers = { ...own, ...answer.headers, 'content-type': 'application/json' }
  return {
    status: answer.status,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    body: answer.body === undefined ? '' : JSON.parse(JSON.stringify(answer.body)),
  }
}
