import type { Checkpoint } from './checkpoint.ts'

/** A place outside the database where checkpoints are kept: what stands there, nobody with the database can change. */
export interface Anchor {
  /** As the ledger names it: `file`, `slack`. */
  name: string
  /** Whether it is quick enough to be waited for when Purser ends. */
  atStop: boolean
  /** Resolves when the checkpoint stands there. `signal` ends waiting. */
  put(checkpoint: Checkpoint, signal: AbortSignal): Promise<void>
}
