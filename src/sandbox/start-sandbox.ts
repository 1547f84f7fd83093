import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createControlApi, type PurserProcess } from './control/control-api.ts'
import { createOutsideView } from './control/outside-view.ts'
import { createWebhooks } from './control/send-webhook.ts'
import { createServicesControl } from './control/services-control.ts'
import { showState } from './control/show-state.ts'
import { createStateEvents } from './control/state-events.ts'
import { createFaults } from './faults.ts'
import { json, send } from './http.ts'
import { createPage } from './page/serve-page.ts'
import { BOT_TOKEN, makeSigningSecret, SCOPES } from './seed.ts'
import { createFileUploads } from './slack/file-uploads.ts'
import { createHandedOutAddresses } from './slack/handed-out-addresses.ts'
import { createEvents } from './slack/interactions/events.ts'
import { createPurserLink } from './slack/interactions/purser-link.ts'
import { createResponseUrls } from './slack/interactions/response-urls.ts'
import { createRequestLog } from './slack/request-log.ts'
import { keepSnapshot, readSnapshot } from './slack/snapshot-file.ts'
import { createTriggers } from './slack/triggers.ts'
import { createWebApi } from './slack/web-api.ts'
import { createWorkspace, type Workspace } from './slack/workspace.ts'
import type { SandboxMail, SandboxState } from './state.ts'

/** Milliseconds that Slack gives an app to acknowledge, and a trigger to open a window. */
const SLACKS_PATIENCE_MS = 3_000

export interface SandboxOptions {
  /** 0 or left out: any free port. */
  port?: number
  /** Where Purser listens; it can be set later. */
  purserUrl?: string
  /** Where the services' fakes listen; without it there is only Slack. */
  servicesUrl?: string
  /** Made at random when left out. */
  signingSecret?: string
  /** The workspace is read from here and written to it. */
  stateFile?: string
  /** The median time of an answer of the Web API. */
  latencyMs?: number
  /** What the app may do; all that the sandbox knows when left out. */
  scopes?: readonly string[]
  /** Lets the page kill and start Purser. */
  purser?: PurserProcess
  /** What Purser sent by e-mail; the page shows it. */
  mails?: () => readonly SandboxMail[]
  /** When events are delivered again that were not acknowledged: at once, after 1 and after 5 minutes. */
  eventRetriesMs?: readonly number[]
  /** Milliseconds in which what people do must be acknowledged, and a window opened: 3,000 as in Slack when left out. */
  patienceMs?: number
  now?: () => number
}

export interface Sandbox extends AsyncDisposable {
  url: string
  port: number
  /** The base of the Web API, for the client's `slackApiUrl`. */
  slackApiUrl: string
  botToken: string
  signingSecret: string
  /** By which Purser knows those who send to its hooks. */
  hookSecret: string
  setPurserUrl(url: string | null): void
  setLatency(medianMs: number): void
  state(channel?: string): Promise<SandboxState>
  close(): Promise<void>
}

/** Starts a Slack workspace on this machine: its Web API, its people and its page. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const now = options.now ?? Date.now
  const settings = { purserUrl: options.purserUrl ?? null, latencyMs: options.latencyMs ?? 0, url: '' }
  const signingSecret = options.signingSecret ?? makeSigningSecret()
  const written = options.stateFile === undefined ? null : readSnapshot(options.stateFile)
  const workspace = createWorkspace(now, written ?? undefined)
  const hookSecret = `whsec_${randomBytes(24).toString('base64')}`
  const sandbox = assemble({ options, settings, workspace, signingSecret, hookSecret })
  const server = createServer((req, res) => {
    sandbox.handle(req, res).catch((error: unknown) => fail(res, error))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  settings.url = `http://127.0.0.1:${port}`
  const snapshot = options.stateFile === undefined ? null : keepSnapshot(workspace, options.stateFile)
  const close = async () => {
    const closed = new Promise((resolve) => server.close(resolve))
    await sandbox.close()
    server.closeAllConnections()
    await closed
    await snapshot?.close()
  }
  return {
    url: settings.url,
    port,
    slackApiUrl: `${settings.url}/api/`,
    botToken: BOT_TOKEN,
    signingSecret,
    hookSecret,
    setPurserUrl: (url) => sandbox.setPurserUrl(url),
    setLatency: (medianMs) => {
      settings.latencyMs = medianMs
    },
    state: (channel) => sandbox.readState(channel ?? null),
    close,
    [Symbol.asyncDispose]: close,
  }
}

interface Assembly {
  options: SandboxOptions
  settings: { purserUrl: string | null; latencyMs: number; url: string }
  workspace: Workspace
  signingSecret: string
  hookSecret: string
}

function assemble({ options, settings, workspace, signingSecret, hookSecret }: Assembly) {
  const { now } = workspace
  const url = () => settings.url
  const servicesUrl = () => options.servicesUrl ?? null
  const purserUrl = () => settings.purserUrl
  const faults = createFaults(now)
  const log = createRequestLog(now)
  const patienceMs = options.patienceMs ?? SLACKS_PATIENCE_MS
  const triggers = createTriggers(now, patienceMs)
  const uploads = createFileUploads(workspace)
  const responseUrls = createResponseUrls(workspace, url)
  const link = createPurserLink({ now, url: purserUrl, signingSecret, patienceMs })
  const events = createEvents(workspace, link, options.eventRetriesMs)
  const outside = createOutsideView({ now, servicesUrl, purserUrl })
  const readState = async (only: string | null) => {
    const purserPid = options.purser?.pid() ?? null
    const mails = options.mails?.() ?? []
    return showState({ workspace, faults, log, outside: await outside.look(), purserPid, mails, only })
  }
  const stateEvents = createStateEvents(() => readState(null))
  const outsideChanged = () => {
    outside.forget()
    stateEvents.changed()
  }
  const parts = { workspace, triggers, responseUrls, link, url }
  const services = createServicesControl({ faults, log, servicesUrl })
  const purser = options.purser ?? null
  const webhook = createWebhooks({ now, purserUrl, secret: hookSecret })
  const control = createControlApi({ parts, events, services, stateEvents, readState, purser, webhook, outsideChanged })
  const scopes = options.scopes ?? SCOPES
  const latencyMs = () => settings.latencyMs
  const webApi = createWebApi({ workspace, triggers, faults, log, uploads, scopes, latencyMs, url })
  const addresses = createHandedOutAddresses({ workspace, faults, log, uploads, responseUrls, latencyMs })
  const page = createPage()
  workspace.onChange(stateEvents.changed)

  return {
    readState,
    setPurserUrl(to: string | null) {
      settings.purserUrl = to
      outsideChanged()
    },
    async handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
      const asked = new URL(req.url ?? '/', 'http://sandbox.invalid')
      if (asked.pathname.startsWith('/api/')) return webApi(req, res, asked)
      if (asked.pathname.startsWith('/sandbox/')) return control(req, res, asked)
      if (addresses.handles(asked.pathname)) return addresses.handle(req, res, asked)
      if (!page.handle(req, res)) send(res, json({ error: 'not_found', hint: 'See docs/sandbox.md.' }, 404))
    },
    async close() {
      events.close()
      stateEvents.close()
      await uploads.close()
    },
  }
}

function fail(res: ServerResponse, error: unknown): void {
  const hint = error instanceof Error ? error.message : String(error)
  if (res.headersSent) res.destroy()
  else send(res, json({ ok: false, error: 'internal_error', hint }, 500))
}
