import { boolean, byType, type Fields, list, number, object, optional, required, string } from './checks.ts'

const type = required(string())
const name = required(string({ min: 1 }))

const style = object({
  bold: optional(boolean),
  code: optional(boolean),
  italic: optional(boolean),
  strike: optional(boolean),
  underline: optional(boolean),
})

const inline = (fields: Fields) => object({ type, style: optional(style), ...fields })
const border = optional(number({ min: 0, max: 1 }))

const inlines = {
  text: inline({ text: required(string({ min: 1 })) }),
  link: inline({ url: name, text: optional(string()), unsafe: optional(boolean) }),
  emoji: inline({ name, unicode: optional(string()), url: optional(string()), skin_tone: optional(number()) }),
  user: inline({ user_id: name }),
  usergroup: inline({ usergroup_id: name }),
  channel: inline({ channel_id: name }),
  team: inline({ team_id: name }),
  color: inline({ value: name }),
  broadcast: inline({ range: required(string({ of: ['here', 'channel', 'everyone'] })) }),
  date: inline({
    timestamp: required(number()),
    format: required(string({ min: 1 })),
    url: optional(string()),
    fallback: optional(string()),
  }),
}

const section = object({ type, elements: required(list(byType(inlines))) })

const parts = {
  rich_text_section: section,
  rich_text_list: object({
    type,
    style: required(string({ of: ['bullet', 'ordered'] })),
    elements: required(list(byType({ rich_text_section: section }))),
    indent: optional(number({ min: 0, max: 8 })),
    offset: optional(number({ min: 0 })),
    border,
  }),
  rich_text_quote: object({ type, elements: required(list(byType(inlines))), border }),
  rich_text_preformatted: object({
    type,
    elements: required(list(byType(inlines, ['text', 'link']))),
    border,
    language: optional(string()),
  }),
}

/** A `rich_text` block: sections, lists, quotes and preformatted text. */
export const richText = object({
  type,
  block_id: optional(string({ max: 255 })),
  elements: required(list(byType(parts))),
})
