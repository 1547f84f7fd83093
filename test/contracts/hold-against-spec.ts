import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path/posix'
import { Ajv, type AnySchema, type ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'

const SPECS = join(import.meta.dirname, '../../../shared/specs')

/** Whether the vendors' specifications are there to hold anything against. */
export const specsAreThere = existsSync(join(SPECS, 'INDEX.md'))

interface Parameter {
  name: string
  in: 'query' | 'path' | 'header'
  required?: boolean
  schema?: AnySchema
}

interface Body {
  required?: boolean
  content?: Record<string, { schema?: AnySchema }>
}

interface Operation {
  operationId: string
  parameters?: Parameter[]
  requestBody?: Body
  responses: Record<string, Body>
}

/** Its operations by method, and the parameters that all of them take. */
type Path = { parameters?: Parameter[] } & { [method: string]: Operation | Parameter[] | undefined }

interface Specification {
  openapi: string
  paths: Record<string, Path>
}

/** A request and the answer to it, the path without what stands before the vendor's own. */
export interface Exchange {
  method: string
  path: string
  body?: unknown
  status: number
  answer: unknown
}

/** Finds what in an exchange differs from a vendor's specification. */
export interface SpecChecker {
  request: (exchange: Pick<Exchange, 'method' | 'path' | 'body'>) => string[]
  answer: (exchange: Exchange) => string[]
}

/** Reads one of the trimmed specifications; `errors` points to the schema of answers whose status it does not list. */
export function readSpec(file: string, errors: string): SpecChecker {
  const spec: Specification = JSON.parse(readFileSync(join(SPECS, file), 'utf8'))
  const validators = new Map<string, ValidateFunction>()
  const ajv = createAjv(spec.openapi, false)
  const coercing = createAjv(spec.openapi, true)
  ajv.addSchema(spec, 'spec', undefined, false)
  coercing.addSchema(spec, 'spec', undefined, false)

  const problems = (pointer: string, value: unknown, by = ajv): string[] => {
    const key = `${by === ajv}${pointer}`
    const validate = validators.get(key) ?? by.compile({ $ref: `spec#${pointer}` })
    validators.set(key, validate)
    const given = structuredClone({ value })
    return validate(by === ajv ? value : given.value)
      ? []
      : (validate.errors ?? []).map(
          (error) => `${error.instancePath || '/'} ${error.message} ${JSON.stringify(error.params)}`,
        )
  }

  const parameterProblems = (given: Parameter, at: string, values: Map<string, unknown>): string[] => {
    const { value: parameter, pointer } = follow(spec, given, at)
    if (parameter.in === 'header') return []
    const name = `${parameter.in} ${parameter.name}`
    const value = values.get(name)
    values.delete(name)
    if (value === undefined) return parameter.required ? [`${name} is required`] : []
    return parameter.schema === undefined
      ? []
      : problems(`${pointer}/schema`, value, coercing).map((each) => `${name} ${each}`)
  }
  const bodyProblems = (given: Body | undefined, at: string, body: unknown): string[] => {
    if (given === undefined) return body === undefined ? [] : ['no body is expected']
    const { value, pointer } = follow(spec, given, at)
    if (body === undefined) return value.required ? ['a body is required'] : []
    return problems(`${pointer}/content/application~1json/schema`, body)
  }

  return {
    request({ method, path, body }) {
      const found = findOperation(spec, method, path)
      if (!found) return [`${method} ${path} is not in the specification`]
      const { operation, shared, pointer, values } = found
      const wrong = [...parametersAt(operation, pointer), ...parametersAt(shared, dirname(pointer))].flatMap(
        ({ parameter, at }) => parameterProblems(parameter, at, values),
      )
      const unknown = [...values.keys()].map((name) => `${name} is not in the specification`)
      return [...wrong, ...unknown, ...bodyProblems(operation.requestBody, `${pointer}/requestBody`, body)]
    },
    answer({ method, path, status, answer }) {
      const found = findOperation(spec, method, path)
      if (!found) return [`${method} ${path} is not in the specification`]
      const listed = found.operation.responses
      // The default of a specification describes errors; Google's names 200 where it answers 204 with nothing in it.
      const isNothing = answer === '' || answer === null || answer === undefined
      const empty = isNothing && status === 204 && listed['200'] !== undefined ? '200' : 'none'
      const other = status >= 400 ? 'default' : empty
      const key = listed[String(status)] ? String(status) : other
      const response = listed[key]
      if (!response) return status >= 400 ? problems(errors, answer) : [`${status} is not in the specification`]
      const { value, pointer } = follow(spec, response, `${found.pointer}/responses/${key}`)
      if (value.content?.['application/json']) return problems(`${pointer}/content/application~1json/schema`, answer)
      return status >= 400 ? problems(errors, answer) : []
    },
  }
}

function createAjv(openapi: string, coerce: boolean): Ajv {
  const options = { strict: false, allErrors: true, ...(coerce ? { coerceTypes: 'array' as const } : {}) }
  const ajv = openapi.startsWith('3.1') ? new Ajv2020(options) : new Ajv(options)
  formats.default(ajv)
  return ajv
}

/** The operation whose path fits with the fewest placeholders. */
function findOperation(spec: Specification, method: string, target: string) {
  const [path = '', query = ''] = target.split('?')
  const fitting = Object.entries(spec.paths)
    .filter(([, operations]) => operations[method.toLowerCase()])
    .map(([template]) => ({ template, groups: match(template, path) }))
    .filter(({ groups }) => groups !== null)
    .sort((one, other) => one.template.split('{').length - other.template.split('{').length)
  const [best] = fitting
  const item = best && spec.paths[best.template]
  const operation = item?.[method.toLowerCase()]
  if (!best || !operation || Array.isArray(operation)) return null
  const values = new Map<string, unknown>(best.groups?.map(([name, value]) => [`path ${name}`, value]))
  for (const [name, value] of new URLSearchParams(query)) values.set(`query ${name}`, value)
  const pointer = `/paths/${encodeURIComponent(best.template.replaceAll('~', '~0').replaceAll('/', '~1'))}/${method.toLowerCase()}`
  return { operation, shared: { parameters: item.parameters ?? [] }, pointer, values }
}

/** Each with its place in the specification. */
const parametersAt = ({ parameters = [] }: Pick<Operation, 'parameters'>, pointer: string) =>
  parameters.map((parameter, index) => ({ parameter, at: `${pointer}/parameters/${index}` }))

function match(template: string, path: string): [string, string][] | null {
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  const found = new RegExp(`^${template.replace(/[.+]/g, '\\$&').replace(/\{\w+\}/g, '([^/]+)')}$`).exec(path)
  return found ? names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? '')]) : null
}

/** What a reference stands for, and where that is. */
function follow<T extends object>(spec: Specification, value: T, pointer: string): { value: T; pointer: string } {
  if (!('$ref' in value)) return { value, pointer }
  const target = String(value.$ref).slice(1)
  const steps = target.slice(1).split('/')
  const found = steps.reduce((at: Record<string, unknown>, step) => at[step] as Record<string, unknown>, { ...spec })
  return { value: found as T, pointer: target }
}
