import type { InputBlock, InputBlockElement, PlainTextElement, PlainTextOption } from '@slack/types'
import { z } from 'zod'
import { FileRef } from '../../src/domain/file-ref.ts'
import { fieldAction } from '../action-ids.ts'
import { plain } from '../blocks.ts'
import { limits } from '../limits.ts'
import { tameList } from '../outside-text.ts'
import { texts } from '../texts/index.ts'
import { type SchemaField, schemaFields } from './schema-field.ts'

interface InputRules {
  /** Put before each field's name to make its block id. */
  prefix?: string
  /** Values to start with, by field. */
  initial?: Readonly<Record<string, unknown>>
  /** Leaves out what may stay empty. */
  requiredOnly?: boolean
  /** Files that are there already stay where none are chosen: Slack shows no chosen files in a new form. */
  keepsFiles?: boolean
  /** Fields that tell of their change, beside those on which others depend. */
  tells?: readonly string[]
}

/** An input block for each field of a zod object; its block id is the field's name. */
export function schemaInputs(
  schema: z.ZodType,
  { prefix = '', initial = {}, requiredOnly, keepsFiles, tells }: InputRules,
): InputBlock[] {
  const fields = schemaFields(schema).map((field) => ({ ...field, initial: initial[field.name] ?? field.initial }))
  const watched = new Set([...fields.flatMap(({ showWhen }) => showWhen?.field ?? []), ...(tells ?? [])])
  return fields
    .filter((field) => !(requiredOnly && field.optional) && isShown(field, fields))
    .map((field) => (keepsFiles ? keepingFiles(field) : field))
    .map((field) => inputBlock(field, { prefix, tells: watched.has(field.name) }))
}

function keepingFiles(field: SchemaField): SchemaField {
  const there = field.kind === 'files' ? z.array(FileRef).safeParse(field.initial).data : undefined
  if (!there || there.length === 0) return field
  const names = tameList(
    there.map(({ name }) => name),
    ', ',
  )
  return { ...field, optional: true, hint: texts.startWindows.filesThere(names) }
}

/** Whether the field on which it depends has a value with which it is asked for. */
function isShown({ showWhen }: SchemaField, all: readonly SchemaField[]): boolean {
  if (showWhen === null) return true
  const value = all.find(({ name }) => name === showWhen.field)?.initial
  return typeof value === 'string' || typeof value === 'boolean' ? showWhen.is.includes(String(value)) : false
}

function inputBlock(field: SchemaField, { prefix, tells }: { prefix: string; tells: boolean }): InputBlock {
  return {
    type: 'input',
    ...(tells ? { dispatch_action: true } : {}),
    block_id: `${prefix}${field.name}`,
    label: plain(field.label, limits.inputLabel),
    ...(field.hint ? { hint: plain(field.hint, limits.inputLabel) } : {}),
    optional: field.optional,
    element: element(field),
  }
}

const ACTION = { action_id: fieldAction } as const

function element(field: SchemaField): InputBlockElement {
  switch (field.kind) {
    case 'choice':
    case 'choices':
      return choice(field)
    case 'yes-no':
      return yesNo(field)
    case 'date':
      return { type: 'datepicker', ...ACTION, ...hinted(field), ...startDate(field.initial) }
    case 'number':
      return number(field)
    case 'user':
      return { type: 'users_select', ...ACTION, ...hinted(field), ...startText('initial_user', field.initial) }
    case 'channel':
      return { type: 'channels_select', ...ACTION, ...hinted(field), ...startText('initial_channel', field.initial) }
    case 'files':
      return {
        type: 'file_input',
        ...ACTION,
        ...(field.fileTypes ? { filetypes: [...field.fileTypes] } : {}),
        ...(field.max === null ? {} : { max_files: field.max }),
      }
    case 'email':
      return { type: 'email_text_input', ...ACTION, ...hinted(field), ...startText('initial_value', field.initial) }
    case 'url':
      return { type: 'url_text_input', ...ACTION, ...hinted(field), ...startText('initial_value', field.initial) }
    default:
      return textInput(field)
  }
}

function choice(field: SchemaField): InputBlockElement {
  const fits =
    field.options.length <= limits.selectOptions &&
    field.options.every((each) => each.value.length <= limits.optionValue)
  if (!fits || field.options.length === 0) return textInput(field)
  const options = field.options.map(
    ({ value, label }): PlainTextOption => ({ text: plain(label, limits.optionText), value }),
  )
  const wanted = new Set([field.initial].flat())
  const chosen = options.filter((option) => wanted.has(option.value))
  if (field.kind === 'choices') {
    const start = chosen.length > 0 ? { initial_options: chosen } : {}
    return { type: 'multi_static_select', ...ACTION, ...hinted(field), options, ...start }
  }
  const start = chosen[0] ? { initial_option: chosen[0] } : {}
  // Radio buttons cannot be taken back, so that an optional choice is a menu.
  if (options.length <= 4 && !field.optional) return { type: 'radio_buttons', ...ACTION, options, ...start }
  return { type: 'static_select', ...ACTION, ...hinted(field), options, ...start }
}

function yesNo(field: SchemaField): InputBlockElement {
  const yes: PlainTextOption = { text: plain(field.placeholder ?? texts.words.yes, limits.optionText), value: 'true' }
  return {
    type: 'checkboxes',
    ...ACTION,
    options: [yes],
    ...(field.initial === true ? { initial_options: [yes] } : {}),
  }
}

function number(field: SchemaField): InputBlockElement {
  const bound = (key: 'min_value' | 'max_value', value: number | null) =>
    value === null || !Number.isFinite(value) ? {} : { [key]: decimal(value) }
  return {
    type: 'number_input',
    ...ACTION,
    ...hinted(field),
    is_decimal_allowed: !field.wholeNumber,
    ...bound('min_value', field.min),
    ...bound('max_value', field.max),
    ...(typeof field.initial === 'number' ? { initial_value: decimal(field.initial) } : {}),
  }
}

/** Without the exponent that `String` gives to very small and very large numbers. */
const decimal = (value: number): string =>
  value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 })

function textInput(field: SchemaField): InputBlockElement {
  const max = field.max === null ? limits.inputText : Math.min(Math.max(field.max, 1), limits.inputText)
  return {
    type: 'plain_text_input',
    ...ACTION,
    ...hinted(field),
    ...(field.kind === 'multiline' ? { multiline: true } : {}),
    ...(field.min !== null && field.min > 0 ? { min_length: Math.min(field.min, max) } : {}),
    max_length: max,
    ...startText('initial_value', field.initial, max),
  }
}

const hinted = (field: SchemaField): { placeholder?: PlainTextElement } =>
  field.placeholder ? { placeholder: plain(field.placeholder, limits.placeholder) } : {}

/** What came from outside is put in only when it is text; too long, it is cut, and its reader sees so. */
function startText<K extends string>(key: K, value: unknown, max: number = limits.inputText): { [key in K]?: string } {
  if (typeof value !== 'string' || value.trim() === '') return {}
  return { [key]: value.toWellFormed().slice(0, max) } as { [key in K]?: string }
}

const startDate = (value: unknown): { initial_date?: string } =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? { initial_date: value } : {}
