import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findBrowser } from './find-browser.ts'

describe('the browser to test with', () => {
  it('is the one of CHROME_PATH, before any other', async () => {
    expect(await findBrowser({ CHROME_PATH: process.execPath })).toEqual({
      ok: true,
      executablePath: process.execPath,
      args: [],
    })
  })

  it('is none when CHROME_PATH names nothing, and says so', async () => {
    const found = await findBrowser({ CHROME_PATH: '/nowhere/chrome' })
    expect(found).toEqual({ ok: false, why: 'CHROME_PATH names /nowhere/chrome, which is not there' })
  })

  it('is there where it was found, or there is a reason', async () => {
    const found = await findBrowser({})
    expect(found.ok ? existsSync(found.executablePath) : found.why).toBeTruthy()
  })
})
