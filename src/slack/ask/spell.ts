import * as cues from './cues.ts'
import { isOneTypo, SHORTEST_TYPO } from './match-names.ts'

/** How one writes in a hurry. */
const SHORT: Readonly<Record<string, string>> = {
  wat: 'what',
  wut: 'what',
  y: 'why',
  u: 'you',
  ur: 'your',
  r: 'are',
  smth: 'something',
  sth: 'something',
  sb: 'somebody',
  '4': 'for',
  asap: 'now',
  rn: 'now',
  pls: 'please',
  plz: 'please',
  thx: 'thanks',
}
/** Every word that the grammar knows something of. */
export const VOCABULARY: ReadonlySet<string> = new Set(
  Object.values(cues).flatMap((known) => [...known].flatMap((word) => word.split('-'))),
)
const TYPABLE = [...VOCABULARY].filter((word) => word.length >= SHORTEST_TYPO)

/** A word as it was meant: written out, or with its one wrong letter mended. */
export function spelled(word: string): string {
  const long = SHORT[word]
  if (long !== undefined) return long
  if (word.length < SHORTEST_TYPO - 1 || VOCABULARY.has(word) || !/^\p{Ll}+$/u.test(word)) return word
  return TYPABLE.find((known) => isOneTypo(word, known) && !isOtherWord(word, known)) ?? word
}

/** Of short words, one letter changed makes another word: nobody who writes `fast` means `past`. */
function isOtherWord(word: string, known: string): boolean {
  const letters = (of: string): string => of.split('').sort().join('')
  return word.length === SHORTEST_TYPO && known.length === word.length && letters(word) !== letters(known)
}

/** A sentence with each of its words as it was meant; those of names stay. */
export const wellSpelled = (sentence: string, names: readonly string[]): string =>
  sentence.replace(/[\p{L}\p{N}]+/gu, (word) => (names.includes(word) ? word : spelled(word)))
