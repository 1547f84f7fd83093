import type { IncomingMessage, ServerResponse } from 'node:http'
import { App, HTTPReceiver, LogLevel, type Receiver, SocketModeReceiver } from '@slack/bolt'
import type { KnownBlock, ModalView } from '@slack/types'
import { z } from 'zod'
import { noticeModal } from '../../views/answers/notice-modal.ts'
import { buttonForgotten } from '../../views/answers/private.ts'
import { isForm } from '../../views/modals/filled-in.ts'
import { paragraph } from '../../views/rich-text.ts'
import { texts } from '../../views/texts/index.ts'
import type { Log } from '../log.ts'
import type { SubjectKeys } from '../secrets/subject-keys.ts'
import { answerWindow } from './answer-window.ts'
import { boltLogger } from './bolt-logger.ts'
import type {
  ButtonHandler,
  CommandHandler,
  HandlerPorts,
  HomeOpened,
  Joined,
  ModalHandler,
  Said,
  ShortcutHandler,
  Submission,
  SubmissionAnswer,
} from './handler.ts'
import { keepLine, type Line } from './keep-line.ts'
import { listenToClosings } from './listen-to-closings.ts'
import { listenToEvents } from './listen-to-events.ts'
import { pressedViewIn } from './payload.ts'
import { refusingBeyond } from './refuse-beyond.ts'
import { answer, excuse, taken } from './take-in.ts'
import { takingWhole } from './whole-request.ts'

/** What there is to answer what Slack sends; `handlers/index.ts` lists it. */
export interface Handlers {
  commands: readonly CommandHandler[]
  buttons: readonly ButtonHandler[]
  modals: readonly ModalHandler[]
  shortcuts: readonly ShortcutHandler[]
  said(said: Said, ports: HandlerPorts): Promise<void>
  homeOpened(opened: HomeOpened, ports: HandlerPorts): Promise<void>
  joined(joined: Joined, ports: HandlerPorts): Promise<void>
}

export type SlackConnection =
  | { mode: 'http'; signingSecret: string }
  /** `fetch` carries `apps.connections.open` through the egress. */
  | { mode: 'socket'; appToken: string; fetch: typeof fetch }

export interface SlackAppOptions {
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
  const { receiver, http, line } = createReceiver(options)
  const app = new App({
    receiver,
    authorize: async () => ({ botToken: options.botToken }),
    logger: boltLogger(options.log),
    logLevel: LogLevel.WARN,
    ignoreSelf: false,
    clientOptions: { retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, fetch: refuseToFetch },
  })
  listen(app, options)
  const { log, ports } = options
  return {
    listener: http
      ? takingWhole(refusingBeyond({ clock: ports.clock, log }, (req, res) => http.requestListener(req, res)))
      : null,
    async start() {
      await line?.start()
    },
    async stop() {
      line?.stop()
    },
  }
}

/** Calls to Slack are made by the surface, through the egress; Bolt's own client has nothing to do. */
const refuseToFetch = (): Promise<Response> =>
  Promise.reject(new Error('Slack is called through the egress, not by Bolt’s client'))

function createReceiver({ connection, log, ports }: SlackAppOptions): {
  receiver: Receiver
  http: HTTPReceiver | null
  line: Line | null
} {
  const logger = boltLogger(log)
  if (connection.mode === 'socket') {
    const receiver = new SocketModeReceiver({
      appToken: connection.appToken,
      logger,
      installerOptions: { clientOptions: { fetch: connection.fetch, retryConfig: { retries: 0 } } },
      customPropertiesExtractor: (args: { envelope_id?: string }) => ({ delivery: args.envelope_id ?? '' }),
      autoReconnectEnabled: false,
    })
    return { receiver, http: null, line: keepLine(receiver.client, { clock: ports.clock, log }) }
  }
  const receiver = new HTTPReceiver({
    signingSecret: connection.signingSecret,
    endpoints: '/slack/events',
    logger,
    customPropertiesExtractor: (req) => ({ delivery: String(req.headers['x-slack-signature'] ?? '') }),
  })
  return { receiver, http: receiver, line: null }
}

const Press = z.looseObject({ action_id: z.string(), block_id: z.string().optional(), value: z.string().optional() })

/** What somebody entered; a form in which nothing was entered may come without. */
const Entered = z.looseObject({ state: z.looseObject({ values: z.unknown() }).default({ values: {} }) })

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
      const said = { action: handler.isEntry ? { action_id: press.action_id, block_id: press.block_id } : press }
      const asked = await taken(options, { body, kind: 'click.received', said, context, ack: () => ack() })
      if (!asked || body.type !== 'block_actions') return
      const pressed = {
        ...asked,
        action,
        value: press.value ?? null,
        triggerId: body.trigger_id,
        view: pressedViewIn(body),
      }
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
      const submission = { ...asked, viewId: view.id, blocks: view.blocks, values, metadata: view.private_metadata }
      const decided = await submitted(options, { handler, submission })
      await acknowledge(ack as ViewAck, decided)
      const after = decided.kind === 'close' ? decided.after : undefined
      if (after) await answer(options, asked, after)
    })
  }
  listenToClosings(app, options)
  listenToShortcuts(app, options)
  listenToForgottenButtons(app, options)
  listenToEvents(app, options)
}

const OnMessage = z.looseObject({ trigger_id: z.string(), message: z.looseObject({ text: z.string().default('') }) })

function listenToShortcuts(app: App, options: SlackAppOptions): void {
  for (const handler of options.handlers.shortcuts) {
    app.shortcut(handler.callback, async ({ body, ack, context }) => {
      // The message is somebody else's words: they are not kept.
      const said = { shortcut: handler.callback }
      const asked = await taken(options, { body, kind: 'command.received', said, context, ack: () => ack() })
      const used = OnMessage.safeParse(body).data
      if (!asked || !used) return
      const call = { ...asked, triggerId: used.trigger_id, text: used.message.text }
      await answer(options, asked, () => handler.handle(call, options.ports))
    })
  }
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

async function submitted(
  options: SlackAppOptions,
  { handler, submission }: { handler: ModalHandler; submission: Submission },
): Promise<SubmissionAnswer> {
  try {
    return await answerWindow(options.ports, handler, submission)
  } catch (error) {
    const { blocks } = excuse(options, error)
    const draft = handler.draft?.(submission, options.ports) ?? keptIn(submission)
    return { kind: 'update', view: noticeModal(texts.windows.notDone, { blocks: [...blocks, ...draft], text: '' }) }
  }
}

const keptIn = ({ blocks }: Submission): KnownBlock[] =>
  isForm({ blocks }) ? [paragraph(texts.formDrafts.isKept)] : []

type ViewAck = (
  response?:
    | { response_action: 'errors'; errors: Record<string, string> }
    | { response_action: 'update'; view: ModalView },
) => Promise<void>

async function acknowledge(ack: ViewAck, decided: SubmissionAnswer): Promise<void> {
  if (decided.kind === 'close') await ack()
  else if (decided.kind === 'errors') await ack({ response_action: 'errors', errors: decided.errors })
  else await ack({ response_action: 'update', view: decided.view })
}
