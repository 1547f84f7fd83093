import { existsSync } from 'node:fs'
import chromium from '@sparticuz/chromium'

const INSTALLED = [
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

export type FoundBrowser = { ok: true; executablePath: string; args: string[] } | { ok: false; why: string }

/** A browser to test with: the one of CHROME_PATH, the one from npm where its binary runs, or an installed one. */
export async function findBrowser(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<FoundBrowser> {
  const asked = env.CHROME_PATH
  if (asked !== undefined) {
    return existsSync(asked)
      ? { ok: true, executablePath: asked, args: [] }
      : { ok: false, why: `CHROME_PATH names ${asked}, which is not there` }
  }
  if (process.platform === 'linux' && process.arch === 'x64') {
    // One process for all pages would take the browser down with the first page that closes.
    const args = chromium.args.filter((arg) => arg !== '--single-process' && arg !== '--no-zygote')
    return { ok: true, executablePath: await chromium.executablePath(), args }
  }
  const installed = INSTALLED.find((path) => existsSync(path))
  if (installed !== undefined) return { ok: true, executablePath: installed, args: [] }
  return { ok: false, why: 'no Chrome or Chromium is installed: set CHROME_PATH to one' }
}
