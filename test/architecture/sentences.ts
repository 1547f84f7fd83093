import { lineAt, nodesOf, type Source } from './read-source.ts'

/** What is never read by people: the names of modules, types, and what is thrown at a programmer. */
const UNREAD = ['ImportDeclaration', 'TSLiteralType', 'NewExpression']

/** Words that a person would read: several, or one that begins as a sentence or a label does, or a part of a sentence. */
const READ = [
  /\p{L}{2,} \p{L}/u,
  /(?:^|[^\p{L}]) \p{L}{2,}|\p{L}{2,} (?:$|[^\p{L}])/u,
  /^\P{L}*\p{Lu}\p{Ll}+\P{L}*$/u,
  /[“”’…]/,
]

/** What is typed, as it is in every language: `/purser debts`. */
const COMMAND = /^\/\p{Ll}/u

/** `path:line: text` of each literal that says something to people. */
export function sentencesIn(source: Source): string[] {
  const nodes = nodesOf(source)
  const unread = nodes.filter(({ type }) => UNREAD.includes(type))
  const found = nodes.flatMap((node) => {
    const text = textOf(node)
    const isSaid = text !== null && !COMMAND.test(text) && READ.some((pattern) => pattern.test(text))
    if (!isSaid || unread.some(({ start, end }) => start <= node.start && node.end <= end)) return []
    return [`${source.path}:${lineAt(source.text, node.start)}: ${text}`]
  })
  return [...new Set(found)]
}

function textOf(node: { type: string; [part: string]: unknown }): string | null {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : null
  if (node.type !== 'TemplateElement') return null
  const { value } = node as { value?: { cooked?: string } }
  return value?.cooked ?? null
}
