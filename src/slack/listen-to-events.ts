import type { App } from '@slack/bolt'
import { z } from 'zod'
import type { SlackAppOptions } from './app.ts'
import { joinedItself, readAsked } from './payload.ts'
import { answer, type Received, taken } from './take-in.ts'

/** Mentions, direct messages, an invitation to a channel, and the App Home. */
export function listenToEvents(app: App, options: SlackAppOptions): void {
  const { handlers, ports } = options
  keepBeforeAck(app, options)
  const said = async (context: object, body: unknown): Promise<void> => {
    const asked = receivedIn(context)
    const event = questionIn(body)
    if (!asked || !event) return
    const { text, channel, ts, thread } = event
    await answer(options, asked, () => handlers.said({ ...asked, text, channel, ts, threadTs: thread }, ports))
  }
  app.event('app_mention', ({ body, context }) => said(context, body))
  app.event('message', ({ body, context }) => said(context, body))
  app.event('member_joined_channel', async ({ event, context }) => {
    const asked = receivedIn(context)
    const { channel } = event
    if (asked) await answer(options, asked, () => handlers.joined({ ...asked, channel }, ports))
  })
  app.event('app_home_opened', async ({ event, body }) => {
    const asked = readAsked(body)
    // Nothing to keep: it is drawn from the state each time.
    if (asked && event.tab === 'home') await answer(options, asked, () => handlers.homeOpened(asked, ports))
  })
}

const KEPT = 'kept'

/** Bolt acknowledges events before any listener hears of them: what is to be kept of one is on disk before that. */
function keepBeforeAck(app: App, options: SlackAppOptions): void {
  const go = app.processEvent.bind(app)
  app.processEvent = async (event) => {
    const keeping = keepingOf(event.body)
    if (!keeping) return await go(event)
    const kept: { asked: Received | null } = { asked: null }
    const { customProperties = {} } = event
    await go({
      ...event,
      customProperties: { ...customProperties, [KEPT]: kept },
      async ack(response) {
        const how = { kind: 'event.received', context: customProperties, ack: () => event.ack(response) } as const
        kept.asked = await taken(options, { ...keeping, ...how, body: event.body })
      },
    })
  }
}

/** Null when it came before, or nobody asked. */
const receivedIn = (context: object): Received | null =>
  KEPT in context ? (context[KEPT] as { asked: Received | null }).asked : null

/** What is kept of an event; null when there is nothing to do that could be lost. */
function keepingOf(body: unknown): { said: Record<string, unknown>; id?: string } | null {
  const question = questionIn(body)
  if (question) return { said: question }
  const joined = Joined.safeParse(body).data
  if (!joined || !joinedItself(body)) return null
  const { channel } = joined.event
  // Once for each channel, however often it is invited.
  return { said: { channel }, id: `joined/${channel}` }
}

/** Said with a file, also in the channel, or as `/me`; all else was changed, deleted or made by Slack. */
const SAID_BY_PEOPLE = new Set(['file_share', 'thread_broadcast', 'me_message'])

/** What a person said to Purser, and the thread to answer in; null for all else. */
function questionIn(body: unknown): { text: string; channel: string; ts: string; thread: string | null } | null {
  const event = SaidIn.safeParse(body).data?.event
  if (!event || event.bot_id || (event.subtype && !SAID_BY_PEOPLE.has(event.subtype))) return null
  const { text, channel, ts, thread_ts: threadTs = null } = event
  if (event.type === 'app_mention') return { text, channel, ts, thread: threadTs ?? ts }
  return event.channel_type === 'im' ? { text, channel, ts, thread: threadTs } : null
}

const SaidIn = z.looseObject({
  event: z.looseObject({
    type: z.enum(['app_mention', 'message']),
    text: z.string(),
    channel: z.string(),
    ts: z.string(),
    channel_type: z.string().optional(),
    thread_ts: z.string().optional(),
    bot_id: z.string().optional(),
    subtype: z.string().optional(),
  }),
})

const Joined = z.looseObject({
  event: z.looseObject({ type: z.literal('member_joined_channel'), channel: z.string() }),
})
