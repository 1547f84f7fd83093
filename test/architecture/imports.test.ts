import { describe, expect, test } from 'vitest'
import { wrongImports } from './layers.ts'
import { clocksBeside } from './one-clock.ts'
import { sourcesIn } from './read-source.ts'
import { largeFunctions, tooLong } from './sizes.ts'

const product = sourcesIn('src', 'db', 'views', 'handlers', 'workflows')
const withoutSandbox = product.filter(({ path }) => !path.startsWith('src/sandbox/'))
const tests = sourcesIn('test')

describe('imports', () => {
  test('go the way that the table says, in every file', () => {
    expect(product.length).toBeGreaterThan(200)
    expect(product.flatMap(wrongImports)).toEqual([])
  })

  test.each([
    ['src/domain/run.ts', `import { stepOf } from '../engine/plan.ts'`],
    ['src/egress/lanes.ts', `export { createLedger } from '../ledger/create-ledger.ts'`],
    ['src/engine/plan.ts', `import { openSqliteStore } from '../../db/sqlite/sqlite-store.ts'`],
    ['src/engine/plan.ts', `import { type Store, other } from '../../db/store.ts'`],
    ['src/engine/plan.ts', `const x = await import('../slack/app.ts')`],
    ['src/slack/app.ts', `import '../connectors/github/client.ts'`],
    ['src/connectors/github/client.ts', `import { createHttpClient } from '../../egress/http-client.ts'`],
    ['views/cards/run-card.ts', `import type { Store } from '../../db/store.ts'`],
    ['views/cards/run-card.ts', `import { WebClient } from '@slack/web-api'`],
    ['workflows/onboarding.ts', `import { transition } from '../src/engine/transition.ts'`],
    ['handlers/index.ts', `import { createContext } from '../src/context.ts'`],
    ['src/slack/app.ts', `import { startSandbox } from '../sandbox/start-sandbox.ts'`],
    ['src/sandbox/seed.ts', `import { handlers } from '../../handlers/index.ts'`],
    ['src/new-part/thing.ts', `import { Run } from '../domain/run.ts'`],
  ])('a planted one in %s is caught: %s', (path, text) => {
    expect(wrongImports({ path, text })).toHaveLength(1)
  })

  test.each([
    ['src/engine/plan.ts', `import type { Store } from '../../db/store.ts'`],
    ['src/engine/plan.ts', `import { type Clock, systemClock } from '../clock.ts'`],
    ['src/slack/app.ts', `import { x } from '../connectors/slack/client.ts'`],
    ['src/main.ts', `import { x } from '../db/sqlite/sqlite-store.ts'`],
    ['src/cli/demo.ts', `import { x } from '../sandbox/start-sandbox.ts'`],
    ['src/domain/run.ts', `// import { stepOf } from '../engine/plan.ts'`],
  ])('one that is allowed is left alone, in %s: %s', (path, text) => {
    expect(wrongImports({ path, text })).toEqual([])
  })
})

describe('time', () => {
  test('is asked for and waited for in the clock alone', () => {
    expect(withoutSandbox.flatMap(clocksBeside)).toEqual([])
  })

  test.each([
    'const now = Date.now()',
    'const now = new Date()',
    'const now = Date()',
    'setTimeout(() => {}, 5)',
    'globalThis.setInterval(() => {}, 5)',
    'setImmediate(() => {})',
    'AbortSignal.timeout(5)',
    `import { setTimeout as pause } from 'node:timers/promises'`,
  ])('a planted %s is caught', (text) => {
    expect(clocksBeside({ path: 'src/engine/plan.ts', text })).toHaveLength(1)
  })

  test('a given time, a comment and a grouped commit are no clock', () => {
    expect(clocksBeside({ path: 'src/engine/plan.ts', text: 'new Date(now) // Date.now()' })).toEqual([])
    expect(clocksBeside({ path: 'db/sqlite/group-commit.ts', text: 'setImmediate(flush)' })).toEqual([])
  })
})

describe('sizes', () => {
  test('no file and no function has outgrown a reader', () => {
    expect([...product, ...tests].flatMap(tooLong)).toEqual([])
    expect(product.flatMap(largeFunctions)).toEqual([])
  })

  test('a planted long file and a planted long function are caught', () => {
    const path = 'src/engine/plan.ts'
    const lines = (count: number) => 'x()\n'.repeat(count)
    expect(tooLong({ path, text: lines(321) })).toEqual([`${path} has 321 lines`])
    const long = { path, text: `function f() {\n${lines(60)}}` }
    expect(largeFunctions(long)).toEqual([`${path}:1 is a function of 62 lines`])
    const nested = { path, text: `const f = () => {\nconst g = () => {\n${lines(58)}}\n${lines(50)}}` }
    expect(largeFunctions(nested)).toEqual([])
  })
})
