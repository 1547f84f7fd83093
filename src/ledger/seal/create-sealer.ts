import type { SealedLeaves, Store, StoredCheckpoint } from '../../../db/store.ts'
import type { Clock } from '../../clock.ts'
import { actorText } from '../../domain/actor.ts'
import type { EntryDraft } from '../../domain/entry.ts'
import { PersonNeeded } from '../../domain/errors.ts'
import type { Ids, TeamId } from '../../domain/ids.ts'
import { LOOKER } from '../../domain/looks.ts'
import type { Anchor } from '../anchor.ts'
import { type Checkpoint, type SigningKey, signCheckpoint } from '../checkpoint.ts'
import type { Ledger } from '../ledger.ts'
import type { ReadUnsealed } from './read-in-thread.ts'

/** Checkpoints are not made more often, and this is what can be changed unseen by whoever holds the host. */
const EVERY_MS = 60_000
/** After a start, when the last checkpoint is older than that: also a Purser that never lives a minute gets sealed. */
const SOON_MS = 5_000
/** How long the last pass may take when Purser ends; the next start seals the rest. */
const STOP_WITHIN_MS = 3_000
/** What only looks at services wrote waits so long for a checkpoint, unless there is something else before. */
const LOOKS_EVERY_MS = 3_600_000
const LEDGER = actorText({ kind: 'machine', part: 'ledger' })

interface Options {
  store: Pick<Store, 'commit' | 'latestCheckpoint' | 'hasEntriesBeyond'>
  ledger: Pick<Ledger, 'entry' | 'record'>
  ids: Pick<Ids, 'entry'>
  team: TeamId
  clock: Clock
  key: SigningKey
  readUnsealed: ReadUnsealed
  anchors: readonly Anchor[]
  onError(error: unknown): void
}

export interface Sealer {
  start(): Promise<void>
  /** Seals what is there, as far as it can be done in three seconds. */
  stop(): Promise<void>
}

/** Gives entries their place in the tree, signs its root at most once a minute while there is something new, anchors it. */
export function createSealer(options: Options): Sealer {
  const { store, clock } = options
  const stopping = new AbortController()
  let endBy = Number.POSITIVE_INFINITY
  let cancel: (() => void) | null = null
  let running: Promise<void> = Promise.resolve()

  const mayGoOn = (): boolean => clock.elapsed() < endBy
  const writeLeaves = async (sealed: SealedLeaves): Promise<boolean> => {
    await store.commit({ at: clock.now(), entries: [], sealed })
    return mayGoOn()
  }
  const pass = async (): Promise<void> => {
    const before = await store.latestCheckpoint()
    const isOld = clock.now() - (before?.at ?? 0) >= LOOKS_EVERY_MS
    const unasked = isOld ? [LEDGER] : [LEDGER, LOOKER]
    if (!(await store.hasEntriesBeyond(before?.size ?? 0, unasked))) return
    const end = await options.readUnsealed(writeLeaves)
    if (end.kind === 'refused') throw changed(end.why)
    if (end.size <= (before?.size ?? 0)) return
    const checkpoint = signCheckpoint(options.key, end)
    await keep(options, checkpoint)
    await anchor(options, checkpoint, stopping.signal)
  }
  const run = (): Promise<void> => {
    running = running.then(pass).catch(options.onError)
    return running
  }
  const wait = (ms: number): void => {
    cancel = clock.after(ms, () => {
      void run().then(() => {
        if (!stopping.signal.aborted) wait(EVERY_MS)
      })
    })
  }

  return {
    async start() {
      const since = clock.now() - ((await store.latestCheckpoint())?.at ?? 0)
      wait(Math.min(EVERY_MS, Math.max(SOON_MS, EVERY_MS - since)))
    },
    async stop() {
      cancel?.()
      stopping.abort()
      endBy = clock.elapsed() + STOP_WITHIN_MS
      await run()
    },
  }
}

async function keep(options: Options, { note, size, root }: Checkpoint): Promise<void> {
  const at = options.clock.now()
  const stored: StoredCheckpoint = { size, at, note }
  const entry = options.ledger.entry(draft(options, 'checkpoint.signed', { size, root: root.toString('base64') }))
  await options.store.commit({ at, entries: [entry], checkpoint: stored })
}

/** Each anchor by itself: one that fails keeps nothing from the others, and gets the next checkpoint in a minute. */
async function anchor(options: Options, checkpoint: Checkpoint, signal: AbortSignal): Promise<void> {
  const places = options.anchors.filter(({ atStop }) => atStop || !signal.aborted)
  await Promise.all(
    places.map(async (place) => {
      try {
        await place.put(checkpoint, signal)
        const facts = { anchor: place.name, size: checkpoint.size }
        await options.ledger.record([draft(options, 'checkpoint.anchored', facts)])
      } catch (error) {
        // Purser ends: the next checkpoint is anchored after the next start.
        if (!signal.aborted || error !== signal.reason) options.onError(error)
      }
    }),
  )
}

const draft = (
  { ids, team, clock }: Options,
  kind: 'checkpoint.signed' | 'checkpoint.anchored',
  facts: Record<string, string | number>,
): EntryDraft => ({ id: ids.entry(), team, at: clock.now(), kind, actor: LEDGER, subjects: [], facts })

const changed = (why: string): PersonNeeded =>
  new PersonNeeded({
    code: 'ledger-changed',
    message: `Somebody changed the ledger: ${why}. No further checkpoint is signed.`,
    hint: 'Run `purser ledger verify --against` the anchored checkpoints: it names the first entry that is wrong.',
  })
