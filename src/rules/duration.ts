import { z } from 'zod'
import { refuse } from './refuse.ts'

const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

interface Bounds {
  min: string
  max: string
  /** Said when the value is over `max`, where the bound has a reason worth knowing. */
  why?: string
}

/** A duration of the rules file, `90s` or `5m`, in milliseconds. */
export const duration = ({ min, max, why }: Bounds) =>
  z.unknown().transform((value, ctx): number => {
    const written = typeof value === 'string' || typeof value === 'number' ? String(value) : null
    if (written === null) {
      return refuse(ctx, 'expected a duration', `write a number with its unit: ms, s, m, h or d, such as ${max}`)
    }
    const ms = typeof value === 'string' ? parseDuration(value) : null
    if (ms === null) {
      return refuse(
        ctx,
        `"${written}" is not a duration`,
        `write a number with its unit (ms, s, m, h or d), such as ${likely(written) ?? max}`,
      )
    }
    if (ms < (parseDuration(min) ?? 0)) return refuse(ctx, `${written} is too short`, `write at least ${min}`)
    if (ms > (parseDuration(max) ?? 0)) {
      return refuse(ctx, `${written} is too long${why ? `: ${why}` : ''}`, `write at most ${max}`)
    }
    return ms
  })

/** Milliseconds of `90s`; null when it is not a whole number with a unit. */
function parseDuration(text: string): number | null {
  const match = /^(\d{1,9})(ms|s|m|h|d)$/.exec(text)
  const unit = UNITS_MS[match?.[2] ?? '']
  return match && unit !== undefined ? Number(match[1]) * unit : null
}

/** What somebody meant by `5 minutes`, `1.5h` or a bare `90`. */
function likely(text: string): string | null {
  const match = /^\s*(\d{1,6})(?:\.(\d{1,3}))?\s*([a-z]*)\s*$/i.exec(text)
  if (!match) return null
  const [, whole = '0', fraction, word = ''] = match
  const unit = word === '' ? 's' : word.toLowerCase().startsWith('ms') ? 'ms' : word.charAt(0).toLowerCase()
  const unitMs = UNITS_MS[unit]
  if (unitMs === undefined) return null
  if (fraction === undefined) return `${Number(whole)}${unit}`
  const ms = Math.round(Number(`${whole}.${fraction}`) * unitMs)
  return ms % 60_000 === 0 ? `${ms / 60_000}m` : ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`
}
