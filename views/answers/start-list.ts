import { startRunAction } from '../action-ids.ts'
import { actions, button } from '../blocks.ts'
import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { encodeWorkflowRef } from '../references.ts'
import { bold, outside, paragraph, type Words } from '../rich-text.ts'
import { listed } from '../wording.ts'

/** Slack takes 25 elements in a block of buttons. */
const MOST_BUTTONS = 25

/** `/run` without a name: what the asker may start, a button each. */
export function startList(canStart: readonly { name: string; title: string }[]): Drawing {
  const shown = canStart.slice(0, MOST_BUTTONS)
  const says: Words = ['What would you like to start?']
  const more = canStart.length - shown.length
  const rest: Words = ['And ', `${more} more: `, bold('/run'), ' with a name starts those.']
  const buttons = shown.map(({ name, title }, index) =>
    button({
      text: title,
      action: startRunAction(index),
      value: encodeWorkflowRef(name),
      label: `Start: ${title}`,
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
  const where = (channel: string): string => (channel.startsWith('#') ? ` in ${channel}` : '')
  if (runs === alerts) return `A card${where(runs)} shows each step; a second one asks when a step needs somebody.`
  return `A card${where(runs)} shows each step. If a step needs somebody, a card${where(alerts)} asks.`
}
