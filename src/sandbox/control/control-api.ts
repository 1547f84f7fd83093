import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Answer, json, readBody, send } from '../http.ts'
import type { Events } from '../slack/interactions/events.ts'
import type { Parts } from '../slack/interactions/interaction.ts'
import type { SandboxState } from '../state.ts'
import { actsOfPeople } from './act-as-person.ts'
import { ControlMistake } from './mistake.ts'
import { type Fields, neededText, readFields } from './read-control.ts'
import { type ServicesControl, serviceAsked } from './services-control.ts'
import type { StateEvents } from './state-events.ts'

/** The Purser process, when somebody who started it lets the sandbox stop and start it. */
export interface PurserProcess {
  kill(): Promise<void> | void
  start(): Promise<void> | void
  pid(): number | null
}

interface ControlParts {
  parts: Parts
  events: Events
  services: ServicesControl
  stateEvents: StateEvents
  readState(only: string | null): Promise<SandboxState>
  purser: PurserProcess | null
  webhook(fields: Fields): Promise<object>
  /** What lies outside looks different now. */
  outsideChanged: () => void
}

type Handle = (req: IncomingMessage, res: ServerResponse, url: URL) => Promise<void>

/** Answers the control API under `/sandbox/`, through which the page and scripts act. */
export function createControlApi(given: ControlParts): Handle {
  const acts = actsOfPeople(given.parts, given.events)

  async function answer(req: IncomingMessage, url: URL): Promise<Answer> {
    const path = url.pathname.slice('/sandbox/'.length)
    const fields = readFields((await readBody(req)).toString('utf8'))
    const log = /^services\/([\w-]+)\/log$/.exec(path)?.[1]
    const request = `${req.method} ${path}`
    if (request === 'GET state') return json(await given.readState(url.searchParams.get('channel')))
    if (req.method === 'GET' && log !== undefined) return given.services.log(log)
    if (path === 'faults') return faults(given, request, { url, fields })
    if (request === 'POST purser') return json(await steerPurser(given, neededText(fields, 'action')))
    if (request === 'POST webhook') return json(await given.webhook(fields))
    const act = req.method === 'POST' && Object.hasOwn(acts, path) ? acts[path] : undefined
    if (act) return json(await act(fields))
    const known = [...Object.keys(acts), 'faults', 'purser', 'webhook'].map((each) => `POST /sandbox/${each}`)
    const hint = `There are: GET /sandbox/state, GET /sandbox/events, ${known.join(', ')}.`
    throw new ControlMistake({ status: 404, code: 'unknown_call', hint })
  }

  return async (req, res, url) => {
    if (fromElsewhere(req)) {
      const hint = 'The control API answers only to its own page and to scripts.'
      return send(res, json({ error: 'wrong_origin', hint }, 403))
    }
    if (req.method === 'GET' && url.pathname === '/sandbox/events') return given.stateEvents.follow(req, res)
    try {
      send(res, await answer(req, url))
    } catch (error) {
      if (!(error instanceof ControlMistake)) throw error
      send(res, json({ error: error.code, hint: error.hint, ...error.details }, error.status))
    }
  }
}

interface Asked {
  url: URL
  fields: Fields
}

async function faults({ services, outsideChanged }: ControlParts, request: string, asked: Asked): Promise<Answer> {
  const service = serviceAsked(asked.url.searchParams, asked.fields)
  if (request === 'GET faults') return services.list(service)
  const answer = request === 'POST faults' ? await services.order(asked.fields) : await services.clear(service)
  outsideChanged()
  return answer
}

async function steerPurser({ purser, outsideChanged }: ControlParts, action: string): Promise<object> {
  if (action !== 'kill' && action !== 'start') {
    throw new ControlMistake({ code: 'invalid_action', hint: '"action" is kill or start.' })
  }
  if (purser === null) {
    const hint = 'The sandbox did not start Purser, so it can neither stop nor start it.'
    throw new ControlMistake({ status: 409, code: 'no_purser_process', hint })
  }
  await (action === 'kill' ? purser.kill() : purser.start())
  outsideChanged()
  return { action, pid: purser.pid() }
}

/** A page of another site, which a browser on this machine may have open. */
function fromElsewhere({ headers }: IncomingMessage): boolean {
  if (headers.origin === undefined) return false
  const own = headers.origin === `http://${headers.host}`
  return !own || !/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(headers.host ?? '')
}
