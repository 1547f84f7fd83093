import type { CommandHandler } from '../../src/slack/handler.ts'
import { sendPacket } from '../ledger/send-packet.ts'
import { showLedger } from '../ledger/show-ledger.ts'
import { verifyFor } from '../ledger/verify-for.ts'
import { readSlashText } from './slash-text.ts'

/** `/audit <query>`: the newest entries that match, or all of them as a file; `verify`; `packet <who or period>`. */
export const auditCommand: CommandHandler = {
  command: '/audit',
  async handle(call, ports) {
    const typed = readSlashText(call.text, { kind: 'query', example: '/audit jane@acme.example since:7d' })
    if (/^verify$/i.test(typed)) return await verifyFor(ports, call)
    const [, about] = /^packet(?:\s+(.+))?$/i.exec(typed) ?? []
    if (/^packet\b/i.test(typed)) return await sendPacket(ports, call, about ?? '')
    await showLedger(ports, call, { ref: { query: typed, before: null }, replace: false })
  },
}
