import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { outside, paragraph, type Words } from '../rich-text.ts'
import { count } from '../wording.ts'

const one = (words: Words): Drawing => ({ blocks: [paragraph(...words)], text: fallbackText([words]) })

interface Size {
  entries: number
  runs: number
}

export const packetBegun = (title: string): Drawing =>
  one([
    '⏳ The evidence packet of ',
    outside(title, 100),
    ' is being made; it will come to your direct messages with Purser.',
  ])

export const packetNeedsAll = (who: string): Drawing =>
  one([
    `🔒 A packet shows that nothing is left out, so it takes the right to export the ledger of every process. `,
    `Ask ${who}.`,
  ])

const sizes = ({ entries, runs }: Size): string => `${count(runs, 'run')}, ${count(entries, 'entry', 'entries')}`

export const packetSent = (size: Size): Drawing => one([`📦 Sent to your direct messages: ${sizes(size)}.`])

/** What stands beside the file. */
export const packetComment = ({ title, ...size }: Size & { title: string }): string =>
  fallbackText([
    [
      'Evidence packet of ',
      outside(title, 100),
      ` (${sizes(size)}). Begin with summary.md; it says what each file shows and how to check the proof.`,
    ],
  ])
