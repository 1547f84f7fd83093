import { texts } from './texts/index.ts'

/** `a, b and c`; beyond `max` names, `a, b and 3 more`. */
export function listed(names: readonly string[], max = 4): string {
  const { together, more } = texts.words
  const shown = names.length > max ? [...names.slice(0, max), more(names.length - max)] : names
  return shown.length < 2 ? (shown[0] ?? '') : together(shown)
}

/** What ends a sentence behind words of others, which may have ended it themselves. */
export const fullStop = (text: string): string => (/[.!?…:]$/.test(text.trim()) ? '' : '.')

/** `engineering-manager` → `Engineering manager`; `workEmail` → `Work email` */
export function inWords(identifier: string): string {
  const words = identifier
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[-_.]+/g, ' ')
    .trim()
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
