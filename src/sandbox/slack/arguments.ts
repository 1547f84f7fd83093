import { refuse } from './refusal.ts'

export type Arguments = Record<string, unknown>

/** The arguments of a Web API request, sent as JSON, as a form or in the address. */
export function readArguments(contentType: string, body: string, query: URLSearchParams): Arguments {
  const args: Arguments = Object.fromEntries(query)
  if (contentType.includes('json')) {
    if (body === '') return args
    const parsed = parseJson(body, 'invalid_json')
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw refuse('json_not_object')
    return { ...args, ...parsed }
  }
  return { ...args, ...Object.fromEntries(new URLSearchParams(body)) }
}

/** A text argument, empty when it was left out. */
export function text(args: Arguments, name: string): string {
  const value = args[name]
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

/** A text argument that must be there. */
export function textNeeded(args: Arguments, name: string, code = 'invalid_arguments'): string {
  const value = text(args, name)
  if (value === '') {
    const messages = [`[ERROR] missing required field: ${name} [json-pointer:/${name}]`]
    throw refuse(code, code === 'invalid_arguments' ? { response_metadata: { messages } } : {})
  }
  return value
}

/** A yes-or-no argument: true, "true" or "1". */
export function flag(args: Arguments, name: string): boolean {
  return args[name] === true || args[name] === 'true' || args[name] === '1'
}

/** A number between 1 and `max`. */
export function count(args: Arguments, name: string, max: number): number {
  const value = Number(args[name] ?? max)
  return Number.isInteger(value) && value > 0 ? Math.min(value, max) : max
}

/** A list or object, sent as such or as JSON in a form; undefined when it was left out. */
export function structured(args: Arguments, name: string, code: string): unknown {
  const value = args[name]
  if (value === undefined || value === null || value === '') return undefined
  return typeof value === 'string' ? parseJson(value, code) : value
}

function parseJson(value: string, code: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    throw refuse(code)
  }
}
