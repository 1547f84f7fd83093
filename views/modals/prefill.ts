import type { z } from 'zod'
import { type SchemaField, schemaFields } from './schema-field.ts'

const EMAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/u
const DAY = /\b\d{4}-\d{2}-\d{2}\b/
const WEB = /https?:\/\/[^\s<>|]+/
const SOMEBODY = /<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/
/** Whoever a message speaks to, Purser or a colleague, is nobody that it tells of. */
const SPOKEN_TO = /^\s*(?:<@[UW][A-Z0-9]+(?:\|[^>]*)?>[\s,:]*)+/
/** Two to four words in a row that begin with capitals. */
const NAME = /\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’.-]*){1,3}/u
const MOST_LETTERS = 1_000

/** What a message tells of a form, by field: a proposal that its reader looks through, never more. */
export function prefill(schema: z.ZodType, message: string): Record<string, unknown> {
  const text = message.slice(0, 4_000).replace(SPOKEN_TO, '')
  const plain = text.replace(/<mailto:([^|>]+)(?:\|[^>]*)?>/g, '$1').replace(/<(https?:[^|>]+)(?:\|[^>]*)?>/g, '$1')
  const found: Record<string, unknown> = {}
  for (const field of schemaFields(schema)) {
    const value = valueFor(field, plain)
    if (value !== undefined) found[field.name] = value
  }
  return found
}

function valueFor({ kind, name, label, options }: SchemaField, text: string): string | undefined {
  switch (kind) {
    case 'email':
      return EMAIL.exec(text)?.[0]
    case 'date':
      return DAY.exec(text)?.[0]
    case 'url':
      return WEB.exec(text)?.[0]
    case 'user':
      return SOMEBODY.exec(text)?.[1]
    case 'multiline':
      return text.replace(SOMEBODY, '').trim().slice(0, MOST_LETTERS) || undefined
    case 'choice':
      return options.find((option) => text.toLowerCase().includes(option.label.toLowerCase()))?.value
    case 'text':
      return /\bname\b|^who\b/i.test(`${name} ${label}`) ? nameIn(text) : undefined
    default:
      return undefined
  }
}

/** Where a sentence begins, its first word is none of the name: `Please onboard Jane Doe`. */
const nameIn = (text: string): string | undefined =>
  NAME.exec(text.replace(EMAIL, '').replace(SOMEBODY, ''))?.[0].trim()
