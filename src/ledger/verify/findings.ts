/** Something that is not as it was written. */
export interface Finding {
  /** Place in the tree, from 0; null when it has none. */
  leaf: number | null
  entry: string | null
  /** What is wrong, as the end of a sentence about it. */
  says: string
}

/** All are counted, this many of a sort kept: the first one is what matters. */
const MOST_KEPT = 20

export class Findings {
  readonly #inTree: Finding[] = []
  readonly #besides: Finding[] = []
  count = 0

  add(finding: Finding): void {
    this.count += 1
    const sort = finding.leaf === null && finding.entry === null ? this.#besides : this.#inTree
    if (sort.length < MOST_KEPT) sort.push(finding)
  }

  /** Whether something is known to be wrong with one of these leaves. */
  knows(from: number, to: number): boolean {
    return this.#inTree.some(({ leaf }) => leaf !== null && leaf >= from && leaf < to)
  }

  /** Those about entries first, in the order of the tree. */
  get kept(): Finding[] {
    return [...this.#inTree.sort((a, b) => placeOf(a) - placeOf(b)), ...this.#besides]
  }
}

const placeOf = ({ leaf }: Finding): number => leaf ?? Number.POSITIVE_INFINITY
