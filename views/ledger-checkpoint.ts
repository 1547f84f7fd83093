import type { Drawing } from './drawing.ts'
import { texts } from './texts/index.ts'

/** The message under which a day's checkpoints stand, as answers in its thread. */
export function checkpointsOfDay(day: string): Drawing {
  const { ofDay, what: why } = texts.checkpoints
  const text = ofDay(day)
  return {
    text: `${text}. ${why}`,
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: `*${text}*` } },
      { type: 'context', elements: [{ type: 'mrkdwn', text: why }] },
    ],
  }
}

/** A checkpoint to be copied whole: the signed note, as an auditor's verifier reads it. */
export function checkpointNote({ size, note }: { size: number; note: string }): Drawing {
  const says = texts.checkpoints.entries(size)
  return {
    text: `${says}\n\`\`\`${note}\`\`\``,
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: says } },
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: note.trimEnd() }] }],
      },
    ],
  }
}
