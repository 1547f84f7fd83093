import type { Piece, Words } from '../pieces.ts'

/** A sentence, written as it is read; what stands in it is put in as it is, and plain words beside each other become one piece. */
export function say(parts: TemplateStringsArray, ...values: readonly (Piece | Words | number)[]): Words {
  const pieces: Piece[] = []
  parts.forEach((part, index) => {
    const value = values[index] ?? ''
    for (const piece of [part, ...(isWords(value) ? value : [value])]) add(pieces, piece)
  })
  return pieces
}

const isWords = (value: Piece | Words | number): value is Words => Array.isArray(value)

function add(pieces: Piece[], piece: Piece | number): void {
  const last = pieces.at(-1)
  if (typeof piece !== 'string' && typeof piece !== 'number') pieces.push(piece)
  else if (typeof last === 'string') pieces[pieces.length - 1] = `${last}${piece}`
  else if (piece !== '') pieces.push(`${piece}`)
}

/** A part of a sentence that stands in it only where there is something to say. */
export const given = <T>(value: T | null | undefined, words: (value: T) => Words): Words =>
  value === null || value === undefined ? [] : words(value)
