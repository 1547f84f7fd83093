import { readdirSync, readFileSync } from 'node:fs'
import { join, posix, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseAst } from 'vitest/node'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export interface Source {
  /** From the root of the repository: `src/engine/plan.ts`. */
  path: string
  text: string
}

export interface Node {
  type: string
  start: number
  end: number
  [part: string]: unknown
}

/** Every TypeScript file below the folders. */
export function sourcesIn(...folders: readonly string[]): Source[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((each) => each.isFile() && /\.tsx?$/.test(each.name))
      .map((each) => join(each.parentPath, each.name))
      .map((file) => ({ path: relative(ROOT, file).replaceAll('\\', '/'), text: readFileSync(file, 'utf8') })),
  )
}

/** Every node of a source, parents first. */
export function nodesOf({ path, text }: Source): Node[] {
  const found: Node[] = []
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) {
      for (const each of part) visit(each)
    } else if (isNode(part)) {
      found.push(part)
      for (const value of Object.values(part)) if (typeof value === 'object') visit(value)
    }
  }
  visit(parseAst(text, { lang: path.endsWith('x') ? 'tsx' : 'ts' }))
  return found
}

const isNode = (part: unknown): part is Node =>
  typeof part === 'object' && part !== null && 'type' in part && typeof part.type === 'string'

export interface Import {
  /** A path from the root, or a package's name. */
  target: string
  isPackage: boolean
  typeOnly: boolean
}

/** What a source imports, exports from elsewhere, or loads on the way. */
export function importsOf(source: Source): Import[] {
  return nodesOf(source).flatMap((node) => {
    const kinds = ['ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration', 'ImportExpression']
    if (!kinds.includes(node.type) || !isNode(node.source)) return []
    const name = String(node.source.value)
    const isPackage = !name.startsWith('.')
    const named = Array.isArray(node.specifiers) ? node.specifiers.filter(isNode) : []
    const typeOnly =
      node.importKind === 'type' ||
      node.exportKind === 'type' ||
      (named.length > 0 && named.every((each) => each.importKind === 'type' || each.exportKind === 'type'))
    return [{ target: isPackage ? name : posix.join(posix.dirname(source.path), name), isPackage, typeOnly }]
  })
}

export const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length
