import { z } from 'zod'
import { FileRef } from '../src/domain/file-ref.ts'
import { UserId } from '../src/domain/ids.ts'
import type { Run } from '../src/domain/run.ts'
import type { DrawContext } from './drawing.ts'
import { type SchemaField, schemaFields } from './modals/schema-field.ts'
import { bold, link, outside, type Words } from './rich-text.ts'
import { texts } from './texts/index.ts'

const MOST_FACTS = 20

/** What a form's fields hold, a line each, as whoever filled it in saw it; empty ones are left out. */
export function facts(schema: z.ZodType, value: unknown, { team }: Run, ctx: DrawContext): Words[] {
  const values = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  const told = schemaFields(schema).flatMap((field): Words[] => {
    if (field.kind === 'files') return fileFacts(field, values[field.name])
    const text = inField(field, values[field.name], (user) => ctx.name({ kind: 'person', team, user }))
    return text === '' ? [] : [[bold(asked(field.label), 80), ' ', outside(text, 200)]]
  })
  if (told.length <= MOST_FACTS) return told
  return [...told.slice(0, MOST_FACTS), [texts.words.andMore(told.length - MOST_FACTS)]]
}

/** Files by their names, each a link to where it is in Slack. */
function fileFacts({ label }: SchemaField, value: unknown): Words[] {
  const there = z.array(FileRef).safeParse(value).data ?? []
  const links = there.slice(0, MOST_FILES).flatMap(({ name, permalink }) => [', ', link(permalink, name)])
  return there.length === 0 ? [] : [[bold(asked(label), 80), ' ', ...links.slice(1)]]
}
const MOST_FILES = 10

/** A label that is a question by itself needs no colon. */
const asked = (label: string): string => (label.endsWith('?') ? label : `${label}:`)

/** `30 November 2026`: a day of the calendar, the same in every zone; what is no day, as it stands. */
function dayInWords(text: string): string {
  const day = Date.parse(`${text}T00:00:00Z`)
  return Number.isNaN(day) ? text : texts.words.longDay(day)
}

function inField(field: SchemaField, value: unknown, nameOf: (user: UserId) => string): string {
  if (Array.isArray(value)) return value.map((each) => inField(field, each, nameOf)).join(', ')
  if (typeof value === 'boolean') return value ? texts.words.yes : texts.words.no
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') return ''
  if (field.kind === 'date') return dayInWords(value)
  const user = field.kind === 'user' ? UserId.safeParse(value) : null
  if (user?.success) return nameOf(user.data)
  return field.options.find((option) => option.value === value)?.label ?? value
}
