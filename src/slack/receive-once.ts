import type { Store } from '../../db/store.ts'
import type { Clock } from '../clock.ts'
import { actorText } from '../domain/actor.ts'
import type { EntryDraft } from '../domain/entry.ts'
import type { Ids } from '../domain/ids.ts'
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
}

/**
 * Puts on disk what somebody did, before it is acknowledged; false when it came before. Slack delivers some things
 * twice, and whoever overheard a signed request can send it again.
 */
export async function receiveOnce(ports: Ports, { kind, asked, id, said }: Delivery): Promise<boolean> {
  const at = ports.clock.now()
  const outcome = await ports.store.commit({
    at,
    urgent: true,
    once: { team: asked.team, source: 'slack', id },
    entries: [
      ports.ledger.entry({
        id: ports.ids.entry(),
        at,
        team: asked.team,
        kind,
        actor: actorText({ kind: 'person', team: asked.team, user: asked.user }),
        subjects: [],
        body: said,
      }),
    ],
  })
  return outcome.kind !== 'seen'
}
