import type { SubjectId } from '../../domain/ids.ts'

/** What an evidence packet is about: all that the ledger holds of some subjects, or of a time. */
export type PacketScope =
  | { kind: 'subjects'; subjects: readonly SubjectId[]; title: string }
  /** Milliseconds since 1970, from `since` to before `until`. */
  | { kind: 'time'; since: number; until: number; title: string }

const PERIODS: readonly [
  RegExp,
  (year: number, part: number) => { first: number; months: number; title: string } | null,
][] = [
  [
    /^(?<year>\d{4})-?q(?<part>[1-4])$/i,
    (year, part) => ({ first: (part - 1) * 3, months: 3, title: `quarter ${part} of ${year}` }),
  ],
  [
    /^q(?<part>[1-4])[ -]?(?<year>\d{4})$/i,
    (year, part) => ({ first: (part - 1) * 3, months: 3, title: `quarter ${part} of ${year}` }),
  ],
  [
    /^(?<year>\d{4})-(?<part>0[1-9]|1[0-2])$/,
    (year, part) => ({ first: part - 1, months: 1, title: `${year}-${String(part).padStart(2, '0')}` }),
  ],
  [/^(?<year>\d{4})$/, (year) => ({ first: 0, months: 12, title: `the year ${year}` })],
]

/** A period as auditors write it, `2026Q3`, `Q3 2026`, `2026-10` or `2026`, in UTC; null for anything else. */
export function periodOf(text: string): Extract<PacketScope, { kind: 'time' }> | null {
  for (const [pattern, read] of PERIODS) {
    const { year, part } = pattern.exec(text.trim())?.groups ?? {}
    const period = year === undefined ? null : read(Number(year), Number(part ?? 0))
    if (!period) continue
    const { first, months, title } = period
    const [since, until] = [Date.UTC(Number(year), first), Date.UTC(Number(year), first + months)]
    return { kind: 'time', since, until, title }
  }
  return null
}
