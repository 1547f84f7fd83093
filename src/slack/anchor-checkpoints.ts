import type { Drawing } from '../../views/drawing.ts'
import { checkpointNote, checkpointsOfDay } from '../../views/ledger-checkpoint.ts'
import type { Clock } from '../clock.ts'
import { messagePost } from '../connectors/slack/messages.ts'
import type { TeamId } from '../domain/ids.ts'
import type { Egress } from '../egress/scope.ts'
import type { Anchor } from '../ledger/anchor.ts'

interface Place {
  channel: string
  ts: string
}

interface Options {
  egress: Egress
  team: TeamId
  clock: Pick<Clock, 'now'>
  /** Channel id or `#name`. */
  channel(): string
}

const PATIENT = { tries: 3, withinMs: 30_000, firstDelayMs: 1_000 }

/** Keeps checkpoints in Slack: one message a day, and each checkpoint as an answer in its thread. */
export function slackAnchor({ egress, team, clock, channel }: Options): Anchor {
  let thread: { day: string; channel: string; head: Place } | null = null

  const post = (
    drawing: Drawing,
    place: { channel: string; threadTs?: string; key: string },
    signal: AbortSignal,
  ): Promise<Place> =>
    egress.call({
      operation: messagePost,
      input: { ...drawing, ...place },
      scope: {
        team,
        actor: { kind: 'machine', part: 'ledger' },
        subjects: [],
        urgent: false,
        purpose: { key: place.key, run: null, step: null, earlierCalls: false },
        tries: PATIENT,
        signal,
      },
    })

  return {
    name: 'slack',
    atStop: false,
    async put(checkpoint, signal) {
      const day = new Date(clock.now()).toISOString().slice(0, 10)
      const where = channel()
      if (thread?.day !== day || thread.channel !== where) {
        const head = await post(checkpointsOfDay(day), { channel: where, key: `ledger/${day}` }, signal)
        thread = { day, channel: where, head }
      }
      const place = { channel: thread.head.channel, threadTs: thread.head.ts, key: `ledger/${checkpoint.size}` }
      try {
        await post(checkpointNote(checkpoint), place, signal)
      } catch (error) {
        // The thread may be gone with its message: the next checkpoint begins another.
        thread = null
        throw error
      }
    },
  }
}
