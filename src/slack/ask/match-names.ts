import type { Subject } from '../../../db/store.ts'

/** How close a word comes to a part of a name. */
type Closeness = 'whole' | 'beginning' | 'typo'

const CLOSENESS: readonly Closeness[] = ['whole', 'beginning', 'typo']
/** Letters that are no letter with a mark, to Unicode. */
const PLAIN: Readonly<Record<string, string>> = { ø: 'o', ł: 'l', đ: 'd', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i' }
const MARKED = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'g')
/** In shorter words, one letter more or less makes another name. */
export const SHORTEST_TYPO = 4

/** The subjects in which every word is found, by the closest way that finds any. */
export function matchNames(subjects: readonly Subject[], words: readonly string[]): Subject[] {
  const wanted = words.flatMap((word) => splitName(foldName(word)))
  if (wanted.length === 0) return []
  const known = subjects.map((subject) => ({ subject, label: partsOf(subject.label), key: partsOf(subject.key) }))
  for (const closeness of CLOSENESS) {
    const holding = (partsIn: (each: (typeof known)[number]) => string[]): Subject[] =>
      known
        .filter((each) => wanted.every((word) => partsIn(each).some((part) => isClose(word, part, closeness))))
        .map(({ subject }) => subject)
    // Acme is the client of that name before it is everybody whose address ends in it.
    const byLabel = holding(({ label }) => label)
    const found = byLabel.length > 0 ? byLabel : holding(({ label, key }) => [...label, ...key])
    if (found.length > 0) return found
  }
  return []
}

/** Without case and accents: `José` and `jose` are one. */
export const foldName = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(MARKED, (letter) => PLAIN[letter] ?? letter)

const partsOf = (text: string): string[] => splitName(foldName(text))

/** The words of a name that was folded. */
export const splitName = (folded: string): string[] => folded.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '')

function isClose(word: string, part: string, closeness: Closeness): boolean {
  switch (closeness) {
    case 'whole':
      return part === word
    case 'beginning':
      return part.startsWith(word)
    case 'typo':
      return part === word || (word.length >= SHORTEST_TYPO && isOneTypo(word, part))
  }
}

/** Whether one letter was left out, added, changed, or swapped with its neighbour. */
export function isOneTypo(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start += 1
  const [restA, restB] = [a.slice(start), b.slice(start)]
  if (restA.length !== restB.length) {
    const [long, short] = restA.length > restB.length ? [restA, restB] : [restB, restA]
    return long.slice(1) === short
  }
  const isSwap = restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2)
  return isSwap || restA.slice(1) === restB.slice(1)
}
