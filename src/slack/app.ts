import type { IncomingMessage, ServerResponse } from 'node:http'
import { App, HTTPReceiver, LogLevel, type Receiver, SocketModeReceiver } from '@slack/bolt'
import { z } from 'zod'
import { buttonForgotten, refused, wentWrong } from '../../views/answers/private.ts'
import type { Drawing } from '../../views/drawing.ts'
import { messageModal } from '../../views/modals/modal.ts'
import { PurserError } from '../domain/errors.ts'
import type { Log } from '../log.ts'
import type { SubjectKeys } from '../secrets/subject-keys.ts'
import { boltLogger } from './bolt-logger.ts'
import type {
  Asked,
  ButtonHandler,
  CommandHandler,
  HandlerPorts,
  HomeOpened,
  ModalHandler,
  PressedView,
  Said,
  SubmissionAnswer,
} from './handler.ts'
import { eventIdOf, readAsked } from './payload.ts'
import { type Delivery, receiveOnce } from './receive-once.ts'
import { takingWhole } from './whole-request.ts'

/** What there is to answer what Slack sends; `handlers/index.ts` lists it. */
export interface Handlers {
  commands: readonly CommandHandler[]
  buttons: readonly ButtonHandler[]
  modals: readonly ModalHandler[]
  said(said: Said, ports: HandlerPorts): Promise<void>
  homeOpened(opened: HomeOpened, ports: HandlerPorts): Promise<void>
}

export type SlackConnection =
  | { mode: 'http'; signingSecret: string }
  /** `fetch` carries `apps.connections.open` through the egress. */
  | { mode: 'socket'; appToken: string; fetch: typeof fetch }

interface SlackAppOptions {
  connection: SlackConnection
  botToken: string
  handlers: Handlers
  ports: HandlerPorts
  keys: SubjectKeys
  log: Log
}

export interface SlackApp {
  /** Answers Slack's requests in HTTP mode; null in Socket Mode. */
  listener: ((req: IncomingMessage, res: ServerResponse) => void) | null
  start(): Promise<void>
  stop(): Promise<void>
}

/** The Bolt app: takes what Slack sends, puts it on disk, acknowledges, and hands it to its handler. */
export function createSlackApp(options: SlackAppOptions): SlackApp {
  const { receiver, http } = createReceiver(options)
  const app = new App({
    receiver,
    authorize: async () => ({ botToken: options.botToken }),
    logger: boltLogger(options.log),
    logLevel: LogLevel.WARN,
    ignoreSelf: false,
    clientOptions: { retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, fetch: refuseToFetch },
  })
  listen(app, options)
  return {
    listener: http ? takingWhole((req, res) => http.requestListener(req, res)) : null,
    async start() {
      if (!http) await app.start()
    },
    async stop() {
      if (!http) await app.stop()
    },
  }
}

/** Calls to Slack are made by the surface, through the egress; Bolt's own client has nothing to do. */
const refuseToFetch = (): Promise<Response> =>
  Promise.reject(new Error('Slack is called through the egress, not by Bolt’s client'))

function createReceiver({ connection, log }: SlackAppOptions): { receiver: Receiver; http: HTTPReceiver | null } {
  const logger = boltLogger(log)
  if (connection.mode === 'socket') {
    const receiver = new SocketModeReceiver({
      appToken: connection.appToken,
      logger,
      installerOptions: { clientOptions: { fetch: connection.fetch, retryConfig: { retries: 0 } } },
      customPropertiesExtractor: (args: { envelope_id?: string }) => ({ delivery: args.envelope_id ?? '' }),
    })
    return { receiver, http: null }
  }
  const receiver = new HTTPReceiver({
    signingSecret: connection.signingSecret,
    endpoints: '/slack/events',
    logger,
    customPropertiesExtractor: (req) => ({ delivery: String(req.headers['x-slack-signature'] ?? '') }),
  })
  return { receiver, http: receiver }
}

const Press = z.looseObject({ action_id: z.string(), block_id: z.string().optional(), value: z.string().optional() })

/** What somebody entered; a form in which nothing was entered may come without. */
const Entered = z.looseObject({ state: z.looseObject({ values: z.unknown() }).default({ values: {} }) })

const InView = z.looseObject({
  view: z.looseObject({
    id: z.string(),
    hash: z.string().default(''),
    private_metadata: z.string().default(''),
    state: z.looseObject({ values: z.unknown() }).default({ values: {} }),
  }),
})

function viewIn(body: unknown): PressedView | null {
  const view = InView.safeParse(body).data?.view
  return view ? { id: view.id, hash: view.hash, metadata: view.private_metadata, values: view.state.values } : null
}

const Fields = z.record(z.string(), z.unknown()).catch({})

function listen(app: App, options: SlackAppOptions): void {
  const { handlers, ports } = options
  for (const handler of handlers.commands) {
    app.command(handler.command, async ({ command, ack, context }) => {
      const said = { command: command.command, text: command.text, channel: command.channel_id }
      const asked = await taken(options, { body: command, kind: 'command.received', said, context, ack: () => ack() })
      if (!asked) return
      await answer(options, asked, () =>
        handler.handle({ ...asked, text: command.text, triggerId: command.trigger_id }, ports),
      )
    })
  }
  for (const handler of handlers.buttons) {
    app.action(handler.action, async ({ action, body, ack, context }) => {
      const press = Press.parse(action)
      const said = { action: press }
      const asked = await taken(options, { body, kind: 'click.received', said, context, ack: () => ack() })
      if (!asked || body.type !== 'block_actions') return
      const pressed = { ...asked, action, value: press.value ?? null, triggerId: body.trigger_id, view: viewIn(body) }
      await answer(options, asked, () => handler.handle(pressed, ports))
    })
  }
  for (const handler of handlers.modals) {
    app.view(handler.callback, async ({ view, body, ack, context }) => {
      const { values } = Entered.parse(view).state
      // What was entered is kept with what comes of it, under its subject's key: here nobody could erase it.
      const said = { callback: view.callback_id, fields: Object.keys(Fields.parse(values)) }
      const asked = await taken(options, { body, kind: 'submission.received', said, context, ack: null })
      if (!asked) return await ack()
      const submission = { ...asked, viewId: view.id, values, metadata: view.private_metadata }
      await acknowledge(ack as ViewAck, await submitted(options, () => handler.handle(submission, ports)))
    })
  }
  listenToForgottenButtons(app, options)
  listenToEvents(app, options)
}

