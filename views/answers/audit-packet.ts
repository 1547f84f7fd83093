import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { outside, paragraph, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'

const one = (words: Words): Drawing => ({ blocks: [paragraph(...words)], text: fallbackText([words]) })

interface Size {
  entries: number
  runs: number
}

export const packetBegun = (title: string): Drawing => one(texts.auditFiles.packetBegun(outside(title, 100)))

export const packetNeedsAll = (who: string): Drawing => one([texts.auditFiles.packetNeedsAll(who)])

export const packetSent = (size: Size): Drawing => one([texts.auditFiles.packetSent(size)])

/** What stands beside the file. */
export const packetComment = ({ title, ...size }: Size & { title: string }): string =>
  fallbackText([texts.auditFiles.packet(outside(title, 100), size)])
