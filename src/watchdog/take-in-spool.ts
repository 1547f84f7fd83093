import type { Store } from '../../db/store.ts'
import type { Clock } from '../clock.ts'
import { actorText } from '../domain/actor.ts'
import type { Ids, TeamId } from '../domain/ids.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { readSpool, type SpoolRecord } from './spool.ts'

/** A message that is being sent for longer than this was cut off: whether it left is open. */
const CUT_OFF_MS = 120_000

interface Ports {
  store: Store
  ledger: Ledger
  clock: Clock
  ids: Ids
  team: TeamId
}

/** Enters in the ledger what the watchdog sent by itself, each once; answers with how many are new. */
export async function takeInSpool(ports: Ports, path: string): Promise<number> {
  const { clock } = ports
  const ended = readSpool(path).filter(({ state, at }) => state !== 'sending' || clock.now() - at > CUT_OFF_MS)
  const outcomes = await Promise.all(ended.map((record) => takeIn(ports, record)))
  return outcomes.filter((isNew) => isNew).length
}

async function takeIn({ store, ledger, clock, ids, team }: Ports, record: SpoolRecord): Promise<boolean> {
  const { id, trouble, tells, path, state, at, text } = record
  const entry = ledger.entry({
    ...{ id: ids.entry(), at: clock.now(), team, kind: 'watchdog.alerted' },
    actor: actorText({ kind: 'machine', part: 'watchdog' }),
    subjects: [],
    facts: { trouble, tells, path, state: state === 'sending' ? 'unknown' : state, sentAt: at },
    body: { text },
  })
  const once = { team, source: 'watchdog', id: `${id}/${state}` }
  const outcome = await store.commit({ at: clock.now(), entries: [entry], once })
  return outcome.kind === 'committed'
}
