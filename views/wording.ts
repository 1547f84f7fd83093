export { count } from './texts/en/count.ts'

/** `a, b and c`; beyond `max` names, `a, b and 3 more`. */
export function listed(names: readonly string[], max = 4): string {
  const shown = names.length > max ? [...names.slice(0, max), `${names.length - max} more`] : names
  return shown.length < 2 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
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
