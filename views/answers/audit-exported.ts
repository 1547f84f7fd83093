import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { outside, paragraph } from '../rich-text.ts'
import { texts } from '../texts/index.ts'

const one = (says: string): Drawing => ({ blocks: [paragraph(says)], text: fallbackText([[says]]) })

/** An export takes a while. */
export const exportBegun = (): Drawing => one(texts.auditFiles.exportBegun)

export const exportEmpty = (): Drawing => one(texts.auditFiles.exportEmpty)

/** The file has been sent. `cut`: there was more than fits into one. */
export const exportSent = ({ entries, cut }: { entries: number; cut: boolean }): Drawing =>
  one(texts.auditFiles.exportSent(entries, cut))

/** What stands beside the file of one entry. */
export const entryFileComment = (entry: string): string => fallbackText([[texts.auditFiles.entry(entry)]])

export const entryFileSent = (): Drawing => one(texts.auditFiles.entrySent)

const withoutExport = (query: string): string => query.replace(/\bexport\s+\w+/i, '').trim() || texts.audit.everything

/** What stands beside the file. */
export function exportComment(about: {
  query: string
  entries: number
  cut: boolean
  leavesOutLooks: boolean
}): string {
  const { entries, cut, leavesOutLooks } = about
  const query = outside(texts.words.quoted(withoutExport(about.query)), 300)
  return fallbackText([texts.auditFiles.exported({ entries, query, isCut: cut, leavesOutLooks })])
}
