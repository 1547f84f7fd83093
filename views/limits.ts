/** What Slack refuses beyond: characters where nothing else is said. */
export const limits = {
  /** `text` of chat.update, the shorter of the two doors. */
  fallbackText: 4_000,
  messageBlocks: 50,
  viewBlocks: 100,
  header: 150,
  sectionText: 3_000,
  contextElements: 10,
  buttonText: 75,
  buttonValue: 2_000,
  optionText: 75,
  optionValue: 75,
  selectOptions: 100,
  radioOptions: 10,
  blockId: 255,
  viewTitle: 24,
  privateMetadata: 3_000,
  inputLabel: 2_000,
  placeholder: 150,
  inputText: 3_000,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
} as const

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** Cuts a text to `max` UTF-16 units at the end of a whole visible character, with … where something is missing. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text
  let end = 0
  for (const { index, segment } of graphemes.segment(text.slice(0, max + 1))) {
    if (index + segment.length > max - 1) break
    end = index + segment.length
  }
  return `${text.slice(0, end).trimEnd()}…`
}
