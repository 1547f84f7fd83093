import { lineAt, type Node, nodesOf, type Source } from './read-source.ts'

/** What is never read by people: the names of modules, types, and what is thrown at a programmer. */
const UNREAD = ['ImportDeclaration', 'TSLiteralType']

/** What somebody did wrong is said to them; every other error goes to a programmer. */
const isThrown = ({ type, callee }: Node): boolean => type === 'NewExpression' && nameOf(callee) !== 'UserMistake'

const isLogged = ({ type, callee }: Node): boolean => type === 'CallExpression' && /\blog\.\w+$/.test(nameOf(callee))

/** `ports.log.warn` */
function nameOf(callee: unknown): string {
  const { type, name, object, property } = callee as Node
  if (type === 'MemberExpression') return `${nameOf(object)}.${nameOf(property)}`
  return typeof name === 'string' ? name : ''
}

/** Words that a person would read: several, or one that begins as a sentence or a label does, or a part of a sentence. */
const READ = [
  /\p{L}{2,} \p{L}/u,
  /(?:^|[^\p{L}]) \p{L}{2,}|\p{L}{2,} (?:$|[^\p{L}])/u,
  /^\P{L}*\p{Lu}\p{Ll}+\P{L}*$/u,
  /[“”’]|\p{L}…/u,
]

/** What is typed, as it is in every language: `/purser debts`. */
const COMMAND = /^\/\p{Ll}/u

/** `path:line: text` of each literal that says something to people. */
export function sentencesIn(source: Source): string[] {
  const nodes = nodesOf(source)
  const unread = nodes.filter((node) => UNREAD.includes(node.type) || isThrown(node) || isLogged(node))
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
