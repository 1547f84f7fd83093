import type { Store } from '../../db/store.ts'
import type { Clock } from '../clock.ts'
import { type Card, holdCardId } from '../domain/card.ts'
import type { CardId, TeamId } from '../domain/ids.ts'
import { type Run, stepOf } from '../domain/run.ts'
import type { Engine } from '../engine/decisions.ts'
import type { Holds } from '../engine/hold-desk.ts'

/** Milliseconds after a start, when what it took up has been shown. */
const FIRST_MS = 30_000
/** Milliseconds between two: Slack takes some fifty changes a minute, and most belong to what happens meanwhile. */
const PAUSE_MS = 3_000
/** Runs that are looked through, the newest. */
const MOST_RUNS = 200

interface Ports {
  store: Pick<Store, 'commit' | 'runHeads' | 'card' | 'cardsOf'>
  engine: Pick<Engine, 'run'> & { holds: Pick<Holds, 'standing'> }
  team: TeamId
  clock: Clock
  onStale(): void
  onError(error: unknown): void
}

export interface CardCheck {
  start(): void
  stop(): Promise<void>
}

/**
 * After a start, sends each card once more that waits for somebody: this version of Purser may draw it otherwise, and its
 * message may have been deleted, of which Slack tells nobody.
 */
export function checkCards(ports: Ports): CardCheck {
  const { store, team, clock } = ports
  const stopping = new AbortController()
  let cancel = (): void => {}
  let working: Promise<void> = Promise.resolve()

  const check = async (): Promise<void> => {
    for (const id of await waitingCards(ports)) {
      if (stopping.signal.aborted) return
      const card = await store.card(team, id)
      // One that is stale is sent as it is.
      if (!card?.ts || card.staleSince !== null) continue
      await store.commit({ at: clock.now(), entries: [], cards: [{ ...card, urgent: false, again: true }] })
      ports.onStale()
      await clock.sleep(PAUSE_MS, stopping.signal).catch(() => undefined)
    }
  }
  return {
    start() {
      cancel = clock.after(FIRST_MS, () => {
        working = check().catch(ports.onError)
      })
    },
    async stop() {
      stopping.abort()
      cancel()
      await working
    },
  }
}

async function waitingCards({ store, engine, team }: Ports): Promise<CardId[]> {
  const [blocked, asking] = await Promise.all([
    store.runHeads({ team, statuses: ['blocked'] }, MOST_RUNS),
    store.runHeads({ team, asking: true }, MOST_RUNS),
  ])
  const ids = engine.holds.standing(team).map(({ id }) => holdCardId(id))
  for (const id of new Set([...blocked, ...asking].map((head) => head.id))) {
    const run = await engine.run(team, id)
    if (run) ids.push(...(await store.cardsOf(id)).filter((card) => isWaiting(run, card)).map((card) => card.id))
  }
  return ids
}

function isWaiting(run: Run, { kind, step: key }: Card): boolean {
  if (kind === 'held') return Boolean(run.heldBack)
  const step = key ? stepOf(run, key) : undefined
  if (kind === 'ask') return step?.status === 'waiting'
  return kind === 'failure' && step !== undefined && 'failing' in step && step.failing !== null
}
