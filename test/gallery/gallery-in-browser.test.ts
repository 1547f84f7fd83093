import { mkdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBrowser } from '../browser/find-browser.ts'
import { openBrowser } from '../sandbox/page/open-browser.ts'
import { cutOrWide } from './cut-or-wide.ts'
import { drawSample } from './draw-sample.tsx'
import { type Look, openGallery } from './open-gallery.ts'
import { sampleAnswers } from './sample-answers.ts'
import { sampleCards } from './sample-cards.ts'
import { sampleViews } from './sample-windows.ts'

const found = await findBrowser()
const where = found.ok ? 'the gallery in a browser' : `the gallery in a browser (left out: ${found.why})`
/** A folder for a picture of each sample in each look; without it they are only measured. */
const pictures = process.env.PURSER_GALLERY

const samples = Object.entries({ ...sampleCards(), ...sampleAnswers(), ...sampleViews() })
/** Dark is as wide as light: it needs looking at, and no measuring. */
const themes = pictures === undefined ? (['light'] as const) : (['light', 'dark'] as const)
const looks = themes.flatMap((theme) => [1100, 390].map((width): Look => ({ theme, width })))

describe.skipIf(!found.ok)(where, { timeout: 600_000 }, () => {
  let browser: Awaited<ReturnType<typeof openBrowser>>
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())

  it.each(looks)('cuts nothing off and is nowhere too wide: $theme, $width px', async (look) => {
    const drawn = samples.map(([name, sample]) => [name, drawSample(sample)] as const)
    const page = await openGallery(async (options) => (await browser.open('about:blank', options)).page, drawn, look)
    expect(await page.locator('[data-sample]').count()).toBe(samples.length)
    expect(await page.evaluate(cutOrWide)).toEqual([])
    if (pictures !== undefined) await keep(page, `${pictures}/${look.theme}-${look.width}`)
    await page.context().close()
  })
})

type Page = Awaited<ReturnType<typeof openGallery>>

async function keep(page: Page, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  for (const [index, sample] of (await page.locator('[data-sample]').all()).entries()) {
    const name = (await sample.getAttribute('data-sample')) ?? ''
    const file = `${String(index).padStart(3, '0')}-${name.replaceAll(/[^a-z0-9]+/gi, '-')}`
    await sample.screenshot({ path: `${folder}/${file}.png`, animations: 'disabled' })
  }
}
