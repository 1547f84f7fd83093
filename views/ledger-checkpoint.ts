import type { Drawing } from './drawing.ts'

/** The message under which a day's checkpoints stand, as answers in its thread. */
export function checkpointsOfDay(day: string): Drawing {
  const text = `🔏 Checkpoints of the ledger, ${day}`
  const why = 'Each one in this thread fixes every entry before it: keep them, and nobody can change the ledger unseen.'
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
  return {
    text: `🔏 ${size} entries\n\`\`\`${note}\`\`\``,
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: `🔏 ${size} entries` } },
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: note.trimEnd() }] }],
      },
    ],
  }
}
