import { APP } from '../../seed.ts'
import type { SandboxMessage } from '../../state.ts'
import { count, flag, text, textNeeded } from '../arguments.ts'
import type { Call, Method } from '../call.ts'
import { findChannel, isMember } from '../channels.ts'
import { describeMessage } from '../describe.ts'
import { threadOf } from '../messages.ts'
import { refuse } from '../refusal.ts'
import type { Channel } from '../workspace.ts'

function readableChannel({ args, workspace }: Call): Channel {
  const channel = findChannel(workspace, textNeeded(args, 'channel', 'channel_not_found'))
  if (!channel) throw refuse('channel_not_found')
  if (!isMember(channel, APP.userId)) throw refuse('not_in_channel')
  return channel
}

/** Messages between `oldest` and `latest`, both left out unless `inclusive`. */
function asked({ args }: Call, messages: SandboxMessage[]): SandboxMessage[] {
  const oldest = text(args, 'oldest')
  const latest = text(args, 'latest')
  if (oldest === '' && latest === '') return messages
  const inclusive = flag(args, 'inclusive')
  const from = oldest === '' ? 0 : Number(oldest)
  const to = latest === '' ? Number.POSITIVE_INFINITY : Number(latest)
  return messages.filter(({ ts }) => {
    const at = Number(ts)
    return (at > from && at < to) || (inclusive && (ts === oldest || ts === latest))
  })
}

const history: Method = {
  scope: 'channels:history',
  answer(call) {
    const newestFirst = asked(call, readableChannel(call).messages).toReversed()
    const cursor = text(call.args, 'cursor')
    const from = cursor === '' ? 0 : newestFirst.findIndex(({ ts }) => ts === cursor)
    if (from < 0) throw refuse('invalid_cursor')
    const limit = count({ limit: 100, ...call.args }, 'limit', 999)
    const next = newestFirst[from + limit]
    const withMetadata = flag(call.args, 'include_all_metadata')
    return {
      messages: newestFirst.slice(from, from + limit).map((message) => describeMessage(message, { withMetadata })),
      has_more: next !== undefined,
      pin_count: 0,
      response_metadata: { next_cursor: next?.ts ?? '' },
    }
  },
}

const replies: Method = {
  scope: 'channels:history',
  answer(call) {
    const parent = threadOf(readableChannel(call), text(call.args, 'ts'))
    if (!parent) throw refuse('thread_not_found')
    const withMetadata = flag(call.args, 'include_all_metadata')
    const thread = asked(call, [parent, ...parent.replies])
    const limit = count(call.args, 'limit', 1000)
    const cursor = text(call.args, 'cursor')
    const from = cursor === '' ? 0 : thread.findIndex(({ ts }) => ts === cursor)
    if (from < 0) throw refuse('invalid_cursor')
    const next = thread[from + limit]
    return {
      messages: thread
        .slice(from, from + limit)
        .map((message) => describeMessage(message, { withMetadata, threadTs: parent.ts })),
      has_more: next !== undefined,
      response_metadata: { next_cursor: next?.ts ?? '' },
    }
  },
}

export const historyMethods: Record<string, Method> = {
  'conversations.history': history,
  'conversations.replies': replies,
}
