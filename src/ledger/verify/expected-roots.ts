import { type Checkpoint, isSignedBy, type VerifierKey } from '../checkpoint.ts'
import { sameHash } from '../tree/hash.ts'
import type { Findings } from './findings.ts'

interface Expected extends Checkpoint {
  /** Where it stands: `anchored` outside, or `stored` in the database itself. */
  from: 'anchored' | 'stored'
}

/** Roots that the growing tree has to have at certain sizes, as checkpoints say. */
export class ExpectedRoots {
  readonly #bySize = new Map<number, Expected[]>()
  readonly #findings: Findings
  /** The largest size at which the tree agreed with a checkpoint from there. */
  readonly #agreed = { anchored: 0, stored: 0 }
  readonly held = { anchored: 0, stored: 0 }
  #broken = false

  constructor(findings: Findings) {
    this.#findings = findings
  }

  /** Takes a checkpoint that one of the keys signed; anything else is a finding. */
  add(keys: readonly VerifierKey[], checkpoint: Checkpoint, from: Expected['from']): void {
    const refused = refusal(keys, checkpoint)
    if (refused === null) {
      const others = this.#bySize.get(checkpoint.size) ?? []
      this.#bySize.set(checkpoint.size, [...others, { ...checkpoint, from }])
    } else {
      const says = `the ${from} checkpoint of ${checkpoint.size} entries ${refused}`
      this.#findings.add({ leaf: null, entry: null, says })
    }
  }

  /** Compares the tree at a size, where a checkpoint says what its root was. */
  compare(size: number, root: () => Uint8Array): void {
    const expected = this.#bySize.get(size)
    if (!expected) return
    this.#bySize.delete(size)
    for (const { root: said, from } of expected) {
      if (sameHash(said, root())) {
        this.held[from] += 1
        this.#agreed[from] = size
      } else this.#disagree(size, from)
    }
  }

  #disagree(size: number, from: Expected['from']): void {
    // After the first, the others cannot agree either.
    if (this.#broken) return
    this.#broken = true
    const good = from === 'anchored' ? this.#agreed.anchored : Math.max(this.#agreed.anchored, this.#agreed.stored)
    if (this.#findings.knows(good, size)) return
    const says = `this entry, or one of those up to leaf ${size - 1}, is not what the ${from} checkpoint of ${size} entries signed`
    this.#findings.add({ leaf: good, entry: null, says: `changed together with its leaf: ${says}` })
  }

  /** After the last leaf: what checkpoints cover beyond it is gone. */
  end(leaves: number): void {
    const [size, [first] = []] = [...this.#bySize].filter(([at]) => at > leaves).sort(([a], [b]) => b - a)[0] ?? []
    if (size === undefined || !first) return
    const says = `missing from here on: the ${first.from} checkpoint covers ${size} entries, the ledger's tree only ${leaves}`
    this.#findings.add({ leaf: leaves, entry: null, says })
  }
}

function refusal(keys: readonly VerifierKey[], checkpoint: Checkpoint): string | null {
  if (!keys.some(({ origin }) => origin === checkpoint.origin)) return `is of another ledger, ${checkpoint.origin}`
  return isSignedBy(keys, checkpoint) ? null : 'is not signed by the key of this ledger'
}
