import { startRunAction } from '../action-ids.ts'
import { actions, button } from '../blocks.ts'
import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { encodeWorkflowRef } from '../references.ts'
import { outside, paragraph, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { listed } from '../wording.ts'

/** Slack takes 25 elements in a block of buttons. */
const MOST_BUTTONS = 25

/** `/run` without a name: what the asker may start, a button each. */
export function startList(canStart: readonly { name: string; title: string }[]): Drawing {
  const shown = canStart.slice(0, MOST_BUTTONS)
  const says: Words = [texts.help.whatToStart]
  const more = canStart.length - shown.length
  const rest = texts.help.moreToStart(more)
  const buttons = shown.map(({ name, title }, index) =>
    button({
      text: title,
      action: startRunAction(index),
      value: encodeWorkflowRef(name),
      label: texts.words.startThat(title),
    }),
  )
  return {
    blocks: [paragraph(...says), actions(buttons), ...(more > 0 ? [paragraph(...rest)] : [])],
    text: fallbackText([says, [outside(listed(shown.map(({ title }) => title)), 1_000)], ...(more > 0 ? [rest] : [])]),
  }
}

/** What happens when the form is sent, as it stands above its fields. */
export function startIntro({ runs, alerts }: { runs: string; alerts: string }): string {
  // A channel that is known by its id alone says nothing to a reader.
  const named = (channel: string): string | null => (channel.startsWith('#') ? channel : null)
  const { oneChannel, twoChannels } = texts.help
  return runs === alerts ? oneChannel(named(runs)) : twoChannels(named(runs), named(alerts))
}
