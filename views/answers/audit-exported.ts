import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { outside, paragraph, type Words } from '../rich-text.ts'
import { count } from '../wording.ts'
import { WITHOUT_LOOKS } from './audit-page.ts'

const one = (words: Words): Drawing => ({ blocks: [paragraph(...words)], text: fallbackText([words]) })

/** An export takes a while. */
export const exportBegun = (): Drawing =>
  one(['⏳ The ledger is being read; the file will come to your direct messages with Purser.'])

export const exportEmpty = (): Drawing =>
  one(['No entry matches, so there is no file. Try fewer words, or look further back, as with since:90d.'])

/** The file has been sent. `cut`: there was more than fits into one. */
export const exportSent = ({ entries, cut }: { entries: number; cut: boolean }): Drawing =>
  one([`📄 Sent to your direct messages: ${count(entries, 'entry', 'entries')}.`, ...(cut ? [` ${CUT}`] : [])])

/** What stands beside the file of one entry. */
export const entryFileComment = (entry: string): string =>
  fallbackText([[`Entry ${entry} of the ledger, with the one that belongs to it, uncut.`]])

export const entryFileSent = (): Drawing => one(['📄 Sent to your direct messages.'])

const CUT = 'There are older ones that did not fit: narrow the query with until: to get them.'

const withoutExport = (query: string): string => query.replace(/\bexport\s+\w+/i, '').trim() || 'everything'

/** What stands beside the file. */
export const exportComment = (about: {
  query: string
  entries: number
  cut: boolean
  leavesOutLooks: boolean
}): string => {
  const words: Words = [
    `${count(about.entries, 'entry', 'entries')} of the ledger for `,
    outside(`“${withoutExport(about.query)}”`, 300),
    `, newest first.${about.cut ? ` ${CUT}` : ''}${about.leavesOutLooks ? ` ${WITHOUT_LOOKS}` : ''}`,
  ]
  return fallbackText([words])
}
