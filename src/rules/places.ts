import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  Scalar,
} from 'yaml'

type Path = readonly PropertyKey[]

/** Finds the places of keys and values in a YAML text; all are offsets from its beginning. */
export class Places {
  readonly #document: Document
  readonly #text: string

  constructor(document: Document, text: string) {
    this.#document = document
    this.#text = text
  }

  /** Where the key at the path's end stands; the nearest one around it when it has none. */
  ofKey(path: Path): number {
    const pair = this.#pair(path)
    return offsetOf(pair?.key) ?? this.#ofItem(path) ?? this.ofValue(path.slice(0, -1))
  }

  /** Where the value stands, `inside` characters into it when it is text; its key when it is empty or on lines below. */
  ofValue(path: Path, inside = 0): number {
    const node = this.#node(path)
    const start = offsetOf(node)
    const isBelow = isCollection(node) && !node.flow
    const isEmpty = start === null || (isScalar(node) && node.value === null)
    if ((isEmpty || isBelow) && path.length > 0) return this.ofKey(path)
    if (isEmpty) return 0
    return isScalar(node) && inside > 0 ? inSource(this.#text, node, inside) : start
  }

  /** The comment behind a key without a value: what somebody meant as text that begins with #. */
  commentAt(path: Path): string | null {
    const node = this.#node(path)
    return isScalar(node) && node.value === null ? (node.comment?.trim() ?? null) : null
  }

  #node(path: Path): unknown {
    let node: unknown = this.#document.contents
    for (const part of path) {
      node = this.#resolved(node)
      if (isMap(node)) node = findPair(node.items, part)?.value
      else if (isSeq(node)) node = node.items[Number(part)]
      else return null
    }
    return node
  }

  /** Where an item of a list begins. */
  #ofItem(path: Path): number | null {
    const parent = this.#resolved(this.#node(path.slice(0, -1)))
    return path.length > 0 && isSeq(parent) ? offsetOf(this.#node(path)) : null
  }

  #pair(path: Path): Pair | null {
    const last = path.at(-1)
    const parent = this.#resolved(this.#node(path.slice(0, -1)))
    return last !== undefined && isMap(parent) ? findPair(parent.items, last) : null
  }

  #resolved(node: unknown): unknown {
    return isAlias(node) ? node.resolve(this.#document) : node
  }
}

const findPair = (pairs: readonly Pair[], key: PropertyKey): Pair | null =>
  pairs.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(key)) ?? null

const offsetOf = (node: unknown): number | null => (isNode(node) ? ((node as Node).range?.[0] ?? null) : null)

/**
 * The offset in the source of a character of a scalar's value: both are walked side by side, over the indentation,
 * folding and escapes that only the source has. Off by a little only behind unusual escapes.
 */
function inSource(text: string, scalar: Scalar, inside: number): number {
  const value = String(scalar.value)
  const [start = 0, end = text.length] = scalar.range ?? []
  const isBlock = scalar.type === Scalar.BLOCK_LITERAL || scalar.type === Scalar.BLOCK_FOLDED
  const isQuoted = scalar.type === Scalar.QUOTE_SINGLE || scalar.type === Scalar.QUOTE_DOUBLE
  let place = isBlock ? text.indexOf('\n', start) + 1 : isQuoted ? start + 1 : start
  let last = start
  for (let index = 0; index <= Math.min(inside, value.length - 1); index++) {
    const character = value.charAt(index)
    if (/\s/.test(character)) continue
    while (place < end && text[place] !== character) place++
    last = Math.min(place, end)
    place++
    if (index === inside) return last
  }
  return Math.min(inside >= value.length ? last + 1 : place, end)
}
