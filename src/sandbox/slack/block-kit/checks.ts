/** One thing that Slack would refuse, with the JSON pointer of its place. */
export interface Problem {
  code: string
  message: string
  pointer: string
}

/** Looks at a value and notes what is wrong with it. */
export type Check = (value: unknown, pointer: string, found: Problem[]) => void

interface Field {
  check: Check
  required: boolean
}

export type Fields = Record<string, Field>

/** Notes a problem under the code that Slack gives to a broken constraint. */
export function fail(found: Problem[], pointer: string, message: string): void {
  found.push({ code: 'failed_constraint', message, pointer })
}

export const required = (check: Check): Field => ({ check, required: true })
export const optional = (check: Check): Field => ({ check, required: false })

/** Narrows to a plain JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A string of `min` to `max` characters, or one of a few, or of a form. */
export function string(rule: { min?: number; max?: number; of?: readonly string[]; form?: RegExp } = {}): Check {
  return (value, pointer, found) => {
    if (typeof value !== 'string') return fail(found, pointer, 'must be a string')
    if (rule.of && !rule.of.includes(value)) fail(found, pointer, `must be one of: ${rule.of.join(', ')}`)
    if (rule.form && !rule.form.test(value)) fail(found, pointer, `must match ${rule.form.source}`)
    if (value.length < (rule.min ?? 0)) fail(found, pointer, `must be more than ${(rule.min ?? 0) - 1} characters`)
    if (rule.max !== undefined && value.length > rule.max) {
      fail(found, pointer, `must be less than ${rule.max + 1} characters`)
    }
  }
}

/** A number between two others. */
export function number(rule: { min?: number; max?: number } = {}): Check {
  return (value, pointer, found) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return fail(found, pointer, 'must be a number')
    if (rule.min !== undefined && value < rule.min) fail(found, pointer, `must be at least ${rule.min}`)
    if (rule.max !== undefined && value > rule.max) fail(found, pointer, `must be at most ${rule.max}`)
  }
}

export const boolean: Check = (value, pointer, found) => {
  if (typeof value !== 'boolean') fail(found, pointer, 'must be a boolean')
}

/** A list of `min` to `max` items. */
export function list(item: Check, rule: { min?: number; max?: number } = {}): Check {
  return (value, pointer, found) => {
    if (!Array.isArray(value)) return fail(found, pointer, 'must be an array')
    if (value.length < (rule.min ?? 0)) fail(found, pointer, `no fewer than ${rule.min} items allowed`)
    if (rule.max !== undefined && value.length > rule.max)
      fail(found, pointer, `no more than ${rule.max} items allowed`)
    value.forEach((each, index) => {
      item(each, `${pointer}/${index}`, found)
    })
  }
}

/** An object with these fields and no others; `whole` looks at how the fields go together. */
export function object(fields: Fields, whole?: (value: Record<string, unknown>) => string | null): Check {
  return (value, pointer, found) => {
    if (!isObject(value)) return fail(found, pointer, 'must be an object')
    for (const key of Object.keys(value)) {
      if (!Object.hasOwn(fields, key)) fail(found, pointer, `invalid additional property: ${key}`)
    }
    for (const [key, field] of Object.entries(fields)) {
      if (value[key] !== undefined) field.check(value[key], `${pointer}/${key}`, found)
      else if (field.required) fail(found, pointer, `missing required field: ${key}`)
    }
    const wrong = whole?.(value)
    if (wrong) fail(found, pointer, wrong)
  }
}

/** Chooses the check by the object's `type`; a type that is not in the table is refused. */
export function byType(table: Record<string, Check>, allowed: readonly string[] = Object.keys(table)): Check {
  return (value, pointer, found) => {
    if (!isObject(value)) return fail(found, pointer, 'must be an object')
    if (typeof value.type !== 'string') return fail(found, pointer, 'missing required field: type')
    const check = allowed.includes(value.type) ? table[value.type] : undefined
    if (!check) return fail(found, `${pointer}/type`, `unsupported type: ${value.type}`)
    check(value, pointer, found)
  }
}
