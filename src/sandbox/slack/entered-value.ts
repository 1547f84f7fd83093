import { ControlMistake } from '../control/mistake.ts'
import { isObject } from './block-kit/checks.ts'
import { optionsOf } from './block-kit/elements.ts'
import { findChannel } from './channels.ts'
import { describeFile } from './describe.ts'
import { findPerson } from './people.ts'
import { fileChosen } from './upload-file.ts'
import { HOLDINGS } from './view-values.ts'
import type { Workspace } from './workspace.ts'

type Element = Record<string, unknown>

/** What a person enters as a plain value, in the form of `state.values` for this element. */
export function enteredValue(workspace: Workspace, element: Element, plain: unknown): Record<string, unknown> {
  const type = String(element.type)
  const holding = HOLDINGS[type]
  if (!holding) throw new ControlMistake({ code: 'not_an_input', hint: `A ${type} holds no value.` })
  const empty = plain === null || plain === undefined || plain === ''
  const single = (each: unknown) => oneValue(workspace, element, each)
  if (holding.many) {
    const given = empty ? [] : Array.isArray(plain) ? plain : [plain]
    return { type, [holding.field]: given.map(single) }
  }
  return { type, [holding.field]: empty ? null : single(plain) }
}

function oneValue(workspace: Workspace, element: Element, plain: unknown): unknown {
  const type = String(element.type)
  if (type === 'external_select' || type === 'multi_external_select') return freeOption(plain)
  if (isObject(plain) && typeof plain.value !== 'string') return plain
  const wanted = String(isObject(plain) ? plain.value : plain)
  if (type === 'file_input') return describeFile(fileChosen(workspace, wanted))
  if (optionsOf(element).length > 0) return chosenOption(element, wanted)
  if (type.includes('users_select')) return findPerson(workspace, wanted).id
  if (type.includes('channels_select') || type.includes('conversations_select')) {
    const channel = findChannel(workspace, wanted)
    if (!channel) throw new ControlMistake({ code: 'channel_not_found', hint: `There is no channel ${wanted}.` })
    return channel.id
  }
  if (type === 'datetimepicker') return Number(wanted)
  if (type === 'rich_text_input') return richText(wanted)
  return wanted
}

/** The option of an element with this value or this text. */
export function chosenOption(element: Element, wanted: string): Record<string, unknown> {
  const options = optionsOf(element)
  const found =
    options.find((option) => option.value === wanted) ??
    options.find((option) => isObject(option.text) && option.text.text === wanted)
  if (found) return found
  const values = options.map((option) => String(option.value)).join(', ')
  throw new ControlMistake({ code: 'option_not_found', hint: `"${wanted}" is none of the options: ${values}.` })
}

function freeOption(plain: unknown): unknown {
  if (isObject(plain)) return plain
  return { text: { type: 'plain_text', text: String(plain), emoji: true }, value: String(plain) }
}

function richText(words: string): Record<string, unknown> {
  const section = { type: 'rich_text_section', elements: [{ type: 'text', text: words }] }
  return { type: 'rich_text', elements: [section] }
}
