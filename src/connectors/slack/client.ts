import type { BoundCall } from '../../domain/operation.ts'
import { itemOf } from '../item-of.ts'
import { type ArchivedChannel, archiveChannel } from './archive-channel.ts'
import { channelCreate, channelInvite, conversationOpen, type SlackChannel } from './channels.ts'
import type { NewMessage, PostedMessage } from './message.ts'
import { messagePost } from './messages.ts'
import { type SlackMember, userByEmail } from './people.ts'
import { type WithdrawnMessage, withdrawMessage } from './withdraw-message.ts'

export interface SlackClient {
  /** Makes the channel, or finds the one of that name. */
  ensureChannel(channel: { name: string; isPrivate?: boolean }): Promise<SlackChannel>
  /** Archives the channel that a run made, and leaves alone what it did not make. */
  archiveChannel(channel: ArchivedChannel): Promise<void>
  /** Brings somebody into a channel, by their ids. */
  invite(invitation: { channel: string; user: string }): Promise<void>
  /** Null when nobody in the workspace has the address. */
  findUser(email: string): Promise<SlackMember | null>
  /** The channel of the direct conversation with somebody. */
  openDirect(user: string): Promise<string>
  /** `key` tells the message from all others of the channel: a repetition finds it. */
  postMessage(message: NewMessage): Promise<PostedMessage>
  /** Takes a message of ours away, if it is there. */
  withdrawMessage(message: WithdrawnMessage): Promise<void>
}

/** The client over one step's calls. */
export function createSlackClient(call: BoundCall): SlackClient {
  return {
    ensureChannel: ({ name, isPrivate = false }) => call(channelCreate, { name, isPrivate }, itemOf(name)),
    archiveChannel: (channel) => archiveChannel(call, channel),
    async invite({ channel, user }) {
      await call(channelInvite, { channel, user }, `${channel}/${user}`)
    },
    findUser: (email) => call(userByEmail, { email }),
    openDirect: async (user) => (await call(conversationOpen, { user }, user)).channel,
    postMessage: (message) => call(messagePost, message, itemOf(message.key)),
    withdrawMessage: (message) => withdrawMessage(call, message),
  }
}
