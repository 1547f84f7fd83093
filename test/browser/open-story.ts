import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startWorkplace } from '../../src/sandbox/start-workplace.ts'
import { openBrowser } from '../sandbox/page/open-browser.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { PATIENCE_MS } from '../support/workplace.ts'
import { openDesk } from './desk.ts'
import { storyRules } from './story-rules.ts'

/** The whole product as its users have it: a workspace, the services, Purser, and a page with somebody at it. */
export async function openStory() {
  const folder = tempFolder()
  const rulesFile = join(folder.path, 'rules.yml')
  writeFileSync(rulesFile, storyRules())
  const workplace = await startWorkplace({
    folder: folder.path,
    port: 0,
    latencyMs: 20,
    rulesFile,
    callsPerMinute: 60_000,
    patienceMs: PATIENCE_MS,
    env: { SLACK_POSTS_PER_MINUTE: '6000', SLACK_UPDATES_PER_MINUTE: '6000' },
    onLine: () => undefined,
  })
  await workplace.startPurser()
  const browser = await openBrowser()
  const { page, complaints } = await browser.open(workplace.sandbox.url)
  page.setDefaultTimeout(PATIENCE_MS)
  await page.getByTestId('composer').waitFor()
  return {
    desk: openDesk(page),
    browser,
    workplace,
    complaints,
    async close() {
      await browser.close()
      await workplace.close()
      folder[Symbol.dispose]()
    },
  }
}
