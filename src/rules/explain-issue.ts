import { z } from 'zod'
import { nearest } from '../domain/nearest.ts'
import type { Refusal } from './refuse.ts'

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

/** A problem of a value, before its place in the text is known. */
export interface Explained {
  path: Path
  /** `key`: the name at the end of the path is wrong; `value`: what stands behind it; `missing`: it is not there. */
  about: 'key' | 'value' | 'missing'
  message: string
  suggestion: string
  /** Characters from the value's beginning. */
  offset: number
}

/** What a schema's issue says in words, with a way out; `raw` is the whole parsed file. */
export function explainIssue(issue: Issue, schema: z.ZodType, raw: unknown): Explained[] {
  const value = issue.path.reduce<unknown>((at, part) => (isRecord(at) ? at[String(part)] : undefined), raw)
  const problem = (explained: Partial<Explained> & { message: string }): Explained => ({
    path: issue.path,
    about: 'value',
    suggestion: `write it like ${exampleAt(schema, issue.path) ?? 'in rules.example.yml'}`,
    offset: 0,
    ...explained,
  })
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) =>
        problem({ path: [...issue.path, key], about: 'key', ...unknownKey(key, keysAt(schema, issue.path)) }),
      )
    case 'invalid_key': {
      const [inner] = issue.issues
      return [problem({ about: 'key', message: inner?.message ?? issue.message, ...refusalOf(inner) })]
    }
    case 'custom':
      return [problem({ message: issue.message, ...refusalOf(issue) })]
    case 'invalid_value':
      return [problem(unknownValue(value, issue.values.map(String)))]
    case 'invalid_type':
      if (value === undefined) return [problem({ about: 'missing', message: `${nameOf(issue.path)} is missing` })]
      return [problem({ message: `expected ${EXPECTED[issue.expected] ?? issue.expected}, found ${kindOf(value)}` })]
    case 'too_small':
      return [
        problem({
          message: `${shown(value)} is too ${typeof value === 'number' ? 'small' : 'short'}`,
          ...atLeast(issue),
        }),
      ]
    case 'too_big':
      return [
        problem({ message: `${shown(value)} is too ${typeof value === 'number' ? 'big' : 'long'}`, ...atMost(issue) }),
      ]
    case 'invalid_element':
    case 'invalid_format':
    case 'invalid_union':
    case 'not_multiple_of':
      return [problem({ message: issue.message })]
  }
}

function unknownKey(key: string, known: readonly string[]): { message: string; suggestion: string } {
  const meant = nearest(key, known)
  const all = known.length > 0 ? `known here: ${known.join(', ')}` : 'nothing can be named here: remove it'
  return { message: `"${key}" is not known here`, suggestion: meant ? `did you mean ${meant}?` : all }
}

function unknownValue(value: unknown, known: readonly string[]): { message: string; suggestion: string } {
  const meant = nearest(String(value), known)
  return {
    message: `${shown(value)} is not one of ${known.join(', ')}`,
    suggestion: meant ? `did you mean ${meant}?` : `write ${known.join(' or ')}`,
  }
}

const refusalOf = (issue: Issue | undefined): Partial<Refusal> =>
  issue?.code === 'custom' ? { ...(issue.params as Partial<Refusal> | undefined) } : {}

const atLeast = (issue: z.core.$ZodIssueTooSmall) => ({
  suggestion: `write at least ${issue.minimum}${unitOf(issue.origin)}`,
})
const atMost = (issue: z.core.$ZodIssueTooBig) => ({
  suggestion: `write at most ${issue.maximum}${unitOf(issue.origin)}`,
})
const unitOf = (origin: string): string => (origin === 'string' ? ' characters' : origin === 'array' ? ' items' : '')

const EXPECTED: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'a whole number',
  number: 'a number',
  array: 'a list',
  object: 'a map',
  record: 'a map',
}

function kindOf(value: unknown): string {
  if (value === null) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'string') return `the text "${value.slice(0, 40)}"`
  return typeof value === 'object' ? 'a map' : `${value as number | boolean}`
}
const shown = (value: unknown): string => (typeof value === 'string' ? `"${value.slice(0, 40)}"` : kindOf(value))
const nameOf = (path: Path): string => String(path.at(-1) ?? 'the file')

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** The schemas on the way to a path, wrappers included. */
function schemasAt(schema: z.ZodType, path: Path): z.core.$ZodType[] {
  let layers = unwrap(schema)
  for (const part of path) {
    const inner = layers.at(-1)
    const next =
      inner instanceof z.ZodObject
        ? inner.shape[String(part)]
        : inner instanceof z.ZodRecord
          ? inner.valueType
          : inner instanceof z.ZodArray
            ? inner.element
            : undefined
    if (!next) return []
    layers = unwrap(next)
  }
  return layers
}

/** A schema, and what it is wrapped around, the innermost last. */
function unwrap(schema: z.core.$ZodType): z.core.$ZodType[] {
  const layers = [schema]
  let inner = schema
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault || inner instanceof z.ZodPrefault) {
    inner = inner.unwrap()
    layers.push(inner)
  }
  return layers
}

function keysAt(schema: z.ZodType, path: Path): string[] {
  const inner = schemasAt(schema, path).at(-1)
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : []
}

/** The example that stands with the schema of the path, or with the nearest one around it. */
function exampleAt(schema: z.ZodType, path: Path): string | null {
  for (let depth = path.length; depth > 0; depth--) {
    for (const layer of schemasAt(schema, path.slice(0, depth))) {
      const example = z.globalRegistry.get(layer)?.example
      if (typeof example === 'string') return example
    }
  }
  return null
}
