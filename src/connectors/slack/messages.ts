import { z } from 'zod'
import type { Found, LookFirstOperation, UpsertOperation } from '../../domain/operation.ts'
import { findMessage } from './find-message.ts'
import { doneWhen } from './judge.ts'
import type { Content, NewMessage, PostedMessage } from './message.ts'
import { asJson, Done, jsonCall, slackCall } from './method.ts'

/** The kind under which our messages carry their key. */
const EVENT_TYPE = 'purser_message'

const Posted = z.looseObject({ channel: z.string(), ts: z.string() }).transform(({ channel, ts }) => ({ channel, ts }))

/** Text from outside must neither mention anybody nor unfurl. */
const QUIET = { unfurl_links: false, unfurl_media: false, link_names: false }

const blocksOf = ({ blocks }: Content) => (blocks === undefined ? undefined : asJson(blocks))

/** Posts a message. Slack would post two, so after an open outcome the channel is looked through for its key. */
export const messagePost: LookFirstOperation<NewMessage, PostedMessage> = {
  ...slackCall,
  class: 'L',
  name: 'chat.postMessage',
  title: 'post the message',
  request: (message) =>
    jsonCall('chat.postMessage', {
      channel: message.channel,
      text: message.text,
      blocks: blocksOf(message),
      thread_ts: message.threadTs,
      metadata: { event_type: EVENT_TYPE, event_payload: { key: message.key } },
      ...QUIET,
    }),
  answer: Posted,
  naturalKey: ({ channel, key }) => `${channel}/${key}`,
  lookBeforeFirstWrite: false,
  // A request that was cut off may still be carried out for a moment.
  indexLagMs: 2_000,
  find: findMessage,
}

/** Draws a message anew; text and blocks always go together, as text alone takes the blocks away. */
export const messageUpdate: UpsertOperation<PostedMessage & Content, PostedMessage> = {
  ...slackCall,
  class: 'U',
  name: 'chat.update',
  title: 'update the message',
  request: (message) =>
    jsonCall('chat.update', {
      channel: message.channel,
      ts: message.ts,
      text: message.text,
      blocks: message.blocks === undefined ? [] : asJson(message.blocks),
      link_names: false,
    }),
  answer: Posted,
}

const Gone = z.looseObject({ error: z.literal('message_not_found') }).transform((): { ok: true } => ({ ok: true }))

/** Takes a message away; one that is gone already is as good. */
export const messageDelete: UpsertOperation<PostedMessage, { ok: true }> = {
  ...slackCall,
  class: 'U',
  name: 'chat.delete',
  title: 'delete the message',
  request: ({ channel, ts }) => jsonCall('chat.delete', { channel, ts }),
  answer: z.union([Done, Gone]),
  judge: doneWhen('message_not_found'),
}

export interface NewEphemeral extends Content {
  channel: string
  user: string
  threadTs?: string | undefined
}

const cannotSee = async (): Promise<Found<{ ok: true }>> => ({
  kind: 'cannot-tell',
  why: 'Slack shows messages for one person to nobody else.',
})

/** Posts what one person alone sees, and nobody can look up. */
export const ephemeralPost: LookFirstOperation<NewEphemeral, { ok: true }> = {
  ...slackCall,
  class: 'L',
  name: 'chat.postEphemeral',
  title: 'tell one person',
  request: (message) =>
    jsonCall('chat.postEphemeral', {
      channel: message.channel,
      user: message.user,
      text: message.text,
      blocks: blocksOf(message),
      thread_ts: message.threadTs,
      link_names: false,
    }),
  answer: Done,
  naturalKey: ({ channel, user }) => `${channel}/${user}`,
  lookBeforeFirstWrite: false,
  indexLagMs: 0,
  find: cannotSee,
}
