import type { Page } from 'playwright-core'
import { bundlePage } from '../../src/sandbox/page/bundle-page.ts'

/** Windows stand among the cards here, each whole. */
const AS_A_LIST = `
  html, body { height: auto; overflow: visible; }
  .backdrop { position: static; padding: 0; background: none; }
  .dialog { max-height: none; margin: 0 auto; }
  .dialog, .backdrop { animation: none; }
  .home { height: auto; }
`

export interface Look {
  theme: 'light' | 'dark'
  width: number
}

/** A page with every sample on it, one under the other, in the styles of the sandbox's page. */
export async function openGallery(
  launch: (options: { colorScheme: Look['theme']; viewport: { width: number; height: number } }) => Promise<Page>,
  samples: readonly (readonly [name: string, html: string])[],
  { theme, width }: Look,
): Promise<Page> {
  const styles = Buffer.from((await bundlePage()).get('/assets/app.css')?.body ?? '').toString()
  const page = await launch({ colorScheme: theme, viewport: { width, height: 900 } })
  const drawn = samples.map(([name, html]) => `<div data-sample="${name.replaceAll('"', '')}">${html}</div>`).join('')
  await page.setContent(
    `<!doctype html><meta name="viewport" content="width=device-width"><style>${styles}${AS_A_LIST}</style>${drawn}`,
  )
  return page
}
