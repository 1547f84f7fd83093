import type { CommandHandler } from '../../src/slack/handler.ts'
import { openStartWindow } from '../start-window.ts'
import { readSlashText } from './slash-text.ts'

/** `/onboard [name]`: the form of an employee's onboarding, with the name filled in. */
export const onboardCommand: CommandHandler = {
  command: '/onboard',
  async handle(call, ports) {
    const name = readSlashText(call.text, { kind: 'name', example: '/onboard Jane Doe' })
    await openStartWindow(ports, call, {
      workflow: 'employee-onboarding',
      initial: name === '' ? {} : { name },
    })
  },
}
