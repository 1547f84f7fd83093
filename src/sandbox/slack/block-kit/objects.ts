import { boolean, byType, type Check, type Fields, list, object, optional, required, string } from './checks.ts'

const type = required(string())

/** A `plain_text` object of 1 to `max` characters. */
export function plainText(max: number): Check {
  const plain = object({ type, text: required(string({ min: 1, max })), emoji: optional(boolean) })
  return byType({ plain_text: plain })
}

/** A `mrkdwn` object of 1 to `max` characters. */
export function mrkdwn(max: number): Check {
  const marked = object({ type, text: required(string({ min: 1, max })), verbatim: optional(boolean) })
  return byType({ mrkdwn: marked })
}

/** A text object of either kind, 1 to `max` characters. */
export function anyText(max: number): Check {
  return byType({ plain_text: plainText(max), mrkdwn: mrkdwn(max) })
}

export const confirm = object({
  title: optional(plainText(100)),
  text: required(anyText(300)),
  confirm: optional(plainText(30)),
  deny: optional(plainText(30)),
  style: optional(string({ of: ['primary', 'danger'] })),
})

const OPTION_LENGTH = 75

/** An option whose text is plain, as menus want it, or of either kind, as radio buttons and checkboxes take it. */
export function option(text: (max: number) => Check, more: Fields = {}): Check {
  return object({
    text: required(text(OPTION_LENGTH)),
    value: optional(string({ max: OPTION_LENGTH })),
    description: optional(text(OPTION_LENGTH)),
    ...more,
  })
}

export const optionGroup = object({
  label: required(plainText(OPTION_LENGTH)),
  options: required(list(option(plainText), { min: 1, max: 100 })),
})

export const dispatchConfig = object({
  trigger_actions_on: optional(list(string({ of: ['on_enter_pressed', 'on_character_entered'] }))),
})

export const conversationFilter = object(
  {
    include: optional(list(string({ of: ['im', 'mpim', 'private', 'public'] }), { min: 1 })),
    exclude_external_shared_channels: optional(boolean),
    exclude_bot_users: optional(boolean),
  },
  (filter) => (Object.keys(filter).length === 0 ? 'must have at least one property' : null),
)

const slackFile = object({ id: optional(string({ min: 1 })), url: optional(string({ min: 1 })) }, (file) =>
  (file.id === undefined) === (file.url === undefined) ? 'must have either id or url' : null,
)

/** The fields of every picture: where it is and what it shows. */
export const imageFields: Fields = {
  image_url: optional(string({ min: 1, max: 3000 })),
  slack_file: optional(slackFile),
  alt_text: required(string({ max: 2000 })),
}

/** Says what is wrong when a picture has no source or two. */
export function oneSource(image: Record<string, unknown>): string | null {
  return (image.image_url === undefined) === (image.slack_file === undefined)
    ? 'must have either image_url or slack_file'
    : null
}
