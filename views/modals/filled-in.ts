import type { KnownBlock, ModalView } from '@slack/types'
import { z } from 'zod'
import { date, paragraph } from '../rich-text.ts'
import { texts } from '../texts/index.ts'

/** What stands in a form's fields, by block: a text, a choice, several, a number; null for what was emptied. */
export const Written = z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string()), z.null()]))
export type Written = z.infer<typeof Written>
type Value = Written[string]

const Option = z.looseObject({ value: z.string() })
const Options = z.array(Option)
const Input = z.looseObject({
  type: z.literal('input'),
  block_id: z.string(),
  element: z.looseObject({
    type: z.string(),
    min_length: z.number().optional(),
    options: Options.optional(),
    initial_value: z.string().optional(),
    initial_option: Option.optional(),
    initial_options: Options.optional(),
    initial_date: z.string().optional(),
    initial_date_time: z.number().optional(),
    initial_user: z.string().optional(),
    initial_channel: z.string().optional(),
  }),
})
type Input = z.infer<typeof Input>

const Entered = z.looseObject({
  value: z.string().nullish(),
  selected_option: Option.nullish(),
  selected_options: Options.nullish(),
  selected_date: z.string().nullish(),
  selected_date_time: z.number().nullish(),
  selected_user: z.string().nullish(),
  selected_channel: z.string().nullish(),
})
const Values = z.record(z.string(), z.record(z.string(), z.unknown()))

const inputsOf = (blocks: unknown): Input[] =>
  z
    .array(z.unknown())
    .catch([])
    .parse(blocks)
    .flatMap((block) => Input.safeParse(block).data ?? [])

/** Whether there is something in it to write or choose. */
export const isForm = ({ blocks }: { blocks?: unknown }): boolean => inputsOf(blocks).length > 0

/** What somebody wrote in a form, beyond what its fields began with; of fields that Slack tells nothing of, nothing. */
export function writtenInForm(blocks: unknown, values: unknown): Written {
  const entered = Values.safeParse(values).data ?? {}
  const written: Written = {}
  for (const input of inputsOf(blocks)) {
    const state = Entered.safeParse(Object.values(entered[input.block_id] ?? {})[0]).data
    // Slack shows no chosen files in a new form.
    if (!state || input.element.type === 'file_input') continue
    const value = enteredIn(state)
    if (JSON.stringify(value) !== JSON.stringify(beginningOf(input))) written[input.block_id] = value
  }
  return written
}

function enteredIn(state: z.infer<typeof Entered>): Value {
  const many = state.selected_options?.map(({ value }) => value)
  const text = state.value?.trim() || (state.selected_option?.value ?? state.selected_date)
  return (
    text ?? state.selected_user ?? state.selected_channel ?? state.selected_date_time ?? (many?.length ? many : null)
  )
}

function beginningOf({ element }: Input): Value {
  const many = element.initial_options?.map(({ value }) => value)
  const text = element.initial_value?.trim() || (element.initial_option?.value ?? element.initial_date)
  const chosen = element.initial_user ?? element.initial_channel ?? element.initial_date_time
  return text ?? chosen ?? (many?.length ? many : null)
}

/** The form with what had been written in it, which it says; as it is when nothing of that fits it any more. */
export function filledIn(view: ModalView, written: Written, at: number): ModalView {
  let filled = 0
  const blocks = view.blocks.map((block) => {
    const input = Input.safeParse(block).data
    const value = input && written[input.block_id]
    if (!input || value === undefined || JSON.stringify(value) === JSON.stringify(beginningOf(input))) return block
    const begins = beginWith(input.element, value)
    if (!begins) return block
    filled += 1
    return { ...block, element: begins } as KnownBlock
  })
  return filled === 0 ? view : { ...view, blocks: [paragraph(...texts.formDrafts.isFilledIn(date(at))), ...blocks] }
}

/** Null where the field does not take it: a choice that is not offered any more, a text that is too short for Slack. */
function beginWith(element: Input['element'], value: Value): object | null {
  const { initial_value: _text, initial_option: _one, initial_options: _many, initial_date: _day, ...rest } = element
  const { initial_date_time: _time, initial_user: _user, initial_channel: _channel, ...empty } = rest
  if (value === null) return empty
  const offered = (one: string) => element.options?.find((option) => option.value === one)
  switch (element.type) {
    case 'plain_text_input':
    case 'url_text_input':
      return typeof value === 'string' && value.length >= (element.min_length ?? 0)
        ? { ...empty, initial_value: value }
        : null
    case 'email_text_input':
      return typeof value === 'string' && /^\S+@\S+\.\S+$/.test(value) ? { ...empty, initial_value: value } : null
    case 'number_input':
      return Number.isFinite(Number(value)) ? { ...empty, initial_value: String(value) } : null
    case 'static_select':
    case 'radio_buttons': {
      const option = typeof value === 'string' ? offered(value) : undefined
      return option ? { ...empty, initial_option: option } : null
    }
    case 'multi_static_select':
    case 'checkboxes': {
      const options = Array.isArray(value) ? value.flatMap((one) => offered(one) ?? []) : []
      return options.length > 0 ? { ...empty, initial_options: options } : null
    }
    case 'datepicker':
      return { ...empty, initial_date: value }
    case 'datetimepicker':
      return { ...empty, initial_date_time: value }
    case 'users_select':
      return { ...empty, initial_user: value }
    case 'channels_select':
      return { ...empty, initial_channel: value }
    default:
      return null
  }
}
