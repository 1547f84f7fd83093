import { cut } from './limits.ts'

// Control characters but tab and line break; what reorders or hides the text around it; marks that show nothing.
const UNSEEN = /(?![\t\n])\p{Cc}|[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu
const BLANK = /^[\s\p{Cf}\p{Mn}\u115f\u1160\u2800\u3164\uffa0]*$/u

/** Text from outside, made fit to stand on a card as plain text: well-formed, nothing unseen, never empty, cut. */
export function tame(text: string, max: number): string {
  const seen = text
    .slice(0, max * 4)
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(UNSEEN, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
  return BLANK.test(seen) ? '—' : cut(seen, max)
}

/** The same on one line. */
export function tameLine(text: string, max: number): string {
  return tame(text.slice(0, max * 4).replace(/\s+/g, ' '), max)
}

/** Several texts from outside on one line, each of them seen: `Jane Doe · Employee onboarding` */
export function tameList(texts: readonly string[], separator = ' · '): string {
  return texts.map((text) => tameLine(text, 80)).join(separator)
}

/** Plain text as Slack's `text` and `mrkdwn` want it, so that it can neither mention nor link. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
