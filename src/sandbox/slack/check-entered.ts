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
    const wrong = empty ? null : objection(element, typeof value?.value === 'string' ? value.value : '')
    if (wrong) errors[blockId] = wrong
  }
  return errors
}

function objection(element: Record<string, unknown>, value: string): string | null {
  switch (element.type) {
    case 'plain_text_input':
      return lengthObjection(Number(element.min_length ?? 0), Number(element.max_length ?? 3000), value.length)
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
  const least = Number(element.min_value ?? Number.NEGATIVE_INFINITY)
  const most = Number(element.max_value ?? Number.POSITIVE_INFINITY)
  if (Number(value) < least) return `At least ${least}.`
  return Number(value) > most ? `At most ${most}.` : null
}

function lengthObjection(least: number, most: number, length: number): string | null {
  if (length > most) return `At most ${most} characters.`
  return length < least ? `At least ${least} characters.` : null
}
