import type { CommandHandler } from '../../src/slack/handler.ts'
import { showLedger } from '../ledger/show-ledger.ts'
import { readSlashText } from './slash-text.ts'

/** `/audit <query>`: the newest entries that match, or all of them as a file. */
export const auditCommand: CommandHandler = {
  command: '/audit',
  async handle(call, ports) {
    const typed = readSlashText(call.text, { kind: 'query', example: '/audit jane@acme.example since:7d' })
    await showLedger(ports, call, { ref: { query: typed, before: null }, replace: false })
  },
}
