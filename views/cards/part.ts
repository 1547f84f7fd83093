import type { Words } from '../rich-text.ts'

/** A part of a card: its label, a sentence, and points under it. */
export interface Part {
  label: string
  says: Words
  points: readonly Words[]
}
