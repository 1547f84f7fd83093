import type { App } from '@slack/bolt'
import { closeWindow } from './answer-window.ts'
import type { SlackAppOptions } from './app.ts'
import { pressedViewIn, readAsked } from './payload.ts'

/**
 * Hears of windows that were closed without being sent. What is to be kept of them is on disk before Slack has its
 * answer; a second delivery keeps the same once more.
 */
export function listenToClosings(app: App, { handlers, ports, log }: SlackAppOptions): void {
  for (const handler of handlers.modals) {
    const { callback } = handler
    app.view({ callback_id: callback, type: 'view_closed' }, async ({ body, ack }) => {
      const asked = readAsked(body)
      const view = pressedViewIn(body)
      if (asked && view) {
        const { id: viewId, blocks, values, metadata } = view
        await closeWindow(ports, handler, { ...asked, viewId, blocks, values, metadata })
      } else log.warn('a window was closed by nobody that is known', { code: callback })
      await ack()
    })
  }
}
