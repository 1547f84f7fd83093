import { inputsOf, isEmpty } from './view-values.ts'
import type { View } from './workspace.ts'

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/** What Slack's own client would object to before it sends a modal: messages by block id. */
export function checkEntered(view: View): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const { block, element, blockId, actionId } of inputsOf(view.view.blocks)) {
    if (block.type !== 'input') continue
    const value = view.values[blockId]?.[actionId]
    const empty = isEmpty(element, value)
    if (empty && block.optional !== true) errors[blockId] = 'Please complete this required field.'
    const wrong = empty ? null : objection(element, String(value?.value ?? ''))
    if (wrong) errors[blockId] = wrong
  }
  return errors
}

function objection(element: Record<string, unknown>, value: string): string | null {
  switch (element.type) {
    case 'plain_text_input':
      if (value.length > Number(element.max_length ?? 3000)) return `At most ${element.max_length ?? 3000} characters.`
      return value.length < Number(element.min_length ?? 0) ? `At least ${element.min_length} characters.` : null
    case 'email_text_input':
      return EMAIL.test(value) ? null : 'Please enter a valid email address.'
    case 'url_text_input':
      return URL.canParse(value) ? null : 'Please enter a valid URL.'
    case 'number_input':
      return numberObjection(element, value)
    default:
      return null
  }
}

function numberObjection(element: Record<string, unknown>, value: string): string | null {
  const form = element.is_decimal_allowed === true ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/
  if (!form.test(value)) return 'Please enter a valid number.'
  const entered = Number(value)
  if (element.min_value !== undefined && entered < Number(element.min_value)) return `At least ${element.min_value}.`
  if (element.max_value !== undefined && entered > Number(element.max_value)) return `At most ${element.max_value}.`
  return null
}
