import { lineAt, nodesOf, type Source } from './read-source.ts'

const MOST_LINES = 320
const MOST_LINES_OF_A_FUNCTION = 60

const FUNCTIONS = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']

export function tooLong({ path, text }: Source): string[] {
  const lines = text.trimEnd().split('\n').length
  return lines > MOST_LINES ? [`${path} has ${lines} lines`] : []
}

/** Functions that have grown too large: their own lines count, without those of functions in them. */
export function largeFunctions(source: Source): string[] {
  const { path, text } = source
  const found: string[] = []
  const functions = nodesOf(source)
    .filter(({ type }) => FUNCTIONS.includes(type))
    .map((node) => ({ ...node, first: lineAt(text, node.start), last: lineAt(text, node.end) }))
  for (const outer of functions) {
    const own = new Set(Array.from({ length: outer.last - outer.first + 1 }, (_, at) => outer.first + at))
    for (const inner of functions) {
      if (inner === outer || inner.start < outer.start || inner.end > outer.end) continue
      for (let line = inner.first; line <= inner.last; line++) own.delete(line)
    }
    if (own.size > MOST_LINES_OF_A_FUNCTION) found.push(`${path}:${outer.first} is a function of ${own.size} lines`)
  }
  return found
}
