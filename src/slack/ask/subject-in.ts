import { BARE, LEADING, NO_NAME, TRAILING } from './cues.ts'

/** A name has hardly more words; what has is a sentence that is none of ours. */
const MOST_WORDS = 6

/**
 * The name in what stands where a question has one: `Jane Doe's GitHub account` → `Jane Doe`, `the laptop of Jane` →
 * `Jane`. Empty for `it`; null when it is no name.
 */
export function subjectIn(phrase: string): string[] | null {
  const sure = phrase.split(' ').find((word) => /^<@[UW]|^\S+@\S+\.\S+$/.test(word))
  if (sure) return [bare(sure)]
  const words = ofWhom(phrase.split(' ').filter(Boolean))
  const found = trimmed(words)
  if (found.every((word) => BARE.has(word.toLowerCase()))) return []
  const isName = found.length <= MOST_WORDS && !found.some((word) => NO_NAME.has(word.toLowerCase()))
  return isName ? found : null
}

/** What somebody owns tells who they are; so does `for` or `of` behind it. */
function ofWhom(words: readonly string[]): readonly string[] {
  const owner = words.findIndex((word) => /.'s?$/i.test(word))
  if (owner >= 0 && owner < words.length - 1) return words.slice(0, owner + 1)
  const joint = words.findLastIndex((word) => /^(?:for|of|about|regarding|concerning|with)$/i.test(word))
  return joint >= 0 && joint < words.length - 1 ? words.slice(joint + 1) : words
}

const bare = (word: string): string =>
  word
    .replace(/'s?$/i, '')
    .replace(/-san$/i, '')
    .replace(/^[#'(]+|[,;:)'?!]+$/g, '')

/** The name alone: without 's, and without the words around it; one word always stays. */
function trimmed(words: readonly string[]): string[] {
  const all = words.map(bare).filter(Boolean)
  let from = 0
  let to = all.length
  while (to - from > 1 && TRAILING.has(all[to - 1]?.toLowerCase() ?? '')) to -= 1
  while (to - from > 1 && LEADING.has(all[from]?.toLowerCase() ?? '')) from += 1
  return all.slice(from, to)
}
