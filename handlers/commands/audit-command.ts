import { UserMistake } from '../../src/domain/errors.ts'
import type { CommandHandler } from '../../src/slack/handler.ts'
import { tell } from '../answer.ts'
import { auditHelpFor } from '../ledger/audit-help-for.ts'
import { listSaved, savedQueriesOf, saveQuery } from '../ledger/saved-queries.ts'
import { sendPacket } from '../ledger/send-packet.ts'
import { showLedger } from '../ledger/show-ledger.ts'
import { verifyFor } from '../ledger/verify-for.ts'
import { permitSomewhere } from '../permit.ts'
import { readSlashText } from './slash-text.ts'

/** `/audit <query>`: the newest entries that match, or all of them as a file; `verify`; `packet <who or period>`. */
export const auditCommand: CommandHandler = {
  command: '/audit',
  async handle(call, ports) {
    const typed = readSlashText(call.text, { kind: 'query', example: '/audit jane@acme.example since:7d' })
    if (/^(help|\?)$/i.test(typed)) return await auditHelpFor(ports, call)
    if (/^verify$/i.test(typed)) return await verifyFor(ports, call)
    const [, saving, query] = /^save\s+(\S+)\s*(.*)$/i.exec(typed) ?? []
    if (saving !== undefined) {
      const permitted = await permitSomewhere(ports, call, 'audit')
      if (!permitted.ok) return await tell(ports, call, permitted.answer)
      const saved = await saveQuery(ports, call, { name: saving, query: query ?? '' })
      if (!saved.ok) throw new UserMistake({ code: 'saved-query', ...saved })
      return await listSaved(ports, call)
    }
    const [, named] = /^saved(?:\s+(\S+))?$/i.exec(typed) ?? []
    const wanted = named === undefined ? null : (await savedQueriesOf(ports, call)).find(({ name }) => name === named)
    if (wanted) return await showLedger(ports, call, { ref: { query: wanted.query, before: null }, replace: false })
    if (/^saved\b/i.test(typed)) return await listSaved(ports, call)
    const [, about] = /^packet(?:\s+(.+))?$/i.exec(typed) ?? []
    if (/^packet\b/i.test(typed)) return await sendPacket(ports, call, about ?? '')
    await showLedger(ports, call, { ref: { query: typed, before: null }, replace: false })
  },
}
