import type { Store, Unhandled } from '../../db/store.ts'
import type { Clock } from '../clock.ts'
import { actorText } from '../domain/actor.ts'
import type { EntryDraft } from '../domain/entry.ts'
import type { EntryId, Ids, SubjectId } from '../domain/ids.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Asked } from './handler.ts'

interface Ports {
  store: Store
  ledger: Ledger
  clock: Clock
  ids: Ids
}

export interface Delivery {
  kind: Extract<EntryDraft['kind'], 'click.received' | 'command.received' | 'submission.received' | 'event.received'>
  asked: Asked
  /** The same for each delivery of one thing: its signature, envelope or event id. */
  id: string
  /** What was pressed, typed or said. */
  said: Record<string, unknown>
  /** Whose key seals it, where people typed something: it may name somebody, and can be erased by itself. */
  owner?: SubjectId | undefined
}

/**
 * Puts on disk what somebody did, before it is acknowledged; null when it came before. Slack delivers some things
 * twice, and whoever overheard a signed request can send it again. Answers with its entry; until that is marked as handled,
 * every process that starts takes it up.
 */
export async function receiveOnce(ports: Ports, { kind, asked, id, said, owner }: Delivery): Promise<EntryId | null> {
  const at = ports.clock.now()
  const receipt = ports.ids.entry()
  const { channel, threadTs } = asked.place
  const from = { place: { channel, threadTs }, homeTeam: asked.homeTeam }
  const outcome = await ports.store.commit({
    at,
    urgent: true,
    once: { team: asked.team, source: 'slack', id },
    // A window's submission is acknowledged only when it is decided: there is nothing to take up.
    ...(kind === 'submission.received'
      ? {}
      : { unhandled: { kind: 'received', of: { team: asked.team, entry: receipt } } }),
    entries: [
      ports.ledger.entry({
        id: receipt,
        at,
        team: asked.team,
        kind,
        actor: actorText({ kind: 'person', team: asked.team, user: asked.user }),
        subjects: owner === undefined ? [] : [owner],
        body: { ...from, ...said },
      }),
    ],
  })
  return outcome.kind === 'seen' ? null : receipt
}

/** Notes that what was received has been carried out, or that somebody was told why not. */
export async function markHandled({ store, clock }: Pick<Ports, 'store' | 'clock'>, of: Unhandled): Promise<void> {
  await store.commit({ at: clock.now(), entries: [], unhandled: { kind: 'handled', of } })
}
