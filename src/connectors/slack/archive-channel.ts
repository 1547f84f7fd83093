import { z } from 'zod'
import type { BoundCall, Look, ReadOperation, RefusedTwiceOperation } from '../../domain/operation.ts'
import { channelNamed } from './channels.ts'
import { CLOCKS_APART_MS } from './find-message.ts'
import { doneWhen, duplicateWhen } from './judge.ts'
import { Done, formCall, jsonCall, slackCall } from './method.ts'
import { authTest } from './people.ts'

const Standing = z
  .looseObject({
    channel: z.looseObject({
      id: z.string(),
      is_archived: z.boolean().nullish(),
      creator: z.string().nullish(),
      created: z.number().nullish(),
    }),
  })
  .transform(({ channel }) => ({
    id: channel.id,
    isArchived: channel.is_archived ?? false,
    creator: channel.creator ?? null,
    /** Milliseconds since 1970, by Slack's clock. */
    createdAt: (channel.created ?? 0) * 1000,
  }))
const NotThere = z.looseObject({ error: z.literal('channel_not_found') }).transform(() => null)

/** A channel by its id: whether it is archived, who made it, and when. Null when there is none, or none that we see. */
export const channelInfo: ReadOperation<{ channel: string }, z.infer<typeof Standing> | null> = {
  ...slackCall,
  class: 'R',
  name: 'conversations.info',
  title: 'look at the channel',
  request: ({ channel }) => formCall('conversations.info', { channel }),
  answer: z.union([Standing, NotThere]),
  judge: doneWhen('channel_not_found'),
}

/** Archives a channel: nobody writes there any more, and all of it can be read. Slack refuses a second time. */
export const channelArchive: RefusedTwiceOperation<{ channel: string }, { ok: true }> = {
  ...slackCall,
  class: 'C',
  name: 'conversations.archive',
  title: 'archive the channel',
  request: ({ channel }) => jsonCall('conversations.archive', { channel }),
  answer: Done,
  judge: duplicateWhen('already_archived'),
  readBack: async () => ({ kind: 'found', output: { ok: true } }),
}

export interface ArchivedChannel {
  name: string
  /** Its id, where it is known. */
  id?: string | undefined
  /** Whether it is sure that the run made it; else its maker and its age tell. */
  made: boolean
  /** Milliseconds since 1970 at which the run began: what is older is not its own. */
  since: number
}

/** Archives the channel that a run made; one that others made, that is older than the run, or not there, is left alone. */
export async function archiveChannel(call: BoundCall, { name, id, made, since }: ArchivedChannel): Promise<void> {
  let page = 0
  const look: Look = (operation, input) => call(operation, input, `page-${++page}`)
  const channel = id ?? (await channelNamed(name, look))?.id
  const stands = channel === undefined ? null : await call(channelInfo, { channel })
  if (!stands || stands.isArchived) return
  const isOurs = made || (await madeSince(call, stands, since))
  if (isOurs) await call(channelArchive, { channel: stands.id })
}

async function madeSince(call: BoundCall, stands: z.infer<typeof Standing>, since: number): Promise<boolean> {
  const { user } = await call(authTest, {})
  return stands.creator === user && stands.createdAt >= since - CLOCKS_APART_MS
}
