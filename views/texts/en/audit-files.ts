import type { Piece } from '../../pieces.ts'
import { say } from '../say.ts'
import { audit } from './audit.ts'
import { count } from './count.ts'

const narrowIt = 'There are older ones that did not fit: narrow the query with until: to get them.'

const entries = (amount: number): string => count(amount, 'entry', 'entries')

const exact = (amount: number): string => amount.toLocaleString('en')

interface Size {
  entries: number
  runs: number
}

const size = (of: Size): string => `${count(of.runs, 'run')}, ${entries(of.entries)}`

interface Exported {
  entries: number
  query: Piece
  isCut: boolean
  leavesOutLooks: boolean
}

interface Read {
  sealed: number
  unsealed: number
  archived: number
  anchored: number
  stored: number
}

interface Finding {
  leaf: number | null
  entry: string | null
  says: string
  more: number
}

/** What leaves the ledger as a file, and whether the ledger is as it was written. */
export const auditFiles = {
  exportBegun: '⏳ The ledger is being read; the file will come to your direct messages with Purser.',
  exportEmpty: 'No entry matches, so there is no file. Try fewer words, or look further back, as with since:90d.',
  exportSent: (amount: number, isCut: boolean) =>
    `📄 Sent to your direct messages: ${entries(amount)}.${isCut ? ` ${narrowIt}` : ''}`,
  exported: ({ entries: amount, query, isCut, leavesOutLooks }: Exported) =>
    say`${entries(amount)} of the ledger for ${query}, newest first.${isCut ? ` ${narrowIt}` : ''}${leavesOutLooks ? ` ${audit.looksLeftOut}` : ''}`,
  entry: (id: string) => `Entry ${id} of the ledger, with the one that belongs to it, uncut.`,
  entrySent: '📄 Sent to your direct messages.',

  packetBegun: (title: Piece) =>
    say`⏳ The evidence packet of ${title} is being made; it will come to your direct messages with Purser.`,
  packetNeedsAll: (who: string) =>
    `🔒 A packet shows that nothing is left out, so it takes the right to export the ledger of every process. Ask ${who}.`,
  packetSent: (of: Size) => `📦 Sent to your direct messages: ${size(of)}.`,
  packet: (title: Piece, of: Size) =>
    say`Evidence packet of ${title} (${size(of)}). Begin with summary.md; it says what each file shows and how to check the proof.`,

  verifyBegun: '⏳ The whole ledger is being read; the answer comes here.',
  asWritten: '✅ The ledger is as it was written.',
  wasChanged: '🔴 The ledger was changed.',
  read: ({ sealed, unsealed, archived, anchored, stored }: Read) =>
    `Read ${exact(sealed)} sealed ${sealed === 1 ? 'entry' : 'entries'}${archived === 0 ? '' : `, ${exact(archived)} of them in segments`}; ${exact(unsealed)} newer are not sealed yet. ${count(anchored, 'anchored checkpoint agrees', 'anchored checkpoints agree')}, ${exact(stored)} stored.`,
  first: ({ leaf, entry, says, more }: Finding) =>
    `First: ${[leaf === null ? '' : `leaf ${leaf}`, entry === null ? '' : `entry ${entry}`, says].filter(Boolean).join(', ')}.${more > 0 ? ` ${count(more, 'more finding')}.` : ''}`,
  onOwnHost:
    'Checked against what is kept on Purser’s own host. To check it from outside, use an anchored checkpoint: purser ledger verify --against.',
  keepHost:
    'Keep this host as it is, and have whoever runs Purser hold the ledger against anchored checkpoints: purser ledger verify --against.',
}
