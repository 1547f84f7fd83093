import { importsOf, type Source } from './read-source.ts'

/**
 * What each part may import of ours, as ARCHITECTURE.md says it: the longest fitting name counts. `type …` allows types
 * alone; a part may always import its own.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'src/domain': [],
  'src/clock.ts': [],
  'src/log.ts': ['src/secrets'],
  'src/config.ts': ['src/domain', 'views/texts'],
  db: ['src/domain'],
  'src/rules': ['src/domain', 'type db/store.ts'],
  'src/secrets': ['src/domain'],
  'src/ledger': ['src/domain', 'src/secrets', 'type db/store.ts'],
  'src/ledger/reader': ['src/domain', 'src/secrets', 'src/ledger', 'type db/store.ts', 'db/sqlite'],
  'src/ledger/packet': ['src/domain', 'src/secrets', 'src/ledger', 'type db/store.ts', 'db/sqlite'],
  'src/ledger/retention': ['src/domain', 'src/ledger', 'type db/store.ts', 'db/sqlite'],
  'src/egress': ['src/domain', 'type src/ledger', 'src/secrets', 'type db/store.ts'],
  'src/engine': [
    'src/domain',
    'type db/store.ts',
    'type src/ledger',
    'type src/rules',
    'type src/secrets',
    'src/egress',
  ],
  'src/connectors': ['src/domain', 'type src/egress'],
  views: ['src/domain'],
  'src/slack': [
    'src/domain',
    'type db/store.ts',
    'src/ledger',
    'src/engine',
    'src/rules',
    'type src/secrets',
    'views',
    'src/egress',
    'src/connectors/slack',
    'src/ingress/read-body.ts',
  ],
  'src/second-path': [
    'src/domain',
    'views',
    'src/slack',
    'type src/ledger',
    'type src/egress',
    'type db/store.ts',
    'src/connectors/pagerduty',
    'src/connectors/deadman',
    'type src/connectors/read-settings.ts',
  ],
  'src/watchdog': [
    'src/domain',
    'views/mails',
    'views/texts',
    'type src/ledger',
    'type db/store.ts',
    'db/sqlite/process-lock.ts',
    'src/second-path/send-mail.ts',
    'src/connectors/pagerduty',
  ],
  workflows: ['src/domain', 'src/engine/define-workflow.ts', 'src/connectors', 'type src/rules'],
  handlers: [
    'src/domain',
    'views',
    'src/engine',
    'src/ledger',
    'workflows',
    'src/slack',
    'type src/rules',
    'type db/store.ts',
  ],
  'src/ingress': ['src/domain', 'type db/store.ts', 'src/ledger', 'src/engine', 'src/rules', 'src/connectors'],
}

/** Where everything is put together; nothing imports these but each other. */
const COMPOSITION = /^src\/(context|main|quick-loading|escalation|rules-frame)\.ts$|^src\/(cli|compose)\//
const FOR_ALL = ['src/clock.ts', 'src/log.ts']
/** Packages by which a part would do what is not its own. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  views: ['@slack/types', 'zod'],
  workflows: ['zod'],
  'src/domain': ['zod'],
}

const partOf = (path: string): string | undefined =>
  Object.keys(MAY_IMPORT)
    .filter((part) => isIn(path, part))
    .sort((a, b) => b.length - a.length)[0]

const isIn = (path: string, part: string): boolean => path === part || path.startsWith(`${part}/`)

/** Imports of a source that go against the table, in words. */
export function wrongImports(source: Source): string[] {
  return importsOf(source).flatMap(({ target, isPackage, typeOnly }) => {
    const wrong = isPackage ? wrongPackage(source.path, target) : wrongTarget(source.path, target, typeOnly)
    return wrong ? [`${source.path} imports ${target}: ${wrong}`] : []
  })
}

function wrongPackage(path: string, name: string): string | null {
  const part = partOf(path)
  const allowed = part && PACKAGES[part]
  return !allowed || allowed.includes(name) ? null : `${part} uses ${allowed.join(' and ')} alone`
}

function wrongTarget(path: string, target: string, typeOnly: boolean): string | null {
  if (COMPOSITION.test(path)) return null
  if (COMPOSITION.test(target)) return 'nothing imports what puts everything together'
  if (isIn(path, 'src/sandbox')) {
    return isIn(target, 'handlers') ? 'the sandbox does not know the product’s handlers' : null
  }
  if (isIn(target, 'src/sandbox')) return 'the product does not know the sandbox'
  const part = partOf(path)
  if (!part) return 'it belongs to no part of the table'
  if (isIn(target, part) || FOR_ALL.includes(target)) return null
  const rule = (MAY_IMPORT[part] ?? []).find((each) => isIn(target, each.replace(/^type /, '')))
  if (!rule) return `${part} may not`
  return rule.startsWith('type ') && !typeOnly ? `${part} may import its types alone` : null
}
