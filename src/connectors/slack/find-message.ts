import { z } from 'zod'
import type { Found, Look, ReadOperation } from '../../domain/operation.ts'
import { channelNamed } from './channels.ts'
import type { NewMessage, PostedMessage } from './message.ts'
import { formCall, NextCursor, slackCall } from './method.ts'

const PER_PAGE = 200
/** Slack's clock, which stamps the messages, and ours may differ by this, in milliseconds. */
export const CLOCKS_APART_MS = 300_000
const MOST_PAGES = 5

const Message = z.looseObject({
  ts: z.string(),
  metadata: z
    .looseObject({ event_payload: z.looseObject({ key: z.string().optional() }).optional() })
    .nullish()
    .catch(null),
})

interface PageRequest {
  channel: string
  key: string
  /** Of the thread to look through instead of the channel. */
  threadTs?: string | undefined
  /** Milliseconds since 1970, by our clock. */
  notBefore?: number | undefined
  cursor: string
}

const Page = z
  .looseObject({ messages: z.array(Message), response_metadata: NextCursor })
  .transform(({ messages, response_metadata }) => ({
    messages: messages.map(({ ts, metadata }) => ({ ts, key: metadata?.event_payload?.key ?? null })),
    cursor: response_metadata,
  }))

const Body = z.looseObject({ messages: z.array(Message) })

const shared = {
  ...slackCall,
  class: 'R',
  answer: Page,
  /** Other people's messages are no business of the ledger. */
  keep: (body: unknown, { key }: PageRequest) => {
    const page = Body.safeParse(body).data
    return page ? { messages: page.messages.filter(({ metadata }) => metadata?.event_payload?.key === key) } : body
  },
} as const

const argsOf = ({ channel, notBefore, cursor }: PageRequest) => ({
  channel,
  oldest: notBefore === undefined ? undefined : ((notBefore - CLOCKS_APART_MS) / 1000).toFixed(6),
  limit: PER_PAGE,
  cursor: cursor === '' ? undefined : cursor,
  include_all_metadata: true,
})

/** A page of a channel's messages, the newest first. */
export const historyPage: ReadOperation<PageRequest, z.infer<typeof Page>> = {
  ...shared,
  name: 'conversations.history',
  title: 'look for the message',
  request: (page) => formCall('conversations.history', argsOf(page)),
}

/** A page of a thread's messages. */
export const repliesPage: ReadOperation<PageRequest, z.infer<typeof Page>> = {
  ...shared,
  name: 'conversations.replies',
  title: 'look for the reply',
  request: (page) => formCall('conversations.replies', { ...argsOf(page), ts: page.threadTs }),
}

/** Looks through the channel, or the thread, for the message with this key. */
export async function findMessage(message: NewMessage, look: Look): Promise<Found<PostedMessage>> {
  const { key, threadTs, notBefore } = message
  const channel = await channelIdOf(message.channel, look)
  if (channel === null) return { kind: 'cannot-tell', why: `Purser does not see the channel ${message.channel}.` }
  const operation = threadTs === undefined ? historyPage : repliesPage
  let cursor = ''
  for (let page = 1; page <= MOST_PAGES; page++) {
    const read = await look(operation, { channel, key, threadTs, notBefore, cursor })
    const found = read.messages.find((each) => each.key === key)
    if (found) return { kind: 'found', output: { channel, ts: found.ts } }
    if (read.cursor === '') return { kind: 'absent' }
    cursor = read.cursor
  }
  return { kind: 'cannot-tell', why: `It is not among the newest ${PER_PAGE * MOST_PAGES} messages of the channel.` }
}

const CHANNEL_ID = /^[CDG][A-Z0-9]{6,}$/

/** Slack posts to a name, but reads by id alone. */
async function channelIdOf(channel: string, look: Look): Promise<string | null> {
  if (CHANNEL_ID.test(channel)) return channel
  return (await channelNamed(channel.replace(/^#/, ''), look))?.id ?? null
}
