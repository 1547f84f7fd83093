import type { InputBlock, KnownBlock, ModalView } from '@slack/types'
import { blockIdOf } from '../blocks/blocks.tsx'
import {
  type AnyElement,
  type FieldValue,
  type FieldValues,
  fieldKey,
  initialValue,
  isEmpty,
} from '../blocks/field-values.ts'

interface Field {
  blockId: string
  element: AnyElement
  input: InputBlock | null
}

/** The fields of a view that take part in its submission. */
function fieldsOf(view: ModalView): Field[] {
  return (view.blocks as KnownBlock[]).flatMap((block, index): Field[] => {
    const blockId = blockIdOf(block, index)
    if (block.type === 'input') return [{ blockId, element: block.element, input: block }]
    if (block.type === 'actions') return block.elements.map((element) => ({ blockId, element, input: null }))
    const accessory = block.type === 'section' ? block.accessory : undefined
    return accessory && accessory.type !== 'image' ? [{ blockId, element: accessory, input: null }] : []
  })
}

function heldBy(field: Field, values: FieldValues): FieldValue {
  const key = fieldKey(field.blockId, field.element)
  return key in values ? (values[key] ?? null) : initialValue(field.element)
}

/** What a submission carries: the plain values by block id, empty ones left out. */
export function submittedValues(view: ModalView, values: FieldValues): Record<string, FieldValue> {
  const held = fieldsOf(view).map((field) => [field.blockId, heldBy(field, values)] as const)
  return Object.fromEntries(held.filter(([, value]) => !isEmpty(value)))
}

/** The mistakes that are told without asking Purser, by block id. */
export function localErrors(view: ModalView, values: FieldValues): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const field of fieldsOf(view)) {
    if (!field.input) continue
    const error = mistakeIn(field.element, heldBy(field, values), field.input.optional === true)
    if (error) errors[field.blockId] = error
  }
  return errors
}

function mistakeIn(element: AnyElement, value: FieldValue, optional: boolean): string | null {
  if (isEmpty(value)) return optional ? null : 'Please complete this required field.'
  if (typeof value !== 'string') return null
  switch (element.type) {
    case 'email_text_input':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) ? null : 'Please enter a valid e-mail address.'
    case 'url_text_input':
      return URL.canParse(value) ? null : 'Please enter a valid address, such as https://acme.example.'
    case 'number_input':
      return numberMistake(element, value)
    case 'plain_text_input':
      return value.length < (element.min_length ?? 0) ? `Please write at least ${element.min_length} characters.` : null
    default:
      return null
  }
}

interface NumberLimits {
  is_decimal_allowed: boolean
  min_value?: string
  max_value?: string
}

function numberMistake(limits: NumberLimits, written: string): string | null {
  const value = Number(written)
  if (written.trim() === '' || !Number.isFinite(value)) return 'Please enter a number.'
  if (!limits.is_decimal_allowed && !Number.isInteger(value)) return 'Please enter a whole number.'
  if (limits.min_value !== undefined && value < Number(limits.min_value))
    return `It must be at least ${limits.min_value}.`
  if (limits.max_value !== undefined && value > Number(limits.max_value))
    return `It must be at most ${limits.max_value}.`
  return null
}
