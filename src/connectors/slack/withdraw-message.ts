import { PersonNeeded } from '../../domain/errors.ts'
import type { BoundCall, Look } from '../../domain/operation.ts'
import { findMessage } from './find-message.ts'
import type { NewMessage, PostedMessage } from './message.ts'
import { messageDelete } from './messages.ts'

export type WithdrawnMessage = Pick<NewMessage, 'channel' | 'key' | 'notBefore'> & {
  /** Where it stands, when that is known; else it is looked for by its key. */
  posted?: PostedMessage | undefined
}

/** Takes a message of ours away; one that is not there stays away. */
export async function withdrawMessage(call: BoundCall, { posted, ...message }: WithdrawnMessage): Promise<void> {
  const stands = posted ?? (await whereItStands(call, message))
  if (stands) await call(messageDelete, { channel: stands.channel, ts: stands.ts })
}

async function whereItStands(call: BoundCall, message: WithdrawnMessage): Promise<PostedMessage | null> {
  let page = 0
  const look: Look = (operation, input) => call(operation, input, `page-${++page}`)
  const found = await findMessage({ ...message, text: '' }, look)
  if (found.kind === 'cannot-tell') {
    throw new PersonNeeded({
      code: 'message-not-found-again',
      message: `Nobody knows whether the message was posted: ${found.why}`,
      hint: `Look for it in the channel (${message.channel}) and delete it if it is there, then mark this step done.`,
    })
  }
  return found.kind === 'found' ? found.output : null
}
