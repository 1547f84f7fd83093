import { z } from 'zod'
import { PersonNeeded } from '../../domain/errors.ts'
import type { Found, Look, ReadOperation, RefusedTwiceOperation, UpsertOperation } from '../../domain/operation.ts'
import { duplicateWhen } from './judge.ts'
import { formCall, jsonCall, NextCursor, slackCall } from './method.ts'

const PER_PAGE = 200
const MOST_PAGES = 50

const Channel = z
  .looseObject({ id: z.string(), name: z.string(), is_archived: z.boolean().nullish() })
  .transform(({ id, name, is_archived }) => ({ id, name, isArchived: is_archived ?? false }))
type Channel = z.infer<typeof Channel>

export interface SlackChannel {
  id: string
  name: string
}

const Body = z.looseObject({ channels: z.array(z.looseObject({ name: z.string() })) })

/** A page of the channels that the app sees; only the one of that name is kept in the ledger. */
export const channelList: ReadOperation<{ name: string; cursor: string }, { channels: Channel[]; cursor: string }> = {
  ...slackCall,
  class: 'R',
  name: 'conversations.list',
  title: 'look for the channel',
  request: ({ cursor }) =>
    formCall('conversations.list', {
      types: 'public_channel,private_channel',
      exclude_archived: false,
      limit: PER_PAGE,
      cursor: cursor === '' ? undefined : cursor,
    }),
  answer: z
    .looseObject({ channels: z.array(Channel), response_metadata: NextCursor })
    .transform(({ channels, response_metadata }) => ({ channels, cursor: response_metadata })),
  keep: (body, { name }) => {
    const page = Body.safeParse(body).data
    return page ? { channels: page.channels.filter((channel) => channel.name === name) } : body
  },
}

/** Makes a channel; Slack refuses a name that is taken, and the channel of that name is read. */
export const channelCreate: RefusedTwiceOperation<{ name: string; isPrivate: boolean }, SlackChannel> = {
  ...slackCall,
  class: 'C',
  name: 'conversations.create',
  title: 'create the channel',
  request: ({ name, isPrivate }) => jsonCall('conversations.create', { name, is_private: isPrivate }),
  answer: z.looseObject({ channel: Channel }).transform(({ channel }) => ({ id: channel.id, name: channel.name })),
  judge: duplicateWhen('name_taken'),
  readBack: findChannel,
}

async function findChannel({ name }: { name: string }, look: Look): Promise<Found<SlackChannel>> {
  const channel = await channelNamed(name, look)
  if (!channel) {
    return {
      kind: 'cannot-tell',
      why: `#${name} exists, and Purser does not see it: it may be a private channel of others.`,
    }
  }
  if (channel.isArchived) throw archived(name)
  return { kind: 'found', output: { id: channel.id, name } }
}

/** The channel of this name among those that the app sees. */
export async function channelNamed(name: string, look: Look): Promise<Channel | null> {
  let cursor = ''
  for (let page = 1; page <= MOST_PAGES; page++) {
    const read = await look(channelList, { name, cursor })
    const channel = read.channels.find((each) => each.name === name)
    if (channel) return channel
    if (read.cursor === '') return null
    cursor = read.cursor
  }
  return null
}

function archived(name: string): PersonNeeded {
  return new PersonNeeded({
    code: 'channel-archived',
    message: `There is an archived channel #${name}, and Slack keeps its name taken`,
    // Slack renames no archived channel.
    hint: `In Slack, open #${name} and unarchive it, then retry: it is used then. To have a new one, unarchive it, give it another name and archive it again; then retry.`,
  })
}

/** Brings somebody into a channel; Slack refuses those who are in it. */
export const channelInvite: RefusedTwiceOperation<{ channel: string; user: string }, { ok: true }> = {
  ...slackCall,
  class: 'C',
  name: 'conversations.invite',
  title: 'bring into the channel',
  request: ({ channel, user }) => jsonCall('conversations.invite', { channel, users: user }),
  answer: z.looseObject({ ok: z.literal(true) }).transform((): { ok: true } => ({ ok: true })),
  judge: duplicateWhen('already_in_channel'),
  readBack: async () => ({ kind: 'found', output: { ok: true } }),
}

/** The direct conversation with somebody; the same one each time. */
export const conversationOpen: UpsertOperation<{ user: string }, { channel: string }> = {
  ...slackCall,
  class: 'U',
  name: 'conversations.open',
  title: 'open the direct conversation',
  request: ({ user }) => jsonCall('conversations.open', { users: user }),
  answer: z
    .looseObject({ channel: z.looseObject({ id: z.string() }) })
    .transform(({ channel }) => ({ channel: channel.id })),
}
