import { en } from '../../views/texts/en/index.ts'
import { speak, type Texts } from '../../views/texts/index.ts'

/** Speaks a language made of English while it draws, and English again. */
export function spoken<T>(change: (ours: string) => string, draw: () => T): T {
  speak(changed(en, change) as Texts)
  try {
    return draw()
  } finally {
    speak(en)
  }
}

/** What is read by Slack. */
const SAME = /\{[^}]*\}|<[^>]*>/gu

/** Every letter becomes another one, so that what is left in ASCII was not said by the texts. */
export const foreign = (ours: string): string => outsideOf(ours, SAME, (part) => part.replace(/[A-Za-z]/g, wide))

const wide = (letter: string): string => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0)

/** Each word is longer by two fifths: German is, of English. */
export const lengthened = (ours: string): string =>
  outsideOf(ours, SAME, (part) => part.replace(/\p{L}+/gu, (word) => word + 'x'.repeat(Math.ceil(word.length * 0.4))))

function changed(node: unknown, change: (ours: string) => string): unknown {
  if (typeof node === 'string') return change(node)
  if (Array.isArray(node)) return node.map((each) => changed(each, change))
  if (typeof node === 'function') return (...given: unknown[]) => answered(node(...given), { given, change })
  if (typeof node !== 'object' || node === null) return node
  return Object.fromEntries(Object.entries(node).map(([name, each]) => [name, changed(each, change)]))
}

/** By which a text is chosen: it may read like a word of it. */
const CODE = /^[a-z-]+$/

/** What a text made of what it was given: that stays as it is. */
function answered(answer: unknown, { given, change }: { given: unknown[]; change: (ours: string) => string }): unknown {
  const data = stringsIn(given).filter((each) => !CODE.test(each) && /\p{L}/u.test(each))
  const escaped = data.sort((a, b) => b.length - a.length).map((each) => each.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const ours = (text: string) =>
    escaped.length === 0 ? change(text) : outsideOf(text, new RegExp(escaped.join('|'), 'gu'), change)
  const walk = (part: unknown): unknown => {
    if (typeof part === 'string') return ours(part)
    if (Array.isArray(part)) return part.map(walk)
    if (typeof part !== 'object' || part === null) return part
    // Of a piece only its words, not of what kind it is.
    const entries = Object.entries(part).map(([name, each]) => [
      name,
      name === 'kind' || name === 'form' ? each : walk(each),
    ])
    return Object.fromEntries(entries)
  }
  return walk(answer)
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}

/** The text with `change` done to all that `kept` does not find. */
function outsideOf(text: string, kept: RegExp, change: (part: string) => string): string {
  let done = ''
  let at = 0
  for (const found of text.matchAll(kept)) {
    done += change(text.slice(at, found.index)) + found[0]
    at = found.index + found[0].length
  }
  return done + change(text.slice(at))
}
