import {
  boolean,
  type Check,
  type Fields,
  isObject,
  list,
  number,
  object,
  optional,
  required,
  string,
} from './checks.ts'
import {
  anyText,
  confirm,
  conversationFilter,
  dispatchConfig,
  imageFields,
  oneSource,
  option,
  optionGroup,
  plainText,
} from './objects.ts'
import { richText } from './rich-text.ts'

const type = required(string())
const action: Fields = { type, action_id: optional(string({ max: 255 })) }
const confirmable: Fields = { ...action, confirm: optional(confirm) }
const focusable: Fields = { ...confirmable, focus_on_load: optional(boolean) }
const picker: Fields = { ...focusable, placeholder: optional(plainText(150)) }
const several: Fields = { ...picker, max_selected_items: optional(number({ min: 1 })) }
const textInput: Fields = {
  ...action,
  focus_on_load: optional(boolean),
  placeholder: optional(plainText(150)),
  dispatch_action_config: optional(dispatchConfig),
}

const style = optional(string({ of: ['primary', 'danger'] }))
const ids = optional(list(string({ min: 1 })))
const date = optional(string({ form: /^\d{4}-\d{2}-\d{2}$/ }))
const menuOption = option(plainText)
const choiceOption = option(anyText)
const decimal = string({ form: /^-?\d+(\.\d+)?$/ })

const menuOptions: Fields = {
  options: optional(list(menuOption, { min: 1, max: 100 })),
  option_groups: optional(list(optionGroup, { min: 1, max: 100 })),
}

/** All options of a menu, those in groups too. */
export function optionsOf(element: Record<string, unknown>): Record<string, unknown>[] {
  const groups = Array.isArray(element.option_groups) ? element.option_groups.filter(isObject) : []
  const flat = Array.isArray(element.options) ? element.options : groups.flatMap((group) => group.options)
  return flat.filter(isObject)
}

function menuIsWhole(menu: Record<string, unknown>): string | null {
  if ((menu.options === undefined) === (menu.option_groups === undefined)) {
    return 'must have either options or option_groups'
  }
  return initialIsOffered(menu)
}

function initialIsOffered(menu: Record<string, unknown>): string | null {
  const offered = new Set(optionsOf(menu).map((each) => each.value))
  if (optionsOf(menu).some((each) => each.value === undefined)) return 'every option must have a value'
  const initial = [menu.initial_option, menu.initial_options].flat().filter(isObject)
  return initial.every((each) => offered.has(each.value)) ? null : 'initial options must be among the options'
}

const lengths = (input: Record<string, unknown>) =>
  Number(input.min_length ?? 0) > Number(input.max_length ?? 3000) ? 'min_length must not exceed max_length' : null

const button = object({
  ...confirmable,
  text: required(plainText(75)),
  value: optional(string({ max: 2000 })),
  url: optional(string({ max: 3000 })),
  style,
  accessibility_label: optional(string({ max: 75 })),
})

const feedback = required(
  object({
    text: required(plainText(75)),
    value: required(string({ max: 2000 })),
    accessibility_label: optional(string({ max: 75 })),
  }),
)

const trigger = object({ url: required(string({ min: 1 })), customizable_input_parameters: optional(list(anything())) })

function anything(): Check {
  return () => undefined
}

/** What each element must be, by its type. */
export const elements: Record<string, Check> = {
  button,
  image: object({ type, ...imageFields }, oneSource),
  overflow: object({
    ...confirmable,
    options: required(list(option(plainText, { url: optional(string({ max: 3000 })) }), { min: 1, max: 5 })),
  }),
  static_select: object({ ...picker, ...menuOptions, initial_option: optional(menuOption) }, menuIsWhole),
  multi_static_select: object(
    { ...several, ...menuOptions, initial_options: optional(list(menuOption, { min: 1 })) },
    menuIsWhole,
  ),
  external_select: object({
    ...picker,
    initial_option: optional(menuOption),
    min_query_length: optional(number({ min: 0 })),
  }),
  multi_external_select: object({
    ...several,
    initial_options: optional(list(menuOption, { min: 1 })),
    min_query_length: optional(number({ min: 0 })),
  }),
  users_select: object({ ...picker, initial_user: optional(string({ min: 1 })) }),
  multi_users_select: object({ ...several, initial_users: ids }),
  channels_select: object({
    ...picker,
    initial_channel: optional(string({ min: 1 })),
    response_url_enabled: optional(boolean),
  }),
  multi_channels_select: object({ ...several, initial_channels: ids }),
  conversations_select: object({
    ...picker,
    initial_conversation: optional(string({ min: 1 })),
    default_to_current_conversation: optional(boolean),
    filter: optional(conversationFilter),
    response_url_enabled: optional(boolean),
  }),
  multi_conversations_select: object({
    ...several,
    initial_conversations: ids,
    default_to_current_conversation: optional(boolean),
    filter: optional(conversationFilter),
  }),
  radio_buttons: object(
    {
      ...focusable,
      options: required(list(choiceOption, { min: 1, max: 10 })),
      initial_option: optional(choiceOption),
    },
    initialIsOffered,
  ),
  checkboxes: object(
    {
      ...focusable,
      options: required(list(choiceOption, { min: 1, max: 10 })),
      initial_options: optional(list(choiceOption, { min: 1 })),
    },
    initialIsOffered,
  ),
  datepicker: object({ ...picker, initial_date: date }),
  timepicker: object({
    ...picker,
    initial_time: optional(string({ form: /^([01]\d|2[0-3]):[0-5]\d$/ })),
    timezone: optional(string()),
  }),
  datetimepicker: object({ ...focusable, initial_date_time: optional(number({ min: 1e9, max: 9_999_999_999 })) }),
  plain_text_input: object(
    {
      ...textInput,
      initial_value: optional(string({ max: 3000 })),
      multiline: optional(boolean),
      min_length: optional(number({ min: 0, max: 3000 })),
      max_length: optional(number({ min: 1, max: 3000 })),
    },
    lengths,
  ),
  email_text_input: object({ ...textInput, initial_value: optional(string()) }),
  url_text_input: object({ ...textInput, initial_value: optional(string()) }),
  number_input: object({
    ...textInput,
    is_decimal_allowed: required(boolean),
    initial_value: optional(decimal),
    min_value: optional(decimal),
    max_value: optional(decimal),
  }),
  rich_text_input: object({
    ...textInput,
    initial_value: optional(richText),
    min_lines: optional(number({ min: 1 })),
    max_lines: optional(number({ min: 1 })),
  }),
  file_input: object({
    ...action,
    filetypes: optional(list(string({ min: 1 }))),
    max_files: optional(number({ min: 1, max: 10 })),
  }),
  workflow_button: object({
    ...confirmable,
    text: required(plainText(75)),
    workflow: required(object({ trigger: required(trigger) })),
    style,
    accessibility_label: optional(string({ max: 75 })),
  }),
  feedback_buttons: object({ ...action, positive_button: feedback, negative_button: feedback }),
  icon_button: object({
    ...confirmable,
    icon: required(string({ of: ['trash'] })),
    text: required(plainText(75)),
    accessibility_label: optional(string({ max: 75 })),
    value: optional(string({ max: 2000 })),
    visible_to_user_ids: ids,
  }),
}
