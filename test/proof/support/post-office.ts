import { RetryLater } from '../../../src/domain/errors.ts'
import { UserId } from '../../../src/domain/ids.ts'
import { ended, type Run } from '../../../src/domain/run.ts'
import { USER_IDS } from '../../../src/sandbox/seed.ts'
import { TEAM } from '../../support/test-ids.ts'
import type { OpenPurser } from './open-purser.ts'

/** What a system outside sends of a run, once `when` holds, and again until it hears that it has arrived. */
export interface Letter {
  /** The sender's; two with the same one are one thing that is sent twice. */
  id: string
  event: string
  payload: unknown
  key(run: Run): string
  when(run: Run): boolean
}

/** Letters in their order; `arrived`: how many the sender was told have arrived. */
export interface Post {
  letters: readonly Letter[]
  arrived: number
}

const SOURCE = 'api:contracts'
const SENDER = { kind: 'machine', part: 'api', name: 'contracts' } as const
const CLERK = { kind: 'person', team: TEAM, user: UserId.parse(USER_IDS.ops) } as const

export type PostAnswer = 'arrived' | 'dismissed' | 'nothing' | 'pending'

/**
 * Sends the next letter when its time is there, and lets somebody dismiss what nobody can use. `pending`: something is
 * to come as soon as time has passed.
 */
export async function handlePost({ inbox, store }: OpenPurser, post: Post, runs: readonly Run[]): Promise<PostAnswer> {
  if ((await store.openInbox(TEAM, ['new'], { after: null, limit: 1 })).length > 0) return 'pending'
  const [useless] = await store.openInbox(TEAM, ['stuck'], { after: null, limit: 1 })
  const [run] = runs
  const next = post.letters[post.arrived]
  try {
    if (useless) {
      await inbox.dismiss({ team: TEAM, item: useless.id, by: CLERK, reason: 'it was sent anew' })
      return 'dismissed'
    }
    if (!next || !run) return 'nothing'
    if (!next.when(run)) return ended(run) ? 'nothing' : 'pending'
    await send(inbox, post, { ...next, key: next.key(run) })
    return 'arrived'
  } catch (error) {
    if (error instanceof RetryLater) return 'pending'
    throw error
  }
}

async function send(
  inbox: OpenPurser['inbox'],
  post: Post,
  { id, event, key, payload }: Omit<Letter, 'key' | 'when'> & { key: string },
): Promise<void> {
  const content = { kind: 'event', event, key, payload } as const
  const receipt = await inbox.receive({ team: TEAM, source: SOURCE, event: id, type: event, content, by: SENDER })
  post.arrived += 1
  if (receipt.kind === 'new') await inbox.settle(TEAM, receipt.item)
}
