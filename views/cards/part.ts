import type { Words } from '../rich-text.ts'

/** A part of a card: its label, a sentence, and points under it. */
export interface Part {
  label: string
  says: Words
  points: readonly Words[]
}

/** Parts as lines of the message's text. */
export const partLines = (parts: readonly Part[]): Words[] =>
  parts.flatMap(({ label, says, points }) => [
    [`${label}: `, ...says],
    ...points.map((point): Words => ['• ', ...point]),
  ])
