import { isObject } from './block-kit/checks.ts'
import { walkElements } from './block-kit/walk-elements.ts'
import type { Values } from './workspace.ts'

type Element = Record<string, unknown>

/** An element that holds a value, with the ids of its place. */
export interface Input {
  block: Record<string, unknown>
  element: Element
  blockId: string
  actionId: string
}

interface Holding {
  /** The field of `state.values` that holds it. */
  field: string
  many: boolean
  initial: string
}

const text: Holding = { field: 'value', many: false, initial: 'initial_value' }
const one = (of: string): Holding => ({ field: `selected_${of}`, many: false, initial: `initial_${of}` })
const several = (of: string): Holding => ({ field: `selected_${of}`, many: true, initial: `initial_${of}` })

/** How each element that people fill in holds its value. */
export const HOLDINGS: Record<string, Holding> = {
  plain_text_input: text,
  email_text_input: text,
  url_text_input: text,
  number_input: text,
  static_select: one('option'),
  external_select: one('option'),
  radio_buttons: one('option'),
  multi_static_select: several('options'),
  multi_external_select: several('options'),
  checkboxes: several('options'),
  users_select: one('user'),
  multi_users_select: several('users'),
  channels_select: one('channel'),
  multi_channels_select: several('channels'),
  conversations_select: one('conversation'),
  multi_conversations_select: several('conversations'),
  datepicker: one('date'),
  timepicker: one('time'),
  datetimepicker: one('date_time'),
  rich_text_input: { field: 'rich_text_value', many: false, initial: 'initial_value' },
  file_input: { field: 'files', many: true, initial: 'initial_files' },
}

/** The elements of these blocks that hold values. */
export function inputsOf(blocks: unknown): Input[] {
  if (!Array.isArray(blocks)) return []
  return blocks.filter(isObject).flatMap((block) =>
    walkElements(block)
      .filter(({ element }) => HOLDINGS[String(element.type)] !== undefined)
      .map(({ element }) => ({
        block,
        element,
        blockId: String(block.block_id),
        actionId: String(element.action_id),
      })),
  )
}

/** The values with which a view opens: the initial ones, null or an empty list elsewhere. */
export function initialValues(view: Record<string, unknown>): Values {
  const values: Values = {}
  for (const { element, blockId, actionId } of inputsOf(view.blocks)) {
    const holding = HOLDINGS[String(element.type)]
    if (!holding) continue
    const value = element[holding.initial] ?? (holding.many ? [] : null)
    values[blockId] = { ...values[blockId], [actionId]: { type: element.type, [holding.field]: value } }
  }
  return values
}

/** Whether an input holds nothing. */
export function isEmpty(element: Element, value: Record<string, unknown> | undefined): boolean {
  const held = value?.[HOLDINGS[String(element.type)]?.field ?? 'value']
  return held === undefined || held === null || held === '' || (Array.isArray(held) && held.length === 0)
}
