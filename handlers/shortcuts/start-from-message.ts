import type { HandlerPorts, ShortcutCall, ShortcutHandler } from '../../src/slack/handler.ts'
import { nobody } from '../../src/slack/surface.ts'
import { shortcutIds } from '../../views/action-ids.ts'
import { prefill } from '../../views/modals/prefill.ts'
import { startChoice } from '../../views/modals/start-choice.ts'
import { texts } from '../../views/texts/index.ts'
import { openWindow } from '../open-window.ts'
import { permitSomewhere } from '../permit.ts'
import { openStartWindow } from '../start-window.ts'

/** "Start a process" on a message: its form, filled in with what the message tells. */
export const startFromMessage: ShortcutHandler = {
  callback: shortcutIds.startFromMessage,
  async handle(call, ports) {
    const permitted = await permitSomewhere(ports, call, 'start')
    const rules = ports.rules.current()
    const canStart = permitted.ok ? ports.workflows.filter(({ name }) => rules.may(permitted.found, 'start', name)) : []
    const [only, ...others] = canStart
    if (only && others.length === 0) {
      return await openStartWindow(ports, call, { workflow: only.name, initial: prefill(only.input, call.text) })
    }
    await choose(ports, call, canStart)
  },
}

const choose = (ports: HandlerPorts, call: ShortcutCall, canStart: HandlerPorts['workflows']): Promise<void> =>
  openWindow(ports, {
    asked: call,
    title: texts.startWindows.choice,
    async draw() {
      const permitted = await permitSomewhere(ports, call, 'start')
      if (!permitted.ok) return permitted
      const offers = canStart.map(({ name, title, input }) => ({ name, title, initial: prefill(input, call.text) }))
      return { ok: true, found: { view: startChoice(offers), about: nobody(call.team) } }
    },
  })