/** A button that an older version drew is answered too; its card is drawn anew when its run next changes. */
function listenToForgottenButtons(app: App, options: SlackAppOptions): void {
  const known = ({ action_id: id }: { action_id: string }): boolean =>
    options.handlers.buttons.some(({ action }) => (typeof action === 'string' ? action === id : action.test(id)))
  app.action(/.*/, async ({ action, body, ack, context }) => {
    const press = Press.parse(action)
    if (known(press)) return
    const asked = await taken(options, {
      body,
      kind: 'click.received',
      said: { action: press },
      context,
      ack: () => ack(),
    })
    if (asked) await answer(options, asked, () => options.ports.surface.whisper(asked.place, buttonForgotten()))
  })
}

function listenToEvents(app: App, options: SlackAppOptions): void {
  const { handlers, ports } = options
  const said = async (about: { body: unknown; event: unknown; context: object; inThread: boolean }): Promise<void> => {
    const event = SaidEvent.safeParse(about.event)
    if (!event.success || event.data.bot_id || event.data.subtype) return
    const { text, channel, ts, thread_ts: threadTs } = event.data
    const record = { text, channel, ts }
    const asked = await taken(options, { ...about, kind: 'event.received', said: record, ack: null })
    if (!asked) return
    const thread = about.inThread ? (threadTs ?? ts) : (threadTs ?? null)
    await answer(options, asked, () => handlers.said({ ...asked, text, channel, ts, threadTs: thread }, ports))
  }
  app.event('app_mention', ({ event, body, context }) => said({ body, event, context, inThread: true }))
  app.event('message', async ({ event, body, context }) => {
    if (event.channel_type === 'im') await said({ body, event, context, inThread: false })
  })
  app.event('app_home_opened', async ({ event, body }) => {
    const asked = readAsked(body)
    // Nothing to keep: it is drawn from the state each time.
    if (asked && event.tab === 'home') await answer(options, asked, () => handlers.homeOpened(asked, ports))
  })
}

const SaidEvent = z.looseObject({
  text: z.string(),
  channel: z.string(),
  ts: z.string(),
  thread_ts: z.string().optional(),
  bot_id: z.string().optional(),
  subtype: z.string().optional(),
})

interface Taken {
  body: unknown
  kind: Delivery['kind']
  said: Record<string, unknown>
  context: object
  ack: (() => Promise<unknown>) | null
}

/** Writes, then acknowledges; null when there is nothing to do, as it came before or nobody asked. */
async function taken(options: SlackAppOptions, { body, kind, said, context, ack }: Taken): Promise<Asked | null> {
  const asked = readAsked(body)
  if (!asked) {
    options.log.warn('something came from Slack without a team or a person', { code: kind })
    await ack?.()
    return null
  }
  const delivery = 'delivery' in context ? String(context.delivery) : ''
  // A thing without a name of its own is never taken for another.
  const id = eventIdOf(body) ?? (delivery || options.ports.ids.entry())
  // A workspace that is seen for the first time has no key yet.
  await options.keys.ensure([asked.team])
  const isNew = await receiveOnce(options.ports, { kind, asked, id, said })
  await ack?.()
  if (!isNew) options.log.warn('the same thing came from Slack again; it was not done twice', { code: kind })
  return isNew ? asked : null
}

/** Nobody is met with silence: a mistake goes to whoever made it, anything else gets a reference that the log has too. */
async function answer(options: SlackAppOptions, asked: Asked, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const drawing = excuse(options, error)
    await options.ports.surface.whisper(asked.place, drawing).catch((cause: unknown) => {
      options.log.error('somebody could not be told what went wrong', { err: cause })
    })
  }
}

async function submitted(options: SlackAppOptions, work: () => Promise<SubmissionAnswer>): Promise<SubmissionAnswer> {
  try {
    return await work()
  } catch (error) {
    return { kind: 'update', view: messageModal('Not done', excuse(options, error).text) }
  }
}

function excuse({ log, ports }: SlackAppOptions, error: unknown): Drawing {
  if (error instanceof PurserError && error.consequence === 'mistake') return refused(error)
  const reference = ports.ids.entry().slice(-8)
  log.error('a handler failed', { err: error, reference })
  if (error instanceof PurserError)
    return refused({ message: error.message, hint: `${error.hint} (Reference ${reference})` })
  return wentWrong(reference)
}

type ViewAck = (
  response?:
    | { response_action: 'errors'; errors: Record<string, string> }
    | { response_action: 'update'; view: ReturnType<typeof messageModal> },
) => Promise<void>

async function acknowledge(ack: ViewAck, decided: SubmissionAnswer): Promise<void> {
  if (decided.kind === 'close') await ack()
  else if (decided.kind === 'errors') await ack({ response_action: 'errors', errors: decided.errors })
  else await ack({ response_action: 'update', view: decided.view })
}
