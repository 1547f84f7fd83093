import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { paragraph } from '../rich-text.ts'
import { texts } from '../texts/index.ts'

export const verifyBegun = (): Drawing => drawn([texts.auditFiles.verifyBegun])

interface Verdict {
  findings: readonly { leaf: number | null; entry: string | null; says: string }[]
  wrong: number
  sealed: number
  unsealed: number
  archived: number
  held: { anchored: number; stored: number }
}

/** Whether the ledger is as it was written; the first wrong entry is named. */
export function verifyVerdict({ findings, wrong, held, ...read }: Verdict): Drawing {
  const says = texts.auditFiles
  const whatWasRead = says.read({ ...read, ...held })
  if (wrong === 0) return drawn([says.asWritten, whatWasRead, says.onOwnHost])
  const { leaf, entry, says: what } = findings[0] ?? { leaf: null, entry: null, says: '' }
  return drawn([says.wasChanged, says.first({ leaf, entry, says: what, more: wrong - 1 }), whatWasRead, says.keepHost])
}

const drawn = (lines: readonly string[]): Drawing => ({
  blocks: lines.map((line) => paragraph(line)),
  text: fallbackText(lines.map((line) => [line])),
})
