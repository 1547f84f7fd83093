import { type ASTNode, Environment } from '@marcbachmann/cel-js'
import { PersonNeeded } from '../domain/errors.ts'
import { nearest } from '../domain/nearest.ts'

/** What is wrong with a condition; `at` counts characters from its beginning. */
interface ConditionProblem {
  at: number
  message: string
  suggestion: string
}

/** Conditions see the workflow's input and nothing else: no time, no network, no way to change anything. */
const environment = new Environment({
  limits: { maxAstNodes: 2_000, maxDepth: 50, maxListElements: 500, maxCallArguments: 32 },
}).registerVariable('input', 'dyn')

/** Names of the functions and methods that a condition may use. */
const FUNCTIONS = environment.getDefinitions().functions.map((definition) => definition.name)

/** Parses and type-checks a CEL condition; `fields` are those of the workflows' inputs, when they are known. */
export function checkCondition(text: string, fields: readonly string[] | null): ConditionProblem | null {
  const checked = environment.check(text)
  if (checked.error) {
    const { error } = checked
    const at = Math.min(error.range?.start ?? error.node?.start ?? 0, text.length)
    return { at, message: `the condition is not valid CEL: ${error.summary}`, suggestion: remedy(text, at, error) }
  }
  if (checked.type !== 'bool' && checked.type !== 'dyn') {
    const suggestion = 'compare with something, such as input.role == "sales"'
    return { at: 0, message: `the condition gives ${checked.type}, not true or false`, suggestion }
  }
  return fields === null ? null : unknownField(environment.parse(text).ast, fields)
}

/** A condition ready to be asked; an answer that is not true or false, or none, is an error and never a silent no. */
export function compileCondition(name: string, text: string): (input: unknown) => boolean {
  const evaluate = environment.parse(text)
  return (input) => {
    let answer: unknown
    try {
      answer = evaluate({ input })
    } catch (cause) {
      const reason = cause instanceof Error && 'summary' in cause ? String(cause.summary) : String(cause)
      throw undecided(name, `${reason} in ${text}`, cause)
    }
    if (typeof answer !== 'boolean') throw undecided(name, `${text} gives neither true nor false`)
    return answer
  }
}

const undecided = (name: string, why: string, cause?: unknown): PersonNeeded =>
  new PersonNeeded({
    code: 'rule-undecided',
    message: `The access rule ${name} could not be decided: ${why}.`,
    hint: 'Correct access in the rules file (a field that may be absent: has(input.field) && …), then retry with today’s rules.',
    cause,
  })

interface CelError {
  code: string
  node?: { op?: string; args?: unknown }
}

/** The way out of a mistake, by the error's code and what stands at its place. */
export function remedy(text: string, at: number, error: CelError, variables: readonly string[] = ['input']): string {
  const rest = text.slice(at)
  const word = /^[A-Za-z_]\w*/.exec(rest)?.[0] ?? ''
  const operator = { and: '&&', or: '||', not: '!' }[word.toLowerCase()]
  if (operator) return `write ${operator} instead of ${word}`
  if (/^=(?!=)/.test(rest)) return 'compare with == (one = says nothing here)'
  if (/^[“”‘’]/.test(rest)) return 'use straight quotes: "'
  if (rest.trim() === '') return 'the end is missing: a value, a quote or a closing bracket'
  if (error.code.startsWith('unterminated')) return 'close the quote'
  if (error.code === 'unknown_variable') {
    const meant = nearest(word, variables)
    return meant ? `did you mean ${meant}?` : `a field of the ${variables[0]} is written ${variables[0]}.${word}`
  }
  if (error.code === 'no_matching_overload') {
    const name = Array.isArray(error.node?.args) ? String(error.node.args[0]) : word
    const meant = nearest(name, FUNCTIONS)
    return meant && meant !== name ? `did you mean ${meant}?` : 'check the name and what it is given'
  }
  if (error.code === 'heterogeneous_list_element') return 'give every item of the list the same kind: "a", "b"'
  if (!variables.includes('input')) return 'write it like body.data.email, or has(body.note) ? body.note : ""'
  return 'a condition reads like input.role in ["engineer", "designer"] && input.team == "Platform"'
}

function unknownField(ast: ASTNode, fields: readonly string[]): ConditionProblem | null {
  for (const { name, at } of inputFields(ast)) {
    if (fields.includes(name)) continue
    const meant = nearest(name, fields)
    return {
      at,
      message: `no workflow’s input has a field "${name}"`,
      suggestion: meant ? `did you mean input.${meant}?` : `fields: ${fields.join(', ')}`,
    }
  }
  return null
}

/** Every `input.field` of a condition. */
function* inputFields(node: unknown): Generator<{ name: string; at: number }> {
  if (Array.isArray(node)) {
    for (const child of node) yield* inputFields(child)
  } else if (isNode(node)) {
    if (node.op === '.' && node.args[0].op === 'id' && node.args[0].args === 'input') {
      yield { name: node.args[1], at: node.end - node.args[1].length }
    }
    yield* inputFields(node.args)
  }
}

const isNode = (value: unknown): value is ASTNode => typeof value === 'object' && value !== null && 'op' in value
