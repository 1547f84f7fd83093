import type { KnownBlock } from '@slack/types'
import { actionIds } from '../action-ids.ts'
import { actions, button } from '../blocks.ts'
import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { encodeAuditRef, encodeSavedRef } from '../references.ts'
import { bold, outside, paragraph, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'

interface Saved {
  name: string
  query: string
}

const MOST_SHOWN = 20

/** What somebody saved, each with buttons that run and remove it. */
export function savedList(saved: readonly Saved[]): Drawing {
  const says = texts.audit
  const head: Words = saved.length === 0 ? says.noneSaved() : [says.saved(saved.length)]
  const shown = saved.slice(0, MOST_SHOWN)
  const words = ({ name, query }: Saved): Words => says.savedAs(bold(name, 60), outside(query, 200))
  const blocks: KnownBlock[] = [
    paragraph(...head),
    ...shown.flatMap((each) => [paragraph(...words(each)), actions(buttons(each))]),
  ]
  return { blocks, text: fallbackText([head, ...shown.map(words)]) }
}

function buttons({ name, query }: Saved) {
  const { run, runThat, remove, removeThat } = texts.audit
  const again = encodeAuditRef({ query, before: null })
  return [
    ...(again === null ? [] : [button({ text: run, action: actionIds.openAudit, value: again, label: runThat(name) })]),
    button({ text: remove, action: actionIds.forgetAudit, value: encodeSavedRef(name), label: removeThat(name) }),
  ]
}
