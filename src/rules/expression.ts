import { Environment } from '@marcbachmann/cel-js'
import { PersonNeeded } from '../domain/errors.ts'
import { remedy } from './condition.ts'

/** What an expression over something that came from outside may name. */
export interface Received {
  /** The body, parsed. */
  body: unknown
  /** By name, in small letters. */
  headers: Readonly<Record<string, string>>
  /** The query of its address. */
  query: Readonly<Record<string, string>>
}

interface ExpressionProblem {
  at: number
  message: string
  suggestion: string
}

const VARIABLES = ['body', 'headers', 'query'] as const

/** What came in, and nothing else: no time, no network, no way to change anything. */
const environment = VARIABLES.reduce(
  (env, name) => env.registerVariable(name, 'dyn'),
  new Environment({ limits: { maxAstNodes: 2_000, maxDepth: 50, maxListElements: 500, maxCallArguments: 32 } }),
)

/** Parses and type-checks a CEL expression; `gives` is what it has to come to, when that is known. */
export function checkExpression(text: string, gives: 'bool' | 'any'): ExpressionProblem | null {
  const checked = environment.check(text)
  if (checked.error) {
    const { error } = checked
    const at = Math.min(error.range?.start ?? error.node?.start ?? 0, text.length)
    const message = `this is not valid CEL: ${error.summary}`
    return { at, message, suggestion: remedy(text, at, error, VARIABLES) }
  }
  if (gives === 'any' || checked.type === 'bool' || checked.type === 'dyn') return null
  const suggestion = 'compare with something, such as body.type == "contract.signed"'
  return { at: 0, message: `this gives ${checked.type}, not true or false`, suggestion }
}

/** An expression ready to be asked. Throws PersonNeeded when what came does not have what it names. */
export function compileExpression(text: string): (received: Received) => unknown {
  const evaluate = environment.parse(text)
  return (received) => {
    try {
      return plain(evaluate({ ...received }))
    } catch (cause) {
      const reason = cause instanceof Error && 'summary' in cause ? String(cause.summary) : String(cause)
      throw new PersonNeeded({
        code: 'not-in-what-came',
        message: `${text} cannot be told from what came: ${reason}.`,
        hint: 'Correct it under hooks in the rules file (what may be absent: has(body.field) ? body.field : ""), then try it again.',
        cause,
      })
    }
  }
}

/** As JSON has it: CEL's own numbers are big integers, and its maps are maps. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (Array.isArray(value)) return value.map(plain)
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, each]) => [String(key), plain(each)]))
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]))
  }
  return value
}
