import type { KnownBlock } from '@slack/types'
import { actionIds } from '../action-ids.ts'
import { actions, button } from '../blocks.ts'
import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { encodeAuditRef, encodeSavedRef } from '../references.ts'
import { bold, outside, paragraph, type Words } from '../rich-text.ts'
import { count } from '../wording.ts'

interface Saved {
  name: string
  query: string
}

const MOST_SHOWN = 20

/** What somebody saved, each with buttons that run and remove it. */
export function savedList(saved: readonly Saved[]): Drawing {
  const head: Words =
    saved.length === 0
      ? [
          'You have saved no query yet. Press Save… under a page of the ledger, or: ',
          bold('/audit save github-errors service:github status:>=400'),
        ]
      : [`${count(saved.length, 'saved query', 'saved queries')}. /audit saved NAME runs one.`]
  const shown = saved.slice(0, MOST_SHOWN)
  const words = ({ name, query }: Saved): Words => [bold(name, 60), ': ', outside(query, 200)]
  const blocks: KnownBlock[] = [
    paragraph(...head),
    ...shown.flatMap((each) => [paragraph(...words(each)), actions(buttons(each))]),
  ]
  return { blocks, text: fallbackText([head, ...shown.map(words)]) }
}

function buttons({ name, query }: Saved) {
  const run = encodeAuditRef({ query, before: null })
  return [
    ...(run === null ? [] : [button({ text: 'Run', action: actionIds.openAudit, value: run, label: `Run: ${name}` })]),
    button({ text: 'Remove', action: actionIds.forgetAudit, value: encodeSavedRef(name), label: `Remove: ${name}` }),
  ]
}
