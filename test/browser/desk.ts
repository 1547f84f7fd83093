import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Locator, Page } from 'playwright-core'

const SCREENS = fileURLToPath(new URL('../.screens', import.meta.url))

type Account = 'ops' | 'teammate' | 'manager' | 'guest'

interface Breakage {
  kind: string
  extent: 'times' | 'seconds' | 'cleared'
  amount?: number
  match?: string
}

/** What somebody does at the page, in the words of the story. */
export function openDesk(page: Page) {
  mkdirSync(SCREENS, { recursive: true })
  const byId = (id: string): Locator => page.getByTestId(id)
  const modal = byId('modal').last()
  const cards = byId('message')

  const unfold = async (service: string): Promise<void> => {
    if (!(await byId(`fault-kind-${service}`).isVisible())) await byId(`service-toggle-${service}`).click()
  }
  const fold = async (service: string): Promise<void> => {
    if (await byId(`fault-kind-${service}`).isVisible()) await byId(`service-toggle-${service}`).click()
  }

  return {
    page,
    modal,
    cards,
    byId,
    become: (account: Account) => byId(`account-${account}`).click(),
    goTo: (place: string) => byId(place).click(),
    /** The newest message with these words. */
    card: (...words: (string | RegExp)[]): Locator =>
      words.reduce((found, hasText) => found.filter({ hasText }), cards).last(),
    async say(text: string): Promise<void> {
      const field = byId('composer-input').first()
      await field.fill(text)
      await byId('composer-send').first().click()
    },
    press: (where: Locator, action: string) => where.locator(`[data-action-id="${action}"]`).click(),
    async fill(fields: Readonly<Record<string, string>>): Promise<void> {
      for (const [block, value] of Object.entries(fields)) await fillIn(modal, block, value)
    },
    submit: () => byId('modal-submit').last().click(),
    closeThread: () => page.getByRole('button', { name: 'Close the thread' }).click(),
    closed: () => byId('modal').waitFor({ state: 'detached' }),
    async breaks(service: string, { kind, extent, amount, match }: Breakage): Promise<void> {
      await unfold(service)
      await byId(`fault-kind-${service}`).selectOption(kind)
      await byId(`fault-extent-${service}`).selectOption(extent)
      if (amount !== undefined) await byId(`fault-amount-${service}`).fill(String(amount))
      await byId(`fault-match-${service}`).fill(match ?? '')
      await byId(`fault-order-${service}`).click()
      await byId(`service-${service}`).getByTestId('active-fault').first().waitFor()
      await fold(service)
    },
    async mends(service: string): Promise<void> {
      await byId(`fault-clear-${service}`).click()
      await byId(`service-${service}`).getByTestId('active-fault').first().waitFor({ state: 'detached' })
    },
    /** Kept for whoever wants to see what the story looked like. */
    async shot(name: string, of: Page | Locator = page): Promise<void> {
      await of.screenshot({ path: `${SCREENS}/${name}.png`, animations: 'disabled' })
    },
  }
}

export type Desk = ReturnType<typeof openDesk>

async function fillIn(modal: Locator, block: string, value: string): Promise<void> {
  const input = modal.getByTestId(`input-${block}`)
  const option = input.locator(`input[data-value="${value}"]`)
  if ((await option.count()) > 0) return option.check()
  const select = input.locator('select')
  if ((await select.count()) > 0) return void (await select.selectOption(value))
  await input.locator('input, textarea').fill(value)
}
