import { z } from 'zod'
import { nearest } from '../domain/nearest.ts'
import type { Json } from '../domain/operation.ts'
import { checkCondition } from './condition.ts'
import { name } from './named.ts'
import { refuse } from './refuse.ts'
import type { RulesFrame } from './rules-frame.ts'

/** Who gets access to what: a condition by name, and the settings that go with it. */
export function accessSchema(frame: RulesFrame | null) {
  const condition = z.string().superRefine((text, ctx) => {
    const problem = checkCondition(text, frame?.inputFields ?? null)
    if (problem) refuse(ctx, problem.message, { suggestion: problem.suggestion, offset: problem.at })
  })
  const when = z.preprocess((value) => (typeof value === 'boolean' ? String(value) : value), condition)
  const rule = z
    .object({ when: when.meta({ example: `when: 'input.role == "sales"'` }) })
    .catchall(setting)
    .meta({ example: `{ when: 'input.role == "sales"' }` })
  return z.record(name, rule)
}

/** The access rules that workflows ask for and that the file does not have, each with what to do. */
export function missingAccess(present: readonly string[], frame: RulesFrame): { name: string; suggestion: string }[] {
  return frame.access
    .filter((name) => !present.includes(name))
    .map((name) => {
      const meant = nearest(name, present)
      const add = `add ${name}: { when: … } (when: false if nobody is to have it)`
      return { name, suggestion: meant ? `rename ${meant} if it is meant, or ${add}` : add }
    })
}

const setting = z.unknown().transform((value, ctx): Json => {
  if (isJson(value)) return value
  return refuse(ctx, 'this is neither text, a number, true, false, a list nor a map', 'write it as text, in quotes')
})

const isJson = (value: unknown): value is Json =>
  value === null ||
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value)) ||
  (Array.isArray(value) && value.every(isJson)) ||
  (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isJson))
