import type { App } from '@slack/bolt'
import type { SlackAppOptions } from './app.ts'
import { pressedViewIn, readAsked } from './payload.ts'

/**
 * Hears of windows that were closed without being sent. What is to be kept of them is on disk before Slack has its
 * answer; a second delivery keeps the same once more.
 */
export function listenToClosings(app: App, { handlers, ports, log }: SlackAppOptions): void {
  for (const { callback, closed } of handlers.modals) {
    if (!closed) continue
    app.view({ callback_id: callback, type: 'view_closed' }, async ({ body, ack }) => {
      const asked = readAsked(body)
      const view = pressedViewIn(body)
      if (asked && view) {
        await closed({ ...asked, viewId: view.id, values: view.values, metadata: view.metadata }, ports)
      } else log.warn('a window was closed by nobody that is known', { code: callback })
      await ack()
    })
  }
}
