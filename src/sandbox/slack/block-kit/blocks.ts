import { boolean, byType, type Check, type Fields, list, number, object, optional, required, string } from './checks.ts'
import { elements } from './elements.ts'
import { anyText, imageFields, mrkdwn, oneSource, plainText } from './objects.ts'
import { richText } from './rich-text.ts'

const base: Fields = { type: required(string()), block_id: optional(string({ max: 255 })) }

const INPUTS = [
  'checkboxes',
  'datepicker',
  'datetimepicker',
  'email_text_input',
  'file_input',
  'number_input',
  'plain_text_input',
  'radio_buttons',
  'rich_text_input',
  'timepicker',
  'url_text_input',
]
const MENUS = ['static', 'external', 'users', 'channels', 'conversations'].flatMap((of) => [
  `${of}_select`,
  `multi_${of}_select`,
])
const PICKERS = ['checkboxes', 'datepicker', 'radio_buttons', 'timepicker', 'overflow', 'button', 'workflow_button']

const cell = byType({
  rich_text: richText,
  raw_text: object({ type: required(string()), text: required(string({ min: 1 })) }),
  raw_number: object({
    type: required(string()),
    value: required(number()),
    text: required(string({ min: 1 })),
  }),
})

const column = object({
  align: optional(string({ of: ['left', 'center', 'right'] })),
  is_wrapped: optional(boolean),
})

const image = byType(elements, ['image'])

const card = object(
  {
    ...base,
    hero_image: optional(image),
    icon: optional(image),
    title: optional(mrkdwn(150)),
    subtitle: optional(mrkdwn(150)),
    body: optional(mrkdwn(200)),
    actions: optional(list(byType(elements, ['button']))),
  },
  (it) =>
    it.hero_image || it.title || it.actions || it.body ? null : 'must have a hero_image, title, actions or body',
)

const taskCard = object({
  ...base,
  task_id: required(string({ min: 1 })),
  title: required(string({ min: 1 })),
  details: optional(richText),
  output: optional(richText),
  sources: optional(
    list(byType({ url: object({ type: required(string()), url: required(string()), text: required(string()) }) })),
  ),
  status: required(string({ of: ['pending', 'in_progress', 'complete', 'error'] })),
})

const plain: Record<string, Check> = {
  section: object(
    {
      ...base,
      text: optional(anyText(3000)),
      fields: optional(list(anyText(2000), { min: 1, max: 10 })),
      accessory: optional(byType(elements, [...PICKERS, ...MENUS, 'image'])),
      expand: optional(boolean),
    },
    (it) => (it.text === undefined && it.fields === undefined ? 'missing required field: text or fields' : null),
  ),
  header: object({ ...base, text: required(plainText(150)), level: optional(number({ min: 1, max: 4 })) }),
  divider: object(base),
  context: object({
    ...base,
    elements: required(
      list(
        byType({ ...elements, plain_text: plainText(3000), mrkdwn: mrkdwn(3000) }, ['image', 'plain_text', 'mrkdwn']),
        {
          min: 1,
          max: 10,
        },
      ),
    ),
  }),
  actions: object({
    ...base,
    elements: required(
      list(byType(elements, [...PICKERS, ...MENUS, 'datetimepicker', 'rich_text_input']), { min: 1, max: 25 }),
    ),
  }),
  input: object({
    ...base,
    label: required(plainText(2000)),
    hint: optional(plainText(2000)),
    optional: optional(boolean),
    dispatch_action: optional(boolean),
    element: required(byType(elements, [...INPUTS, ...MENUS])),
  }),
  image: object({ ...base, ...imageFields, title: optional(plainText(2000)) }, oneSource),
  rich_text: richText,
  video: object({
    ...base,
    video_url: required(string({ min: 1 })),
    thumbnail_url: required(string({ min: 1 })),
    alt_text: required(string()),
    title: required(plainText(199)),
    title_url: optional(string()),
    author_name: optional(string({ max: 49 })),
    provider_name: optional(string()),
    provider_icon_url: optional(string()),
    description: optional(plainText(200)),
  }),
  alert: object({
    ...base,
    text: required(anyText(3000)),
    level: optional(string({ of: ['default', 'info', 'warning', 'error', 'success'] })),
  }),
  card,
  carousel: object({ ...base, elements: required(list(byType({ card }), { min: 1, max: 10 })) }),
}

const messageOnly: Record<string, Check> = {
  markdown: object({ ...base, text: required(string({ min: 1, max: 12_000 })) }),
  table: object({
    ...base,
    rows: required(list(list(cell, { min: 1, max: 20 }), { min: 1, max: 100 })),
    column_settings: optional(list(column, { max: 20 })),
  }),
  data_table: object({
    ...base,
    rows: required(list(list(cell, { min: 1, max: 20 }), { min: 1 })),
    caption: required(string({ min: 1 })),
    page_size: optional(number({ min: 1, max: 100 })),
    row_header_column_index: optional(number({ min: 0 })),
  }),
  context_actions: object({
    ...base,
    elements: required(list(byType(elements, ['feedback_buttons', 'icon_button']), { min: 1, max: 5 })),
  }),
  task_card: taskCard,
  plan: object({
    ...base,
    title: required(string({ min: 1 })),
    tasks: optional(list(byType({ task_card: taskCard }))),
  }),
}

const CHILDREN = ['actions', 'context', 'divider', 'header', 'image', 'input', 'rich_text', 'section', 'table', 'video']

const container = object(
  {
    ...base,
    title: optional(plainText(150)),
    rich_text_title: optional(richText),
    subtitle: optional(anyText(150)),
    child_blocks: required(list(byType({ ...plain, ...messageOnly }, CHILDREN), { max: 10 })),
    width: optional(string({ of: ['narrow', 'standard', 'wide', 'full'] })),
    icon: optional(image),
    is_collapsible: optional(boolean),
    default_collapsed: optional(boolean),
    has_header_divider: optional(boolean),
  },
  (it) => (it.title === undefined && it.rich_text_title === undefined ? 'missing required field: title' : null),
)

/** A block of a message. */
export const messageBlock = byType({ ...plain, ...messageOnly, container })

/** A block of a modal or of the App Home. */
export const viewBlock = byType({ ...plain, container })
