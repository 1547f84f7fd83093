const PICTURES = /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u{FE0F}|\u{200D})+|:[a-z0-9_+-]+:(?=\s|$)/gu
const BETWEEN =
  /(?<=[?!.…])\s+|\s+[-–—]+\s+|(?<=\S):\s+|;\s+|,\s+|\n+|\s+and\s+(?=(?:who|what|why|when|where|how|which)\b)/

/** The parts of what somebody said, without pictures: what is asked first, then what is said around it. */
export function clausesOf(text: string): string[] {
  const parts = text
    .replace(PICTURES, ' ')
    .split(BETWEEN)
    .map((part) => part.trim())
    .filter((part) => /[\p{L}\p{N}]/u.test(part))
  return [...parts.filter((part) => part.endsWith('?')), ...parts.filter((part) => !part.endsWith('?'))]
}

/** The whole without pictures, which stand for nothing that could be asked. */
export const withoutPictures = (text: string): string => text.replace(PICTURES, ' ').trim()
