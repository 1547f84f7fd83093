import type { App } from '@slack/bolt'
import { z } from 'zod'
import type { SlackAppOptions } from './app.ts'
import { joinedItself, readAsked } from './payload.ts'
import { answer, taken } from './take-in.ts'

/** Mentions, direct messages, an invitation to a channel, and the App Home. */
export function listenToEvents(app: App, options: SlackAppOptions): void {
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
  app.event('member_joined_channel', async ({ event, body, context }) => {
    if (!joinedItself(body)) return
    // Once for each channel, however often it is invited.
    const { channel } = event
    const asked = await taken(options, {
      body,
      kind: 'event.received',
      said: { channel },
      context,
      ack: null,
      id: `joined/${channel}`,
    })
    if (asked) await answer(options, asked, () => handlers.joined({ ...asked, channel }, ports))
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
