import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const loader = fileURLToPath(new URL('../src/quick-loading.ts', import.meta.url))
const inThisFolder = { cwd: fileURLToPath(new URL('..', import.meta.url)) }

/** What a Node process of its own prints after it has loaded drizzle: what it holds now, as the most that it held counts its parent's too. */
async function load(first: string): Promise<{ sql: string; bytes: number }> {
  const code = `${first}
    const { sql } = await import('drizzle-orm')
    const { sqliteTable } = await import('drizzle-orm/sqlite-core')
    if (!sqliteTable) throw new Error('half of it')
    console.log(JSON.stringify({ sql: typeof sql, bytes: process.memoryUsage.rss() }))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], inThisFolder)
  return JSON.parse(stdout) as { sql: string; bytes: number }
}

test('modules that are loaded quickly are the same, in much less memory', async () => {
  const quickly = `const { loadQuickly } = await import(${JSON.stringify(loader)}); loadQuickly()`
  const plain = await load('')
  // The first time it also compiles, for all later ones.
  await load(quickly)
  const quick = await load(quickly)
  expect(quick.sql).toBe('function')
  expect(plain.bytes - quick.bytes).toBeGreaterThan(10 * 1_048_576)
})
