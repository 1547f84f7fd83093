import type { Subject } from '../../../db/store.ts'
import { foldName, isOneTypo, SHORTEST_TYPO, splitName } from './match-names.ts'

/** Somebody who is known, as a sentence names them. */
export interface Spotted {
  /** The parts of the name that were said, as the name has them. */
  words: readonly string[]
  /** The same as they were said, folded: `janes`. */
  said: readonly string[]
  /** The sentence's words without them, folded. */
  rest: readonly string[]
  /** Whether each part was written as it is. */
  exact: boolean
}

/**
 * The known name that a sentence holds, wherever it stands: the one of which most is said, and said most exactly. Null
 * when none is, or when names of several are said and none more than the others. `common`: words of the language, which
 * are a name only beside another part of it.
 */
export function spotName(
  sentence: string,
  { subjects, common }: { subjects: readonly Subject[]; common: ReadonlySet<string> },
): Spotted | null {
  const words = splitName(foldName(sentence).replace(/['’]s?(?![\p{L}\p{N}])/gu, ''))
  let best: { spotted: Spotted; score: number } | null = null
  let isTied = false
  for (const { label } of subjects) {
    const spotted = spot(words, splitName(foldName(label)), common)
    if (!spotted) continue
    const score = spotted.words.length * 2 + (spotted.exact ? 1 : 0)
    const isSame = best?.spotted.words.join(' ') === spotted.words.join(' ')
    if (best && score === best.score && !isSame) isTied = true
    if (best && score <= best.score) continue
    best = { spotted, score }
    isTied = false
  }
  return best && !isTied ? best.spotted : null
}

function spot(words: readonly string[], parts: readonly string[], common: ReadonlySet<string>): Spotted | null {
  const found = new Map<number, { part: string; exact: boolean }>()
  for (const part of parts) {
    const at = words.findIndex((word, index) => !found.has(index) && isSaid(word, part, common) !== null)
    const word = words[at]
    if (word === undefined) continue
    found.set(at, { part, exact: isSaid(word, part, common) === 'exact' })
  }
  const said = [...found].sort(([a], [b]) => a - b)
  // "Will" and "May" are names only as part of a longer one; "ltd" alone is nobody's.
  if (!said.some(([at, { part }]) => !common.has(words[at] ?? '') && !OF_FIRMS.has(part))) return null
  return {
    words: said.map(([, { part }]) => part),
    said: said.map(([at]) => words[at] ?? ''),
    rest: words.filter((_, index) => !found.has(index)),
    exact: said.every(([, { exact }]) => exact),
  }
}

const OF_FIRMS = new Set(['ltd', 'inc', 'gmbh', 'llc', 'plc', 'ag', 'co', 'corp', 'company', 'limited', 'group', 'sa'])

/** How a word says a part of a name: as it is, also as `janes` for Jane's; or with one letter wrong. */
function isSaid(word: string, part: string, common: ReadonlySet<string>): 'exact' | 'typo' | null {
  if (word === part) return 'exact'
  if (part.length < 3 || common.has(word)) return null
  if (word === `${part}s`) return 'exact'
  const isNear = word.length >= SHORTEST_TYPO && [word, word.replace(/s$/, '')].some((said) => isOneTypo(said, part))
  return isNear ? 'typo' : null
}
