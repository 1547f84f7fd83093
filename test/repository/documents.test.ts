import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import { handlers } from '../../handlers/index.ts'
import packageJson from '../../package.json' with { type: 'json' }
import { commands } from '../../src/cli/commands.ts'
import { ACTIONS } from '../../src/rules/rules.ts'
import { repository, trackedFiles } from './tracked-files.ts'

const documents = trackedFiles().filter(({ path }) => path.endsWith('.md'))
const scripts: Readonly<Record<string, string>> = packageJson.scripts

const byPath = (a: { path: string }, b: { path: string }): number => a.path.localeCompare(b.path)

const documentNamed = (name: string): string => documents.find(({ path }) => path === name)?.text ?? ''

/** Files that a document has its reader make. */
const EXAMPLES = new Set(['workflows/licence-request.ts'])

/** Files that an operator or Purser makes. */
const MADE = new Set(['rules.yml', 'summary.md'])

/** What a pattern's first group finds in the documents, as `path: found`. */
const found = (pattern: RegExp, isWrong: (found: string, path: string) => boolean): string[] =>
  documents.flatMap(({ path, text }) =>
    [...text.matchAll(pattern)].flatMap(([, each = '']) => (isWrong(each, path) ? [`${path}: ${each}`] : [])),
  )

describe('the documents', () => {
  it('name npm scripts that exist', () => {
    const builtIn = new Set(['test', 'start', 'ci', 'install'])
    expect(found(/\bnpm run ([\w:-]+)/g, (name) => !(name in scripts))).toEqual([])
    expect(found(/(?:`|&& |^)npm (?!run\b)([a-z-]+)/gm, (name) => !builtIn.has(name))).toEqual([])
  })

  it('name commands of purser that exist', () => {
    const exists = (name: string): boolean => name === 'help' || name in commands
    expect(found(/\b(?:npm run purser --|npx purser|`purser) ([a-z]+)/g, (name) => !exists(name))).toEqual([])
  })

  it('give commands of purser no option that they do not take', () => {
    const ledger = readFileSync(repository('src/cli/ledger-command.ts'), 'utf8')
    const unknown = (line: string): string[] => {
      const [, name = '', rest = ''] = /^(\S+)(.*)$/.exec(line) ?? []
      const takes = name === 'ledger' ? ledger : (commands[name]?.takes ?? '')
      return (rest.match(/(?<=\s)--[a-z-]+/g) ?? []).filter((option) => !takes.includes(option))
    }
    const lines = /(?:npm run purser -- |`purser |^\$ purser )([a-z]+ [^`\n|]*)/gm
    expect(found(lines, (line) => unknown(line).length > 0)).toEqual([])
    expect(found(/npm run demo -- ([^`\n|]*)/g, (line) => unknown(`demo ${line}`).length > 0)).toEqual([])
  })

  it('name slash commands that somebody answers', () => {
    const answered = handlers.commands.map(({ command }) => command)
    const readme = documentNamed('README.md')
    expect(
      answered.filter((command) => !readme.includes(`\`${command}`)),
      'say in README.md what it does',
    ).toEqual([])
    const typed = /`(\/[a-z]+)(?: [^`/]*)?`/g
    const paths = new Set(['/healthz', '/readyz'])
    expect(found(typed, (command) => !answered.includes(command) && !paths.has(command))).toEqual([])
  })

  it('link to what is there', () => {
    const isMissing = (target: string, path: string): boolean =>
      !/^(?:https?:|mailto:|#)/.test(target) &&
      !existsSync(repository(normalize(join(dirname(path), target.replace(/#.*$/, '')))))
    expect(found(/\]\(([^)\s]+)\)/g, isMissing)).toEqual([])
  })

  it('name files and folders of the repository that are there', () => {
    const isMissing = (name: string): boolean => !EXAMPLES.has(name) && !existsSync(repository(name))
    expect(found(/`((?:src|db|views|handlers|workflows|test|docs)\/[\w./-]*[\w/])`/g, isMissing)).toEqual([])
  })

  it('list in docs/security.md each thing that somebody may be allowed to do', () => {
    const [, listed = ''] =
      /lists for each action who may: ([^.]*?), for all/s.exec(documentNamed('docs/security.md')) ?? []
    const actions = [...listed.matchAll(/`([a-z-]+)`/g)].map(([, action = '']) => action)
    expect(actions.sort()).toEqual([...ACTIONS].sort())
  })

  it('name files by a name that some file has', () => {
    const names = new Set(trackedFiles().map(({ path }) => basename(path)))
    const isMissing = (name: string): boolean => !names.has(name) && !MADE.has(name)
    expect(found(/`([\w-]+(?:\.[\w-]+)*\.(?:tsx?|mjs|ya?ml|md|sql))`/g, isMissing)).toEqual([])
    expect(found(/`(verify\/[\w./-]+|tools\/[\w./-]+)`/g, (path) => !existsSync(repository(path)))).toEqual([])
  })

  it('are numbered decisions, each with its context, the decision and what follows', () => {
    const decisions = documents.filter(({ path }) => path.startsWith('docs/decisions/')).sort(byPath)
    expect(decisions.length).toBeGreaterThan(5)
    const numbers = decisions.map(({ path }) => /^docs\/decisions\/(\d{4})-[a-z0-9-]+\.md$/.exec(path)?.[1] ?? path)
    // A number may be kept for one that is still being written.
    expect(numbers.filter((number, index) => !/^\d{4}$/.test(number) || number === numbers[index - 1])).toEqual([])
    decisions.forEach(({ path, text }) => {
      expect(
        [...text.matchAll(/^## (.+)$/gm)].map(([, title]) => title),
        path,
      ).toEqual(['Context', 'Decision', 'Consequences'])
    })
  })

  it('say how to add a workflow in at most ten numbered lines', () => {
    const recipe = /## Adding a workflow\n([\s\S]*?)\n## /.exec(documentNamed('README.md'))?.[1] ?? ''
    const lines = recipe.split('\n').filter((line) => /^\d+\. /.test(line))
    expect(lines.length).toBeGreaterThan(3)
    expect(lines.length).toBeLessThanOrEqual(10)
  })

  it('keep a list of what has changed since the last release', () => {
    expect(documentNamed('CHANGELOG.md')).toMatch(/^## Unreleased$/m)
  })
})

describe('the scripts of package.json', () => {
  it('start files that are there', () => {
    const named = Object.values(scripts).flatMap((line) => line.match(/\b(?:src|test)\/[\w./-]+\.ts\b/g) ?? [])
    expect(named.length).toBeGreaterThan(1)
    expect(named.filter((path) => !existsSync(repository(path)))).toEqual([])
  })
})
