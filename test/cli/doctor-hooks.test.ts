import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkDataFolder } from '../../src/cli/doctor-folder.ts'
import { checkHooks } from '../../src/cli/doctor-hooks.ts'
import type { RulesFile } from '../../src/rules/schema.ts'
import { tempFolder } from '../support/temp-folder.ts'

test('the doctor names each hook that has no secret, and what to set', () => {
  const hooks = { contracts: {}, 'hr-platform': {} } as unknown as RulesFile['hooks']
  const env = { PURSER_HOOK_CONTRACTS_SECRET: 'whsec_x', PURSER_HOOK_HR_PLATFORM_SECRET: ' , ' }
  expect(checkHooks({ hooks }, env)).toMatchObject([
    { verdict: 'wrong', what: 'Hook hr-platform', says: expect.stringContaining('PURSER_HOOK_HR_PLATFORM_SECRET') },
  ])
  expect(checkHooks({ hooks }, { ...env, PURSER_HOOK_HR_PLATFORM_SECRET: 'a' })).toMatchObject([{ verdict: 'ok' }])
  expect(checkHooks({ hooks: {} }, {})).toEqual([])
})

test('the doctor says of a damaged database that it is', () => {
  using folder = tempFolder()
  chmodSync(folder.path, 0o700)
  writeFileSync(join(folder.path, 'purser.db'), Buffer.alloc(8_192, 'no database'))
  const checks = checkDataFolder(folder.path, {})
  expect(checks.find(({ what }) => what === 'Database')).toMatchObject({ verdict: 'wrong' })
})
