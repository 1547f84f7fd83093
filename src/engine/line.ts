import type { Store } from '../../db/store.ts'
import type { Clock } from '../clock.ts'
import type { RunId, TeamId } from '../domain/ids.ts'

/** Runs that begin in one go, before it is asked again whether there is room. */
const AT_ONCE = 25
/** After what could not be begun, milliseconds. */
const PAUSE_MS = 1_000

interface LineOptions {
  store: Pick<Store, 'runsInLine'>
  clock: Clock
  /** More at once would only take memory. */
  isFull(): boolean
  /** Lets a run begin; false when it cannot. */
  beginTurn(team: TeamId, run: RunId): Promise<boolean>
  onError(error: unknown): void
}

/**
 * Runs that were started while there was too much to do. They wait on disk, in the order of their start, and cost
 * nothing until it is their turn.
 */
export function createLine({ store, clock, isFull, beginTurn, onError }: LineOptions) {
  /** Whether runs may be waiting in it: a later one must not overtake them. */
  let mayHoldRuns = false
  let moving: 'no' | 'yes' | 'pausing' = 'no'
  let stopped = false
  let cancel: (() => void) | null = null

  /** Lets those in front begin; false when none of them could. */
  const beginSome = async (): Promise<boolean> => {
    mayHoldRuns = false
    const next = await store.runsInLine(AT_ONCE)
    if (next.length === 0) return true
    mayHoldRuns = true
    const begun = await Promise.all(
      next.map(({ team, id }) =>
        beginTurn(team, id).catch((error: unknown) => {
          onError(error)
          return false
        }),
      ),
    )
    return begun.includes(true)
  }

  const moveOn = async (): Promise<void> => {
    let went = true
    while (went && mayHoldRuns && !stopped && !isFull()) {
      went = await beginSome().catch((error: unknown) => {
        mayHoldRuns = true
        onError(error)
        return false
      })
    }
    moving = went ? 'no' : 'pausing'
    if (went || stopped) return
    cancel = clock.after(PAUSE_MS, () => {
      moving = 'no'
      move()
    })
  }

  const move = (): void => {
    if (stopped || moving !== 'no' || !mayHoldRuns || isFull()) return
    moving = 'yes'
    void moveOn()
  }

  const joined = (): void => {
    mayHoldRuns = true
    move()
  }

  return {
    /** Whether a run that begins now has to wait behind others. */
    mustWait: (): boolean => isFull() || mayHoldRuns,
    /** A run has joined the line, on disk. */
    joined,
    /** There is room again. */
    move,
    /** Takes up what the last process left. */
    start: joined,
    stop(): void {
      stopped = true
      cancel?.()
    },
  }
}
