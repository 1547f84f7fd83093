const NARROW = /[ijlIft.,:;'|!()[\] ]/
const WIDE = /[mwMW@%—]/
const UPPER = /\p{Lu}/u
/** Scripts whose letters are as wide as high. */
const FULL = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{Extended_Pictographic}]/u

/** The width of a text in a sans-serif font of this size, in pixels; rather too much than too little. */
export function widthOf(text: string, size: number): number {
  let ems = 0
  for (const letter of text) {
    if (FULL.test(letter)) ems += 1
    else if (WIDE.test(letter)) ems += 0.9
    else if (NARROW.test(letter)) ems += 0.36
    else ems += UPPER.test(letter) ? 0.7 : 0.575
  }
  return ems * size
}

interface Room {
  size: number
  /** Pixels. */
  longest: number
}

/** A text in lines that fit, broken between words where it can be. */
export function wrap(text: string, { size, longest }: Room): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/).flatMap((each) => pieces(each, { size, longest }))) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && widthOf(longer, size) > longest) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return line === '' ? lines : [...lines, line]
}

/** A word that is longer than a line, cut. */
function pieces(word: string, { size, longest }: Room): string[] {
  if (widthOf(word, size) <= longest) return [word]
  const cut: string[] = ['']
  for (const letter of word) {
    const longer = `${cut.at(-1) ?? ''}${letter}`
    if (widthOf(longer, size) > longest) cut.push(letter)
    else cut[cut.length - 1] = longer
  }
  return cut
}
