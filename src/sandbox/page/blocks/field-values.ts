import type { ActionsBlockElement, ImageElement, InputBlockElement, Option, SectionBlockAccessory } from '@slack/types'

/** What a field holds, in the plain form that the control API takes. */
export type FieldValue = string | string[] | null

/** Values by `block_id/action_id`. */
export type FieldValues = Record<string, FieldValue>

export type AnyElement = ActionsBlockElement | InputBlockElement | Exclude<SectionBlockAccessory, ImageElement>

/** The key of a field among the values of its view or message. */
export function fieldKey(blockId: string, element: { action_id?: string }): string {
  return `${blockId}/${element.action_id ?? ''}`
}

/** What a field holds before anybody touched it. */
export function initialValue(element: AnyElement): FieldValue {
  switch (element.type) {
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return element.initial_value ?? null
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return element.initial_option?.value ?? null
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes':
      return ((element.initial_options ?? []) as Option[]).map((option) => option.value ?? '')
    case 'users_select':
      return element.initial_user ?? null
    case 'multi_users_select':
      return element.initial_users ?? []
    case 'channels_select':
      return element.initial_channel ?? null
    case 'multi_channels_select':
      return element.initial_channels ?? []
    case 'conversations_select':
      return element.initial_conversation ?? null
    case 'multi_conversations_select':
      return element.initial_conversations ?? []
    case 'file_input':
      return []
    case 'datepicker':
      return element.initial_date ?? null
    case 'timepicker':
      return element.initial_time ?? null
    case 'datetimepicker':
      return element.initial_date_time === undefined ? null : String(element.initial_date_time)
    case 'button':
    case 'workflow_button':
    case 'overflow':
    case 'rich_text_input':
      return null
  }
}

/** The id of a block; one that Purser left out is named by its place. */
export function blockIdOf(block: { block_id?: string }, index: number): string {
  return block.block_id || `block-${index}`
}
