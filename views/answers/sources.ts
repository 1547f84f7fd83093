import type { ContextBlock } from '@slack/types'
import { shortId } from '../../src/domain/ids.ts'
import { context } from '../blocks.ts'
import type { Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { listed } from '../wording.ts'

interface Sources {
  runs: readonly string[]
  /** Entries of the ledger. */
  entries?: readonly string[]
}

/** What an answer is read from, so that it can be looked up: `From run 1a2b3c4d, entry 5e6f7a8b`. */
export function sources({ runs, entries = [] }: Sources): { block: ContextBlock[]; words: Words[] } {
  const says = texts.runAnswers
  const named = (all: readonly string[], words: (amount: number, ids: string) => string): string[] => {
    const ids = [...new Set(all)].map(shortId)
    return ids.length === 0 ? [] : [words(ids.length, listed(ids, 5))]
  }
  const parts = [...named(runs, says.runs), ...named(entries, says.entries)]
  if (parts.length === 0) return { block: [], words: [] }
  const text = says.from(parts)
  return { block: [context(text)], words: [[text]] }
}
