import { type BrowserContextOptions, chromium as browsers, type Page } from 'playwright-core'
import { findBrowser } from '../../browser/find-browser.ts'

/** A headless browser; `open` gives a page of its own, and what its console complained about. */
export async function openBrowser() {
  const found = await findBrowser()
  if (!found.ok) throw new Error(found.why)
  const { args, executablePath } = found
  const browser = await browsers.launch({ args, executablePath, headless: true })
  return {
    async open(url: string, options: BrowserContextOptions = {}): Promise<{ page: Page; complaints: string[] }> {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
      const page = await context.newPage()
      page.setDefaultTimeout(10_000)
      const complaints: string[] = []
      page.on('pageerror', (error) => complaints.push(error.message))
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text())
      })
      await page.goto(url)
      return { page, complaints }
    },
    close: () => browser.close(),
  }
}
