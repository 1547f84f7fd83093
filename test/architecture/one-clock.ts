import { importsOf, lineAt, nodesOf, type Source } from './read-source.ts'

const TIMERS = ['setTimeout', 'setInterval', 'setImmediate']
const TIME_MODULES = ['node:timers', 'node:timers/promises', 'node:perf_hooks']
/** Groups of one turn of the event loop are no matter of time. */
const MAY_GROUP_BY_TURN = [
  'db/sqlite/group-commit.ts',
  'src/secrets/make-keys.ts',
  'src/engine/mailboxes.ts',
  'src/slack/ask/list-runs.ts',
]

/** Places that ask for the time, or wait, beside the clock. */
export function clocksBeside(source: Source): string[] {
  if (source.path === 'src/clock.ts') return []
  const asked = nodesOf(source).flatMap((node) => {
    const called = callOf(node, source.text)
    if (called === null) return []
    if (called === 'setImmediate' && MAY_GROUP_BY_TURN.includes(source.path)) return []
    return [`${source.path}:${lineAt(source.text, node.start)} ${called}`]
  })
  const imported = importsOf(source).filter(({ target }) => TIME_MODULES.includes(target))
  return [...asked, ...imported.map(({ target }) => `${source.path} imports ${target}`)]
}

function callOf(node: ReturnType<typeof nodesOf>[number], text: string): string | null {
  const callee = node.callee as { start: number; end: number } | undefined
  if (!callee) return null
  const name = text.slice(callee.start, callee.end).replace(/^globalThis\./, '')
  if (node.type === 'NewExpression') return name === 'Date' && isEmpty(node.arguments) ? 'new Date()' : null
  if (node.type !== 'CallExpression') return null
  const isTime = TIMERS.includes(name) || ['Date', 'Date.now', 'performance.now', 'AbortSignal.timeout'].includes(name)
  return isTime ? name : null
}

const isEmpty = (list: unknown): boolean => Array.isArray(list) && list.length === 0
